"""The text of an article from its page, and nothing that only stands beside it."""
