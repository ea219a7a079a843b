"""From a promoted model and a history to the next answer and a page of rows."""
