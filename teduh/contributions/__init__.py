"""What is owed for a month, by which rules, and what settled it."""
