"""Block Kit's rules: which keys, lengths and counts Slack accepts, and on which surface."""

from bot.demo.playground.blockkit.surfaces import check_message_blocks, check_option_answer, check_view

__all__ = ["check_message_blocks", "check_option_answer", "check_view"]
