"""What the machines' door must remember: answers already given to a request key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.security.models import User
from teduh.security.privacy import personal


class Answer(models.Model):
    """The stored answer to a request that carried an idempotency key; asked again, it is given again."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    input_hash = models.BinaryField()
    status = models.SmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    privacy = personal(special=("body",))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="answer_once_per_key")]
