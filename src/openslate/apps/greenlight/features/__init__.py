"""Features: what a forecast looks at, each with the family it belongs to and the stage at which it is known."""
