"""Which titles of several sources are one and the same film or season, how sure that is, and a person's correction."""
