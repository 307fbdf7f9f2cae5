"""Lists that returns are checked against: regional minimum wages, and activities with their JKK risk class."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from teduh.core.fields import Rupiah
from teduh.registry.models import Region
from teduh.security.privacy import PUBLIC


class MinimumWage(models.Model):
    """A region's minimum monthly wage in rupiah from a day on. `status` as in the law's parameters."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    from_day = models.DateField()
    amount = Rupiah()
    source = models.CharField(max_length=200)
    status = models.CharField(max_length=11)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "from_day"], name="minimum_wage_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="minimum_wage_is_something"),
        ]


class Activity(models.Model):
    """A business activity as the regulation's list names it, with its risk class. `status` as in the parameters."""

    name_id = models.CharField(max_length=300, unique=True)
    risk_class = models.SmallIntegerField()
    source = models.CharField(max_length=200)
    status = models.CharField(max_length=11)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(risk_class__range=(1, 5)), name="activity_class_is_one_of_five"),
        ]
