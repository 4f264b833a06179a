"""The funding plan of a case: budget lines, and who contributes what to them."""
