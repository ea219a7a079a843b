"""Whole shoots as arrays: which scene on which day, searched, improved and bounded from below."""
