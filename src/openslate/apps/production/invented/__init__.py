"""Invented shoots: of any size, with a seed, and with something in them to optimise."""
