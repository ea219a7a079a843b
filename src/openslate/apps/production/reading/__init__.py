"""Files in: screenplays, tables, schedules of other programs."""
