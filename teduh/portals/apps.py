"""Registers `portals` with Django."""

from django.apps import AppConfig


class PortalsConfig(AppConfig):
    name = "teduh.portals"
    label = "portals"
    default_auto_field = "django.db.models.BigAutoField"
