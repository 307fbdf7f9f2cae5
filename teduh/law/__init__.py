"""The law: what is owed, when, and what it protects. Numbers and dates in, amounts and dates out, with
reasons.

Knows the regulations as rules (functions) and dated parameters; refuses to know a clock, a database or a
network.
"""
