"""Who places migrants and who looks after them: agencies (P3MI), the government's placement, and missions abroad."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.migrants.models.reference import Destination
from teduh.registry.models import Region
from teduh.security.models import User
from teduh.security.privacy import PUBLIC, personal


class OrganisationKind(models.TextChoices):
    AGENCY = "agency", "Perusahaan penempatan (P3MI)"
    GOVERNMENT = "government", "Penempatan pemerintah"
    MISSION = "mission", "Perwakilan RI"


class Organisation(models.Model):
    """An agency licensed to place workers (SIP3MI, UU 18/2017 Pasal 51), the government body that does (Pasal 49), or a
    mission. `code` is 6 characters; `licence` and its last day are an agency's."""

    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=OrganisationKind)
    name = models.CharField(max_length=120)
    licence = models.CharField(max_length=60, blank=True)
    licence_until = models.DateField(null=True)
    seat = models.ForeignKey(Destination, on_delete=models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    registered_on = models.DateField()
    ended_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z0-9-]{3,12}$"), name="organisation_code_is_plain"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="mission") | models.Q(seat__isnull=False),
                name="organisation_mission_has_a_seat",
            ),
        ]


class Serves(models.Model):
    """A destination whose workers a mission looks after: its own country's, and others it is accredited to."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="serves")
    destination = models.ForeignKey(Destination, on_delete=models.PROTECT, related_name="served_by")

    privacy = PUBLIC

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "destination"], name="serves_once"),
        ]


class DeskRole(models.TextChoices):
    """What an account may do for one organisation."""

    OWNER = "owner", "Pengelola"
    CLERK = "clerk", "Petugas"
    VIEWER = "viewer", "Pembaca"


class Desk(models.Model):
    """An account that acts for an organisation, from a day until a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="desks", db_index=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=DeskRole)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = personal("user")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=models.Q(until_day=None), name="desk_open_once"
            ),
            models.CheckConstraint(condition=models.Q(role__in=DeskRole.values), name="desk_role_is_known"),
        ]
