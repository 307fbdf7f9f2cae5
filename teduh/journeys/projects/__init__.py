"""Construction projects (Jakon): registered, changed and finished, with their workers and credits."""
