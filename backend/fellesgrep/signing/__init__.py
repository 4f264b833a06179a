"""How an agreement is made binding: requests, authority, evidence and the municipality's seal."""
