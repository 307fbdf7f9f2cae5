"""Population-sized work in columns: the synthetic population now, the law over everyone later."""
