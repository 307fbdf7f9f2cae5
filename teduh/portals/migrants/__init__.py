"""Pages about migrant workers: for the worker and the family, for agencies and missions, the gate and officers."""
