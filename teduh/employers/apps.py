"""Registers `employers` with Django."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "teduh.employers"
    label = "employers"
    default_auto_field = "django.db.models.BigAutoField"
