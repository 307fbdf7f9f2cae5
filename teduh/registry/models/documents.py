"""Files that show something about a person: a photo of a boat, a village's letter. Kept encrypted, found by digest."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.security.fields import EncryptedBytes
from teduh.security.models import User
from teduh.security.privacy import personal


class Document(models.Model):
    """A file's bytes, once however often it is sent. Evidence and corrections name it by its SHA-256."""

    sha256 = models.BinaryField(unique=True)
    media_type = models.CharField(max_length=40)
    size = models.IntegerField()
    content = EncryptedBytes()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = personal(special=("content",))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="document_holds_something"),
        ]
