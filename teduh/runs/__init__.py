"""The calendar's door: every recurring run, as procrastinate tasks."""
