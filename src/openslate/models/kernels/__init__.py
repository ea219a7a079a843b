"""Compiled loops for the few steps where members, events and titles multiply, each beside a plain reference.

A module here holds one loop and the function that feeds it; `plain` holds the same work in NumPy and SciPy, which is
what tests hold the loops to and what is called where there is too little work to win anything. The loops write into
disjoint rows and add whole numbers, so no number of threads changes a bit.
"""
