"""Replicas and scans on a board: what is asked for, and what the rights gate answers."""
