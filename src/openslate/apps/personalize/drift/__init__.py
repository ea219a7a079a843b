"""The drift report: `measure.drift` is its one entry, the other modules are its steps."""
