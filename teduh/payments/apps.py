"""Registers `payments` with Django."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "teduh.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"
