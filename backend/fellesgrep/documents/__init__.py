"""Accessible HTML to tagged PDF/A-3a. Knows no feature: text, names and dates come from callers."""
