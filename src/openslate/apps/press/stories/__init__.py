"""Stories: which items are about one event."""
