"""Comparable titles: which titles a pitch compares with, in what way, what became of them, and how far to trust it."""
