"""Groups that join or pay together: cooperatives, fishers' groups, and sponsors with a list of people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.registry.models.people import Person
from teduh.registry.models.places import Region
from teduh.security.models import User
from teduh.security.privacy import PUBLIC, personal


class GroupKind(models.TextChoices):
    COOPERATIVE = "cooperative", "Koperasi"
    ASSOCIATION = "association", "Kelompok/asosiasi"
    SPONSOR = "sponsor", "Sponsor"


class Funding(models.TextChoices):
    """Where the money comes from. State budgets exclude relief (PP 50/2025 Pasal 3)."""

    MEMBERS = "members", "Iuran anggota"
    APBN = "apbn", "APBN"
    APBD = "apbd", "APBD"
    VILLAGE = "village", "Dana desa"
    PRIVATE = "private", "CSR/swasta"

    @property
    def is_state_budget(self) -> bool:
        return self in (Funding.APBN, Funding.APBD)


class Group(models.Model):
    """A body that enrols or pays for several people."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=11, choices=GroupKind)
    funding = models.CharField(max_length=8, choices=Funding)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    manager = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "region"], nulls_distinct=False, name="group_name_in_region"),
        ]


class Membership(models.Model):
    """Somebody's place in a group, from a day until a day."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    privacy = personal("group", "person")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=models.Q(until_day=None), name="membership_open_once"
            ),
        ]
