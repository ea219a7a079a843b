"""Files that a shoot is read from: screenplays, and the tables of a breakdown that people correct."""
