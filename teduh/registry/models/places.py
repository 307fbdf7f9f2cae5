"""Administrative regions (Kemendagri codes) and occupations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from teduh.security.privacy import PUBLIC


class Region(models.Model):
    """A province, regency or city, district, or village; `code` is dotted: 35.78.01.1001."""

    code = models.CharField(max_length=13, primary_key=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    level = models.SmallIntegerField()
    name = models.CharField(max_length=80)
    search = models.CharField(max_length=80)

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(level__range=(1, 4)), name="region_level_is_1_to_4"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["level", "search"],
                name="region_by_name",
                opclasses=["int2_ops", "varchar_pattern_ops"],
            ),
        ]


class Sector(models.TextChoices):
    """The sectors that the self-employed work in. Relief (PP 50/2025) tells transport from all others."""

    FARMING = "farming", "Pertanian"
    FISHING = "fishing", "Perikanan"
    TRANSPORT = "transport", "Transportasi"
    TRADE = "trade", "Perdagangan"
    CRAFTS = "crafts", "Kerajinan & industri rumah"
    CONSTRUCTION = "construction", "Bangunan"
    DOMESTIC = "domestic", "Pekerja rumah tangga"
    SERVICES = "services", "Jasa"
    FREELANCE = "freelance", "Pekerja lepas & kreatif"
    OTHER = "other", "Lainnya"


class Occupation(models.Model):
    """What somebody does for a living, with the words people use for it (`aliases`, lower case)."""

    code = models.SlugField(max_length=40, primary_key=True)
    sector = models.CharField(max_length=12, choices=Sector)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    aliases = models.JSONField(default=list)

    privacy = PUBLIC
