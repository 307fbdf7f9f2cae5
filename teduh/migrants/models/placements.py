"""A placement abroad: who, where to, through whom, its agreements, what happened to it day by day, and its papers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from teduh.migrants.models.organisations import Organisation
from teduh.migrants.models.reference import Destination
from teduh.registry.models import Person
from teduh.security.fields import EncryptedText
from teduh.security.models import User
from teduh.security.privacy import personal


class Route(models.TextChoices):
    """How the law counts somebody: placed by an implementer, or on his own (Permenaker 4/2023 Pasal 5)."""

    IMPLEMENTER = "implementer", "Melalui pelaksana penempatan"
    INDIVIDUAL = "individual", "Perseorangan"


class Scheme(models.TextChoices):
    """Who places (UU 18/2017 Pasal 49 and 63)."""

    AGENCY = "agency", "P3MI"
    GOVERNMENT = "government", "Pemerintah (G to G)"
    OWN = "own", "Perseorangan"


class Entry(models.TextChoices):
    """By which door somebody joined."""

    BEFORE = "before", "Sebelum berangkat"
    ABROAD = "abroad", "Dari luar negeri"


class State(models.TextChoices):
    """Where a placement stands. What is paid and covered is not a state: it is in contributions and coverage."""

    REGISTERED = "registered", "Terdaftar, belum berangkat"
    DEPARTED = "departed", "Sudah berangkat"
    WORKING = "working", "Bekerja"
    ENDED = "ended", "Perjanjian berakhir"
    RETURNING = "returning", "Dalam perjalanan pulang"
    HOME = "home", "Sudah di rumah"
    FAILED = "failed", "Gagal berangkat"
    MISSING = "missing", "Tidak diketahui keberadaannya"
    DIED = "died", "Meninggal dunia"
    CANCELLED = "cancelled", "Dibatalkan"


OPEN_STATES = (State.REGISTERED, State.DEPARTED, State.WORKING, State.ENDED, State.RETURNING, State.MISSING)


class Placement(models.Model):
    """One stay abroad of one person. `number` is its public number (a letter, ten digits, the last a check digit).

    Dates below are the events' (`Event`), kept here for questions over many: the day of leaving embarkation in
    Indonesia, of debarkation there, of arrival at the home area, of failing to depart, of death. `ends_on` is the last
    day of the last agreement. `verdict` is the decision at entry with reasons and what is not covered, frozen.
    """

    number = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placements", db_index=False)
    route = models.CharField(max_length=11, choices=Route)
    scheme = models.CharField(max_length=10, choices=Scheme)
    entry = models.CharField(max_length=6, choices=Entry)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="placements", db_index=False
    )
    destination = models.ForeignKey(Destination, on_delete=models.PROTECT, related_name="+", db_index=False)
    registered_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.REGISTERED)
    ends_on = models.DateField(null=True)
    departed_on = models.DateField(null=True)
    debarked_on = models.DateField(null=True)
    home_on = models.DateField(null=True)
    failed_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    passport = EncryptedText(null=True)
    passport_index = models.BinaryField(max_length=32, null=True)
    passport_until = models.DateField(null=True)
    savings_monthly = models.IntegerField(default=0, db_default=0)
    outcome = models.CharField(max_length=11)
    verdict = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=100, null=True, unique=True)
    created_at = models.DateTimeField(db_default=Now())

    privacy = personal(
        "person", "passport", "passport_index", "passport_until", "destination", "savings_monthly",
        special=("verdict",),
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state__in=OPEN_STATES), name="placement_one_open_a_person"
            ),
            models.CheckConstraint(condition=models.Q(route__in=Route.values), name="placement_route_is_known"),
            models.CheckConstraint(condition=models.Q(scheme__in=Scheme.values), name="placement_scheme_is_known"),
            models.CheckConstraint(condition=models.Q(entry__in=Entry.values), name="placement_entry_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="placement_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(scheme="own", route="individual")
                | (~models.Q(scheme="own") & models.Q(route="implementer")),
                name="placement_route_fits_its_scheme",
            ),
            models.CheckConstraint(
                condition=models.Q(debarked_on=None)
                | models.Q(home_on=None)
                | models.Q(home_on__gte=models.F("debarked_on")),
                name="placement_home_after_debarkation",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="placement_by_person"),
            models.Index(fields=["organisation", "-id"], name="placement_by_organisation"),
            models.Index(fields=["destination", "ends_on"], name="placement_by_destination"),
            models.Index(fields=["passport_index"], name="placement_by_passport"),
            models.Index(fields=["ends_on"], condition=models.Q(state__in=OPEN_STATES), name="placement_open_by_end"),
        ]


class AgreementKind(models.TextChoices):
    FIRST = "first", "Perjanjian pertama"
    EXTENSION = "extension", "Perpanjangan"
    MOVE = "move", "Pemberi kerja lain"


class Agreement(models.Model):
    """A work agreement (UU 18/2017 Pasal 15): its days, employer and job. `ended_on` is set when it ended early."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="agreements", db_index=False)
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=9, choices=AgreementKind)
    starts = models.DateField()
    ends = models.DateField()
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=20, blank=True)
    destination = models.ForeignKey(Destination, on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = EncryptedText()
    employer_address = EncryptedText(null=True)
    job = models.CharField(max_length=120)
    sha256 = models.BinaryField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

    privacy = personal("placement", "employer", "employer_address", "job", "sha256", special=("ended_why",))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "number"], name="agreement_number_of_placement"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="agreement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__lte=models.F("ends")),
                name="agreement_ended_early",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=AgreementKind.values), name="agreement_kind_is_known"),
        ]


