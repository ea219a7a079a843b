"""A shoot and its board as a Universal Schedule Standard file, new or merged into one that was read."""
