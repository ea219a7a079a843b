"""What a shoot is: scenes, the people in them, the places they are shot in, the days there are, and the terms."""
