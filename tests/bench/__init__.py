"""Measurements: `make bench`. A new figure is a function with `@figure` in a `measure_*.py`."""
