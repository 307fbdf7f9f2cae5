"""Matters: a question, an accident, a complaint: one number for worker, family, mission and fund alike."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.migrants.models.organisations import Organisation
from teduh.migrants.models.placements import Placement
from teduh.registry.models import Person
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import personal


class MatterKind(models.TextChoices):
    QUESTION = "question", "Pertanyaan"
    PAPERS = "papers", "Dokumen atau data"
    PAYMENT = "payment", "Pembayaran"
    EXTENSION = "extension", "Perpanjangan"
    ACCIDENT = "accident", "Kecelakaan atau sakit"
    DEATH = "death", "Meninggal dunia"
    MISSING = "missing", "Tidak diketahui keberadaannya"
    RETURN = "return", "Pemulangan"
    NOT_DEPARTED = "not_departed", "Gagal berangkat atau ditempatkan"
    DISMISSAL = "dismissal", "Pemutusan hubungan kerja"
    COMPLAINT = "complaint", "Pengaduan"


class MatterState(models.TextChoices):
    OPEN = "open", "Baru"
    TAKEN = "taken", "Ditangani"
    WAITING = "waiting", "Menunggu jawaban pelapor"
    DONE = "done", "Selesai"


class Matter(models.Model):
    """One matter of one person. An agency sees it only if `agency_sees` it: never a complaint (constraint below).

    A relative who may speak reads along unless the worker keeps it to himself (`family_sees`).
    """

    number = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="matters", db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, related_name="matters")
    kind = models.CharField(max_length=12, choices=MatterKind)
    state = models.CharField(max_length=7, choices=MatterState, default=MatterState.OPEN)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opener = models.CharField(max_length=12)
    agency_sees = models.BooleanField(default=False)
    family_sees = models.BooleanField(default=True, db_default=True)
    mission = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="matters", db_index=False
    )
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(db_default=Now())
    closed_on = models.DateField(null=True)
    key = models.CharField(max_length=100, null=True, unique=True)

    privacy = personal("person", "placement", special=("kind",))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(kind="complaint", agency_sees=True), name="matter_complaint_hidden_from_agencies"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=MatterKind.values), name="matter_kind_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=MatterState.values), name="matter_state_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="matter_by_person"),
            models.Index(fields=["mission", "state", "-id"], name="matter_by_mission"),
        ]


class MatterEntry(models.Model):
    """Something said in a matter. `inside` is for the fund and the mission only. Rows are only added."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    speaker = models.CharField(max_length=12)
    text = EncryptedText()
    sha256 = models.BinaryField(null=True)
    inside = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=MatterState, blank=True)

    privacy = personal("matter", special=("text", "sha256"))
