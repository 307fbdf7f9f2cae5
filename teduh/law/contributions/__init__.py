"""What is owed for a month, one module per segment, and the reliefs folded over the base rules."""
