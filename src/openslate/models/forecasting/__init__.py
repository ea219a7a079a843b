"""Forecasts of an outcome's logarithm: a simple line, trees on what it leaves, and a calibrated distribution."""