class EventKind(models.TextChoices):
    """What happens to a placement. `leave` and `back` change no cover (Permenaker 4/2023 Pasal 16(2))."""

    REGISTERED = "registered", "Terdaftar"
    DEPARTED = "departed", "Berangkat"
    WORKING = "working", "Mulai bekerja"
    EXTENDED = "extended", "Diperpanjang"
    MOVED = "moved", "Pindah pemberi kerja"
    LEAVE = "leave", "Cuti di Indonesia"
    BACK = "back", "Kembali dari cuti"
    ENDED = "ended", "Perjanjian berakhir"
    DISMISSED = "dismissed", "Diberhentikan"
    RETURNING = "returning", "Tiba di Indonesia"
    HOME = "home", "Tiba di rumah"
    FAILED = "failed", "Gagal berangkat"
    MISSING = "missing", "Tidak diketahui keberadaannya"
    FOUND = "found", "Ditemukan"
    DIED = "died", "Meninggal dunia"
    CORRECTED = "corrected", "Diperbaiki"


class Event(models.Model):
    """Something that happened on a day, who told it, and for whom. Rows are only added; a correction is a row too."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=10, choices=EventKind)
    on = models.DateField()
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    teller = models.CharField(max_length=12)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    note = EncryptedText(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = personal("placement", special=("kind", "note"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="event_kind_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["placement", "id"], name="event_by_placement")]


class PaperKind(models.TextChoices):
    """What must be complete (UU 18/2017 Pasal 13) and what registration asks for."""

    PASSPORT = "passport", "Paspor"
    AGREEMENT = "agreement", "Perjanjian kerja"
    PLACEMENT = "placement", "Perjanjian penempatan"
    VISA = "visa", "Visa kerja"
    PERMISSION = "permission", "Izin keluarga diketahui desa"
    COMPETENCE = "competence", "Sertifikat kompetensi"
    HEALTH = "health", "Surat keterangan sehat"
    MARRIAGE = "marriage", "Keterangan status perkawinan"
    FAMILY_CARD = "family_card", "Kartu keluarga"
    MISSION = "mission", "Surat keterangan Perwakilan RI"


class Paper(models.Model):
    """A document of a placement that was shown: its kind, the digest of the file if one was given, its last day."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=11, choices=PaperKind)
    sha256 = models.BinaryField(null=True)
    valid_until = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    privacy = personal("placement", special=("sha256", "kind"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=PaperKind.values), name="paper_kind_is_known"),
        ]
