"""Checks against the civil registry, and pairs of records that may be one person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.registry.models.people import Person
from teduh.security.models import User
from teduh.security.privacy import personal


class IdentityCheck(models.Model):
    """One question to the civil registry. Only match flags and its trace id are kept, never its record."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="checks")
    asked_at = models.DateTimeField(db_default=Now())
    answer = models.CharField(max_length=20)
    matches = models.JSONField(default=dict)
    trace = models.CharField(max_length=80, blank=True)
    attempt = models.SmallIntegerField(default=1)
    retry_at = models.DateTimeField(null=True)

    privacy = personal("person", "matches")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["retry_at"], condition=models.Q(retry_at__isnull=False), name="check_to_retry"),
        ]


class DuplicateState(models.TextChoices):
    SUSPECTED = "suspected", "Diduga"
    PROPOSED = "proposed", "Diusulkan digabung"
    MERGED = "merged", "Digabung"
    DISTINCT = "distinct", "Dua orang berbeda"


class Duplicate(models.Model):
    """Two records that look like one person, with the evidence; one officer proposes, another decides."""

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    evidence = models.JSONField()
    state = models.CharField(max_length=9, choices=DuplicateState, default=DuplicateState.SUSPECTED)
    found_at = models.DateTimeField(db_default=Now())
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    keep = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    privacy = personal("first", "second", "evidence")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="duplicate_pair_is_ordered"),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="duplicate_takes_two_people",
            ),
        ]
