"""Agreement types: their texts, versions and life cycle, and the filling of a text with a case."""
