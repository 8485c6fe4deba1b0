"""What a person can ask in Slack, one module a command."""
