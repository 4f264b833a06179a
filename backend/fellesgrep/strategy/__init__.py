"""An area's strategy for participation and cooperation: whom to involve in what, when and how."""
