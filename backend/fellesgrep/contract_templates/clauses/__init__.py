"""The clause library: approved text that agreement types share, kept as data with a life cycle."""
