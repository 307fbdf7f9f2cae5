"""Construction projects (Jakon): instalments of their contribution, their registration, the days they cover.

PP 44/2015 Pasal 56(2) leaves this to a ministerial regulation. Permenaker 44/2015 was read in part and was replaced in
2021 by one that was not; what only the agency's own pages say carries their status.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from teduh.law import deadlines, rulebook
from teduh.law.messages import FactsError, Message, Note
from teduh.law.months import working_days_after

TERMS = Note(
    "project_terms",
    "BPJS Ketenagakerjaan menyebut tiga termin 50%, 25%, dan 25%, lunas sebelum masa pelaksanaan berakhir; naskah "
    "peraturannya tidak dibaca.",
    "The agency names three terms of 50 %, 25 % and 25 %, paid off before the work ends; the regulation itself was not "
    "read.",
    ("PP 44/2015 Pasal 56(2)", "Permenaker 5/2021"),
    "official",
)
OTHER_TERMS = Note(
    "project_other_terms",
    "Pembagian termin ini bukan yang disebut BPJS Ketenagakerjaan (50%, 25%, 25%); diperlukan persetujuan petugas.",
    "These terms are not the ones the agency names (50 %, 25 %, 25 %); an officer must agree.",
    ("PP 44/2015 Pasal 56(2)",),
    "unconfirmed",
)
COVER = Note(
    "project_cover",
    "Perlindungan selama masa proyek setelah iuran pertama dibayar; naskah yang menyebut hari mulai dan akhirnya tidak "
    "dibaca.",
    "Cover for the time of the project once the first contribution is paid; the text that names its first and last day "
    "was not read.",
    ("PP 44/2015 Pasal 56(2)", "Permenaker 44/2015 Pasal 3(4)"),
    "secondary",
)
MAINTENANCE = Note(
    "project_maintenance",
    "Apakah masa pemeliharaan dilindungi tidak ditemukan dalam naskah; di sini tidak, kecuali proyek diperpanjang.",
    "Whether the maintenance period is covered was not found in any text; here it is not, unless the work goes on.",
    ("PP 44/2015 Pasal 56(2)",),
    "unconfirmed",
)
UNPAID_TERM = Note(
    "project_unpaid_term",
    "Akibat termin yang tidak dibayar terhadap manfaat pekerja proyek tidak diatur dalam naskah yang dibaca.",
    "What an unpaid term does to a project worker's benefit is not in the texts read.",
    ("PP 44/2015 Pasal 56(2)",),
    "unconfirmed",
)
WAGE = Note(
    "project_wage",
    "Upah pekerja proyek untuk menghitung manfaat JKK ditetapkan Peraturan Menteri yang tidak dibaca: tidak dihitung.",
    "A project worker's wage for JKK benefits is set by a ministerial regulation not read: it is not reckoned.",
    ("PP 44/2015 Pasal 56(2)", "Permenaker 5/2021"),
    "unconfirmed",
)


class Instalment(NamedTuple):
    """One part of a project's contribution, in whole rupiah."""

    number: int
    jkk: int
    jkm: int

    @property
    def total(self) -> int:
        return self.jkk + self.jkm


class Instalments(NamedTuple):
    """All parts, their sums, the last day of the last one, and how sure the terms are."""

    parts: tuple[Instalment, ...]
    jkk: int
    jkm: int
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


def _split(total: int, shares: Sequence[int]) -> list[int]:
    """Whole rupiah by shares, so that the parts sum to the total: each stands at its share of what is due by then."""
    whole, reached, before, parts = sum(shares), 0, 0, []
    for share in shares:
        reached += share
        due = (2 * total * reached + whole) // (2 * whole)
        parts.append(due - before)
        before = due
    return parts


