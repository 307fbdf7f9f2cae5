"""Registers `security` with Django."""

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "teduh.security"
    label = "security"
    default_auto_field = "django.db.models.BigAutoField"
