"""The demo: the product, a QuickBooks and a Slack that live here, started together."""
