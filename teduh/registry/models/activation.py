"""The one-time code by which somebody enrolled by others opens an account of his own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.registry.models.people import Person
from teduh.security.models import User
from teduh.security.privacy import personal

TRIES = 5


class Activation(models.Model):
    """A code given to one person. One row a person: a newer code takes the place of the older one.

    Only a keyed hash of the code is kept. It lives until it is spent, until its time is over, or until the fifth wrong
    try; what was given and spent before stays in the audit.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="activation")
    digest = models.BinaryField(max_length=32)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True)

    privacy = personal("person", special=("digest",))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(tries__gte=0, tries__lte=TRIES), name="activation_tries_are_few"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("given_at")), name="activation_ends_after_it_begins"
            ),
        ]
