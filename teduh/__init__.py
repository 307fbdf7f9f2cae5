"""Teduh: the system an employment social-security fund runs on."""

__version__ = "0.1.0"
