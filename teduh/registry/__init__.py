"""People, their kin and groups, where they are and what they do, and how they joined. It knows nothing of money."""
