"""Registers `runs` with Django."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "teduh.runs"
    label = "runs"
    default_auto_field = "django.db.models.BigAutoField"
