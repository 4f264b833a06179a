"""Queries across features: start page, board, search box. Writes nothing."""
