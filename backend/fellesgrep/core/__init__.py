"""Means that every feature shares: database, transaction, audit, events, jobs, problems, texts."""
