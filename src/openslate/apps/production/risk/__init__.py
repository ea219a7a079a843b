"""What overruns, weather and absences may do to a board: its cost and its wrap date, and what drives them."""
