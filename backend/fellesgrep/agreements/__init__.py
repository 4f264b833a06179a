"""An agreement from draft to sealed file: its text, its parties, its documents."""
