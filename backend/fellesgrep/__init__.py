"""Fellesgrep: partnership and agreement workflows for area-based initiatives."""
