"""Registers `registry` with Django."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "teduh.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
