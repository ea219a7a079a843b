"""From a shoot to a schedule: its arrays, the search and the bound side by side, and the board that follows."""
