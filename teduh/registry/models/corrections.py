"""How what somebody said changes: work and income from a month on, and changes that an officer decides on evidence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.core.fields import MonthField, Rupiah, first_of_month
from teduh.registry.models.enrolment import Enrolment
from teduh.registry.models.people import Person
from teduh.registry.models.places import Occupation, Sector
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import personal


class Declaration(models.Model):
    """What a member says he does and earns, from a contribution month on; the enrolment itself stays as it was.

    The latest row whose month has come counts; before the first one, the enrolment does.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="declarations")
    month = MonthField()
    income = Rupiah()
    sector = models.CharField(max_length=12, choices=Sector)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    second_occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = personal("enrolment", "income", "sector", "occupation", "second_occupation")

    class Meta:
        constraints: ClassVar = [
            first_of_month("month", "declaration_month_is_a_month"),
            models.CheckConstraint(condition=models.Q(income__gte=0), name="declaration_income_not_negative"),
            models.CheckConstraint(condition=models.Q(sector__in=Sector.values), name="declaration_sector_is_known"),
        ]


class CorrectionState(models.TextChoices):
    ASKED = "asked", "Menunggu petugas"
    APPROVED = "approved", "Disetujui"
    DECLINED = "declined", "Ditolak"


class Correction(models.Model):
    """A change that needs evidence: one asks, another decides. `field` and `value` say what it should become."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20)
    value = EncryptedText()
    evidence = EncryptedText()
    sha256 = models.BinaryField(null=True)
    changed_on = models.DateField(null=True)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.ASKED)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    privacy = personal("person", "field", "value", special=("evidence", "sha256", "reason"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=CorrectionState.values), name="correction_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="correction_takes_two_people",
            ),
            models.UniqueConstraint(
                fields=["person", "field"], condition=models.Q(state="asked"), name="correction_asked_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_on", "id"], condition=models.Q(state="asked"), name="correction_open"),
        ]
