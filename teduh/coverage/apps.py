"""Registers `coverage` with Django."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "teduh.coverage"
    label = "coverage"
    default_auto_field = "django.db.models.BigAutoField"
