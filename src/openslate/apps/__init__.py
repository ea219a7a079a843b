"""The applications, equal siblings over one spine; they never import one another."""
