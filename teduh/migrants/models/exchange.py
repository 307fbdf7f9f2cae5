"""Lists that placement and mission systems hand over: the file, its rows, and where the two sides differ."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.migrants.models.organisations import Organisation
from teduh.migrants.models.placements import Placement
from teduh.security.fields import EncryptedBytes, EncryptedText
from teduh.security.models import User
from teduh.security.privacy import personal


class ListPurpose(models.TextChoices):
    """What a list is for: people to enter, or the other side's register to compare with ours."""

    ENTER = "enter", "Mendaftarkan"
    COMPARE = "compare", "Mencocokkan"


class ListState(models.TextChoices):
    CHECKED = "checked", "Sudah diperiksa"
    COMMITTED = "committed", "Sudah diproses"
    DISCARDED = "discarded", "Dibuang"


class PlacementList(models.Model):
    """A list as it came. The same bytes for the same organisation and purpose are the same list. `content` holds
    passports and NIK, encrypted; `understood` says how it was read and what was found, and names nobody.

    `whole` says that the list claims to hold everybody of `scope` (a destination's or an agency's people), so that who
    is missing there is a difference too.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lists")
    purpose = models.CharField(max_length=7, choices=ListPurpose)
    whole = models.BooleanField(default=False)
    sha256 = models.BinaryField()
    name = models.CharField(max_length=200)
    content = EncryptedBytes()
    as_of = models.DateField()
    state = models.CharField(max_length=9, choices=ListState, default=ListState.CHECKED)
    understood = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())
    committed_at = models.DateTimeField(null=True)

    privacy = personal("name", special=("content",))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sha256", "organisation", "purpose", "as_of"], name="placement_list_is_uploaded_once"
            ),
            models.CheckConstraint(condition=models.Q(purpose__in=ListPurpose.values), name="list_purpose_is_known"),
        ]


class Match(models.TextChoices):
    """How a row was found to be one of our people, from surest to none."""

    NIK = "nik", "NIK"
    PASSPORT = "passport", "Paspor"
    NAME = "name", "Nama dan tanggal lahir"
    UNSURE = "unsure", "Mungkin sama"
    NONE = "none", "Tidak ditemukan"


class RowState(models.TextChoices):
    READY = "ready", "Siap"
    WARNED = "warned", "Siap, dengan catatan"
    KNOWN = "known", "Sudah terdaftar"
    REPEATED = "repeated", "Ganda dalam daftar"
    MEND = "mend", "Perlu diperbaiki"
    ENTERED = "entered", "Terdaftar"
    AGREES = "agrees", "Cocok"
    DIFFERS = "differs", "Berbeda"


class PlacementRow(models.Model):
    """One row of a list: what was understood of it, what is to be mended, whom it was matched with and how."""

    list = models.ForeignKey(PlacementList, on_delete=models.PROTECT, related_name="rows", db_index=False)
    number = models.IntegerField()
    state = models.CharField(max_length=8, choices=RowState)
    match = models.CharField(max_length=8, choices=Match, default=Match.NONE)
    values = EncryptedText(null=True)
    findings = EncryptedText(null=True)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, related_name="+")

    privacy = personal("values", "findings", "placement")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "number"], name="placement_row_number_in_list"),
        ]


class DifferenceKind(models.TextChoices):
    NOT_HERE = "not_here", "Ada di sana, tidak di sini"
    NOT_THERE = "not_there", "Ada di sini, tidak di sana"
    PAID_THERE = "paid_there", "Lunas di sana, belum di sini"
    PAID_HERE = "paid_here", "Lunas di sini, belum di sana"
    DATES = "dates", "Tanggal berbeda"
    DESTINATION = "destination", "Negara berbeda"
    PASSPORT = "passport", "Paspor berbeda"
    NAME = "name", "Nama berbeda"
    UNSURE = "unsure", "Mungkin orang yang sama"


class DifferenceState(models.TextChoices):
    OPEN = "open", "Menunggu"
    SETTLED = "settled", "Diselesaikan"
    GONE = "gone", "Tidak lagi berbeda"


class Difference(models.Model):
    """Where a list and the register disagree, for a person to decide. `ours` and `theirs` are what each side says.

    One open difference of a kind for a placement (or, where we have none, a row); a later list of the same organisation
    in which it is no more closes it (`gone`).
    """

    list = models.ForeignKey(PlacementList, on_delete=models.PROTECT, related_name="differences")
    row = models.ForeignKey(PlacementRow, on_delete=models.PROTECT, null=True, related_name="+")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, related_name="differences")
    kind = models.CharField(max_length=11, choices=DifferenceKind)
    ours = EncryptedText(null=True)
    theirs = EncryptedText(null=True)
    identity = models.BinaryField(max_length=32)
    state = models.CharField(max_length=7, choices=DifferenceState, default=DifferenceState.OPEN)
    found_on = models.DateField()
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=200, blank=True)
    note = EncryptedText(null=True)

    privacy = personal("placement", "row", "ours", "theirs", "identity", "note")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity", "kind"], condition=models.Q(state="open"), name="difference_open_once"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=DifferenceKind.values), name="difference_kind_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["list", "id"], condition=models.Q(state="open"), name="difference_open_by_list"),
            models.Index(fields=["identity"], name="difference_by_identity"),
        ]
