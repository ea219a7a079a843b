"""How much is written about titles and people, day by day, as a table that others read as of a day."""
