"""Hyper-parameter search: `search.search` is its one entry, the other modules are its steps."""
