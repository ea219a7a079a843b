"""Greenlight: from a pitch to comparable titles, a forecast with its uncertainty, a slate, and a person's decision."""
