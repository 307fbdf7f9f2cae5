"""Where people go to work and what money is worth there: destinations, and exchange rates with their source."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from teduh.security.privacy import PUBLIC


class Destination(models.Model):
    """A country or territory (ISO 3166-1 alpha-2) with its usual time zone, its currency (ISO 4217), and the names by
    which lists call it."""

    code = models.CharField(max_length=2, primary_key=True)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    aliases = ArrayField(models.CharField(max_length=80), default=list)
    zone = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(code__regex=r"^[A-Z]{2}$"), name="destination_code_is_iso"),
            models.CheckConstraint(
                condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="destination_currency_is_iso"
            ),
        ]


class Rate(models.Model):
    """What one unit of a currency cost in rupiah on a day, and who says so. For showing: nothing is booked by it."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    rupiah = models.DecimalField(max_digits=18, decimal_places=6)
    source = models.CharField(max_length=120)
    loaded_at = models.DateTimeField(db_default=Now())

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["currency", "on"], name="rate_once_a_day"),
            models.CheckConstraint(condition=models.Q(rupiah__gt=0), name="rate_is_above_zero"),
        ]
