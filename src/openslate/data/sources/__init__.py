"""Where data comes from: one file a source, all of them admitting rows through the same checks."""
