"""Comparable titles: in what way titles compare, which are nearest, and what a person pins or strikes."""
