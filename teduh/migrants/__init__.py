"""Migrant workers: placements abroad with their agreements and events, who placed and who helps them, and matters."""
