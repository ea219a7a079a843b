"""What was trained, from what, how good it is, and which model serves."""
