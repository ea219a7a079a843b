"""A shoot and its board as a file of the Universal Schedule Standard; several modules, for it is merged into a kept file."""
