"""How good is it? Splits, metrics, intervals, and the report."""
