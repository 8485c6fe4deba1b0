"""A result becomes Block Kit: pure functions without Slack, database or clock."""
