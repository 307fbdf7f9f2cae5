"""What happens: one file per life event, by subject; the only place where the nouns meet.

A journey owns its transaction.
"""
