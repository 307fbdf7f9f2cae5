"""Django plumbing the law cannot hold: field types, the clock, holidays, text that a database accepts."""
