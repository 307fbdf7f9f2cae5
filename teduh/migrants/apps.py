"""Registers `migrants` with Django."""

from django.apps import AppConfig


class MigrantsConfig(AppConfig):
    name = "teduh.migrants"
    label = "migrants"
    default_auto_field = "django.db.models.BigAutoField"
