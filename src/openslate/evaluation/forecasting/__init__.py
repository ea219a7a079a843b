"""How good is a forecast? Figures for points, intervals and rankings, origins in time, and the guard against leaks."""
