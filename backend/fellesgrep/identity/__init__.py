"""People of the municipality, their roles, log-in, and the access policy."""
