"""Registers `outreach` with Django."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "teduh.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"
