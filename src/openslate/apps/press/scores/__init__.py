"""How records are scored: by the fixed rules of the format, with topics and sources as data."""
