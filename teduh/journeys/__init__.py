"""What happens: one file per life event, the only place where the nouns meet. A journey owns its transaction."""
