"""What each party promised in an agreement, due when, and whether it was kept."""
