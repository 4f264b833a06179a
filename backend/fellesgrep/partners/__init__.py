"""The registry of partners: who they are, who speaks for them, and every contact with them."""
