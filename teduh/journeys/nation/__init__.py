"""Everyone at once: snapshots of the database for runs over the population, and results that come back into it."""
