"""How somebody joined: what he said, what was decided then and why, frozen; and what he consented to."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from teduh.core.fields import Rupiah
from teduh.registry.models.people import Person
from teduh.registry.models.places import Occupation, Sector
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import personal


class Segment(models.TextChoices):
    """The law's segments of membership."""

    BPU = "BPU", "Bukan Penerima Upah"
    PU = "PU", "Penerima Upah"
    JAKON = "JKN", "Jasa Konstruksi"
    PMI = "PMI", "Pekerja Migran Indonesia"


class Channel(models.TextChoices):
    SELF = "self", "Mandiri"
    AGENT = "agent", "Agen"
    OFFICER = "officer", "Petugas"
    FILE = "file", "Berkas"
    API = "api", "API"


class Outcome(models.TextChoices):
    """What the law said at entry."""

    ELIGIBLE = "eligible", "Memenuhi syarat"
    CONDITIONAL = "conditional", "Memenuhi syarat dengan catatan"
    REFUSED = "refused", "Tidak memenuhi syarat"


class Enrolment(models.Model):
    """A person joining as self-employed. `verdict` is the decision with reasons, articles and rulebook, frozen."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    segment = models.CharField(max_length=3, choices=Segment, default=Segment.BPU)
    on = models.DateField()
    channel = models.CharField(max_length=7, choices=Channel)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    income = Rupiah()
    sector = models.CharField(max_length=12, choices=Sector)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    second_occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    programmes = ArrayField(models.CharField(max_length=3))
    outcome = models.CharField(max_length=11, choices=Outcome)
    verdict = models.JSONField()
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    privacy = personal("income", "sector", "occupation", "second_occupation", special=("verdict", "ended_why"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "segment"],
                condition=models.Q(ended_on=None),
                name="enrolment_one_open_per_segment",
            ),
            models.CheckConstraint(condition=models.Q(income__gte=0), name="enrolment_income_not_negative"),
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="enrolment_outcome_is_known"),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="enrolment_channel_is_known"),
            models.CheckConstraint(condition=models.Q(sector__in=Sector.values), name="enrolment_sector_is_known"),
            models.CheckConstraint(
                condition=models.Q(programmes__contains=["JKK", "JKM"]),
                name="enrolment_has_what_is_mandatory",
            ),
        ]


class EvidenceKind(models.TextChoices):
    """What shows that somebody works (asked at entry, so that no claim is refused for want of it)."""

    STATEMENT = "statement", "Pernyataan sendiri"
    PHOTO = "photo", "Foto tempat kerja"
    LETTER = "letter", "Surat keterangan usaha/desa"
    CARD = "card", "Kartu (tani, nelayan/KUSUKA, anggota)"
    PLATFORM = "platform", "Akun aplikasi"
    WITNESS = "witness", "Keterangan saksi"


class Evidence(models.Model):
    """A piece of work evidence: what it is, what it says, and the SHA-256 of the file if there is one."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=9, choices=EvidenceKind)
    text = EncryptedText(null=True)
    sha256 = models.BinaryField(null=True)
    at = models.DateTimeField(db_default=Now())

    privacy = personal(special=("text", "sha256"))


class Consent(models.Model):
    """What somebody agreed to, in which words, and who was there (UU 27/2022)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purposes = ArrayField(models.CharField(max_length=30))
    text_version = models.CharField(max_length=20)
    channel = models.CharField(max_length=7, choices=Channel)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

    privacy = personal("person")
