"""Registers `api` with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "teduh.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
