"""Writing shoots and boards in the forms of others."""
