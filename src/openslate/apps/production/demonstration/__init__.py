"""The whole of production on an invented shoot: what `make demo` shows of it."""
