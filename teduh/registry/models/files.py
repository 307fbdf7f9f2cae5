"""Files of people to enrol: the original, what each row was understood as, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.registry.models.people import Person
from teduh.security.fields import EncryptedBytes, EncryptedText
from teduh.security.models import User
from teduh.security.privacy import personal


class FileState(models.TextChoices):
    CHECKED = "checked", "Sudah diperiksa"
    COMMITTED = "committed", "Sudah didaftarkan"


class EnrolmentFile(models.Model):
    """An uploaded sheet. The same bytes by the same person are the same file, however often they are sent.

    `content` is the original, encrypted: it holds everybody's NIK. `understood` says how the sheet was
    read (columns, sums, counts) and what was said of it when it was handed in; it names nobody.
    """

    sha256 = models.BinaryField()
    name = models.CharField(max_length=200)
    content = EncryptedBytes()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=FileState, default=FileState.CHECKED)
    understood = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField(db_default=Now())
    committed_at = models.DateTimeField(null=True)

    privacy = personal("name", special=("content",))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256", "by"], nulls_distinct=False, name="file_is_uploaded_once"),
        ]


class RowState(models.TextChoices):
    """What the check says of a row, and what the commit made of it."""

    READY = "ready", "Siap"
    WARNED = "warned", "Siap, dengan catatan"
    KNOWN = "known", "Sudah terdaftar"
    REPEATED = "repeated", "Ganda dalam berkas"
    MEND = "mend", "Perlu diperbaiki"
    BLANK = "blank", "Kosong"
    ENROLLED = "enrolled", "Terdaftar"


class EnrolmentRow(models.Model):
    """One row of a sheet: `findings` say how it was read and what to mend; `values` is what will be enrolled.

    Both are JSON, encrypted: findings quote the cells. Rows that are wholly blank are not kept.
    """

    file = models.ForeignKey(EnrolmentFile, on_delete=models.PROTECT, related_name="rows")
    number = models.IntegerField()
    state = models.CharField(max_length=8, choices=RowState)
    values = EncryptedText(null=True)
    findings = EncryptedText(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy = personal("values", "findings", "person")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "number"], name="row_number_in_file"),
        ]
