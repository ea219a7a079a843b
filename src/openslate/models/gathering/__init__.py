"""Gathering what belongs together: similarities in, groups out."""
