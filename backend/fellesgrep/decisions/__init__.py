"""Decisions on co-funding: who may decide how much, and what was decided with which reasons."""
