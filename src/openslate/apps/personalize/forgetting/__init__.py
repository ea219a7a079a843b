"""Forgetting a member in models: solved again without them at once, or removed, or waiting with a deadline."""
