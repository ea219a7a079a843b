"""Boards: which scenes are shot on which day, what that costs, and which rules it breaks."""
