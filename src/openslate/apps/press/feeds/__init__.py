"""Feeds and lists of pages as the web has them, well-formed or not: what is wrong in one entry never loses another."""
