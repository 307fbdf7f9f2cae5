"""Who works for whom from when until when, under which contract; and how it was told that somebody left."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.employers.models.firms import Employer, Worksite
from teduh.registry.models import Person
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import personal


class Contract(models.TextChoices):
    PERMANENT = "permanent", "PKWTT (tetap)"
    FIXED = "fixed", "PKWT (waktu tertentu)"
    DAILY = "daily", "Harian lepas"
    PARTNER = "other", "Lainnya"


class Cause(models.TextChoices):
    """Why an employment ended; what follows from it is the law's (`law.leaving`)."""

    RESIGNED = "resigned", "Mengundurkan diri"
    DISMISSED = "dismissed", "Pemutusan hubungan kerja (PHK)"
    CONTRACT_ENDED = "contract_ended", "Kontrak berakhir"
    CONTRACT_BROKEN = "contract_broken", "Kontrak diakhiri pemberi kerja sebelum waktunya"
    RETIRED = "retired", "Pensiun"
    DISABLED = "permanently_disabled", "Cacat total tetap"
    DIED = "died", "Meninggal dunia"
    LEFT_COUNTRY = "left_country", "Meninggalkan Indonesia selamanya"
    MOVED = "moved_within_group", "Pindah dalam satu grup"
    OTHER = "other", "Lainnya"


class Employment(models.Model):
    """A person working for an employer. Several employers at once are several rows; with one employer stretches of
    time never overlap (an exclusion constraint in the migration).

    `ended_on` is the last day of work. `number` is the employer's own number of the worker.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments", db_index=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="employments", db_index=False)
    worksite = models.ForeignKey(Worksite, on_delete=models.PROTECT, related_name="employments", db_index=False)
    number = models.CharField(max_length=30, blank=True)
    contract = models.CharField(max_length=9, choices=Contract, default=Contract.PERMANENT)
    contract_until = models.DateField(null=True)
    started_on = models.DateField()
    registered_on = models.DateField()
    ended_on = models.DateField(null=True)
    cause = models.CharField(max_length=20, choices=Cause, null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    privacy = personal("person", "number", "started_on", "ended_on", "contract", "contract_until", special=("cause",))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="employment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None, cause=None) | models.Q(ended_on__isnull=False, cause__isnull=False),
                name="employment_end_has_a_cause",
            ),
            models.CheckConstraint(
                condition=models.Q(contract__in=Contract.values), name="employment_contract_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-started_on"], name="employment_by_person"),
            models.Index(fields=["employer", "person", "started_on"], name="employment_by_employer"),
        ]


class Teller(models.TextChoices):
    EMPLOYER = "employer", "Pemberi kerja"
    WORKER = "worker", "Pekerja"
    OFFICER = "officer", "Petugas"


class LeavingState(models.TextChoices):
    """A worker's own word waits for the employer, or for an officer; what is accepted ends the employment, and is
    replaced only by an officer's correction, which is a word of its own."""

    WAITING = "waiting", "Menunggu tanggapan"
    ACCEPTED = "accepted", "Diterima"
    DISPUTED = "disputed", "Dibantah"
    REFUSED = "refused", "Ditolak petugas"
    REPLACED = "replaced", "Dibetulkan petugas"


LEAVING_MOVES: dict[str, frozenset[str]] = {
    LeavingState.WAITING: frozenset({LeavingState.ACCEPTED, LeavingState.DISPUTED, LeavingState.REFUSED}),
    LeavingState.DISPUTED: frozenset({LeavingState.ACCEPTED, LeavingState.REFUSED}),
    LeavingState.ACCEPTED: frozenset({LeavingState.REPLACED}),
    LeavingState.REFUSED: frozenset(),
    LeavingState.REPLACED: frozenset(),
}


class Leaving(models.Model):
    """Somebody told that an employment ended: who, when, why, and what came of it."""

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="leavings")
    ended_on = models.DateField()
    cause = models.CharField(max_length=20, choices=Cause)
    teller = models.CharField(max_length=8, choices=Teller)
    text = EncryptedText(null=True)
    state = models.CharField(max_length=8, choices=LeavingState)
    told_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_default=Now())

    privacy = personal("employment", "ended_on", special=("cause", "text", "why"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(cause__in=Cause.values), name="leaving_cause_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=LeavingState.values), name="leaving_state_is_known"),
            models.UniqueConstraint(
                fields=["employment"], condition=models.Q(state="accepted"), name="leaving_accepted_once"
            ),
        ]
