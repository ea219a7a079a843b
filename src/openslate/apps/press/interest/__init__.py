"""A learned interest score of our own, beside the fixed rules: how far others take a piece of news up."""
