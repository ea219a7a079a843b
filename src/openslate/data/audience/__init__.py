"""What members watched, counted within the engine: titles, weeks and segments come out, and nobody's events.

Read through the gate, as everything about people is. However many plays there are, only counts reach Python.
"""
