"""What use owes people: metered, stated line by line, and forgotten on request."""
