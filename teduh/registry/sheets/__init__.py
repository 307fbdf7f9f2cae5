"""Sheets of people as villages make them: read, understood cell by cell, and given back with what must be mended.

Nothing here writes to the register; a sheet goes in, rows with values and findings come out.
"""
