"""The Web API methods that the app may call, as Slack answers them."""
