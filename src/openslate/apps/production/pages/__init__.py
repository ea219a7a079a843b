"""What a crew prints: stripboard, day-out-of-days, one-liner, call sheets, costs; as pages, CSV and plain values."""
