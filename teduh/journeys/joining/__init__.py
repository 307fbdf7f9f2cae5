"""Becoming a member and being known rightly: by oneself or in a file, who somebody is, and what is on record of him."""
