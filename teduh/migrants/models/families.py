"""The family at home: somebody a migrant names who may see, pay, and act for him."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from teduh.registry.models import Person
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import personal

TRIES = 5

#: What a relative may be allowed to do: see cover and papers, pay, ask for an extension, speak in matters.
MAY = ("see", "pay", "extend", "speak")


class Relative(models.Model):
    """A relative at home and what he may do, from a day until a day; `user` once he has spent the code given to him.

    Only a keyed hash of the code is kept; it lives until it is spent, its time is over, or the fifth wrong try.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relatives", db_index=False)
    name = EncryptedText()
    relation = models.CharField(max_length=13)
    phone = EncryptedText(null=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    may = ArrayField(models.CharField(max_length=6))
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.BinaryField(max_length=32, null=True)
    expires_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    named_on = models.DateField()
    ended_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy = personal("person", "name", "phone", "phone_index", "user", special=("relation", "digest", "may"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(tries__gte=0, tries__lte=TRIES), name="relative_tries_are_few"),
            models.UniqueConstraint(
                fields=["person", "user"],
                condition=models.Q(ended_on=None, user__isnull=False),
                name="relative_open_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "id"], name="relative_by_person"),
            models.Index(fields=["digest"], name="relative_by_code"),
        ]