def instalments(*, jkk: int, jkm: int, count: int = 1, schedule: Sequence[int] | None = None) -> Instalments:
    """Split a project's JKK and JKM into parts that sum exactly. One part is paid at once; three are 50, 25, 25.

    `schedule` gives the shares of each part (of a hundred, or any whole numbers), where an officer agreed to others.
    """
    terms = tuple(int(share) for share in rulebook.in_force("project_terms", rulebook.LAW_START).value)
    if schedule is None:
        schedule = terms if count == len(terms) else (1,) * count
    if not schedule or min(schedule) <= 0 or jkk < 0 or jkm < 0:
        raise FactsError(
            "termin paling sedikit satu, dan tiap bagiannya lebih dari nol", "at least one part, each more than nothing"
        )
    parts = zip(_split(jkk, schedule), _split(jkm, schedule), strict=True)
    notes = () if len(schedule) == 1 else (TERMS,) if tuple(schedule) == terms else (OTHER_TERMS,)
    return Instalments(
        tuple(Instalment(number, *part) for number, part in enumerate(parts, 1)), jkk, jkm,
        ("PP 44/2015 Pasal 54", "PP 44/2015 Pasal 55", "PP 44/2015 Pasal 56(2)"), notes,
    )  # fmt: skip


class Registration(NamedTuple):
    """Until when a project must be registered, and when its certificate and number must be out."""

    latest: dt.date
    certificate_by: dt.date | None
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


REPLACED = Note(
    "project_rule_replaced",
    "Permenaker 44/2015 diganti Permenaker 5/2021 yang tidak dibaca; batas waktu yang lama dipakai.",
    "Permenaker 44/2015 was replaced by Permenaker 5/2021, which was not read; the old time limit is used.",
    ("Permenaker 44/2015 Pasal 3(3)", "Permenaker 5/2021"),
    "unconfirmed",
)


def registration(
    *, ordered_on: dt.date, holidays: frozenset[dt.date], first_paid_on: dt.date | None = None
) -> Registration:
    """Permenaker 44/2015 Pasal 3(3)-(4): within 14 working days of the work order; certificate a working day later."""
    days = deadlines.promise("project_registration", ordered_on).length
    latest = working_days_after(ordered_on, days, holidays)
    by = None
    if first_paid_on is not None:
        by = working_days_after(first_paid_on, deadlines.promise("project_certificate", first_paid_on).length, holidays)
    notes = () if rulebook.applies("Permenaker 44/2015 Pasal 3", ordered_on) else (REPLACED,)
    return Registration(latest, by, ("Permenaker 44/2015 Pasal 3(3)", "Permenaker 44/2015 Pasal 3(4)"), notes)


class Cover(NamedTuple):
    """The days on which a project's workers are covered by JKK and JKM: None where nothing was paid in time."""

    starts: dt.date | None
    until: dt.date
    pay_off_by: dt.date
    what: Message
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


COVERED = Message(
    "Pekerja proyek dilindungi JKK dan JKM selama masa proyek, sejak iuran pertama dibayar.",
    "The project's workers are covered by JKK and JKM for its time, from the day of the first payment.",
)
NOT_COVERED = Message(
    "Belum dilindungi: iuran pertama belum dibayar. Bila terjadi risiko, pemberi kerja wajib membayar hak pekerja.",
    "Not covered yet: the first contribution is not paid. If something happens, the employer must pay.",
)


def cover(
    *,
    starts: dt.date,
    ends: dt.date,
    first_paid_on: dt.date | None,
    worker_from: dt.date | None = None,
    worker_until: dt.date | None = None,
    maintenance_until: dt.date | None = None,
) -> Cover:
    """PP 44/2015 Pasal 53, 56: a project's workers are covered for its time, never before the first payment.

    `worker_from` and `worker_until` narrow it to one worker's days. Maintenance is not covered, and a note says so.
    """
    last = min(ends, worker_until or ends)
    notes = (COVER, UNPAID_TERM, WAGE) + ((MAINTENANCE,) if maintenance_until else ())
    articles = ("PP 44/2015 Pasal 53", "PP 44/2015 Pasal 56(1)", "PP 44/2015 Pasal 56(2)")
    if first_paid_on is None:
        return Cover(None, last, ends, NOT_COVERED, (*articles, "PP 44/2015 Pasal 27(1)"), notes)
    first = max(starts, first_paid_on, worker_from or starts)
    if first > last:
        return Cover(None, last, ends, NOT_COVERED, (*articles, "PP 44/2015 Pasal 27(1)"), notes)
    return Cover(first, last, ends, COVERED, articles, notes)
