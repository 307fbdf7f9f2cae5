"""What a construction project owes, split into instalments. Pure: facts and dates in, amounts with articles out.

By contract value the law knows one sum for the whole project, paid in terms (`law.projects.instalments`); by wages a
sum for each month. No text held says on which day a term falls due, so the days are spread over the project and a note
says so.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from teduh.contributions.assessing import Assessed, Owed, refused
from teduh.core import holidays
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import assessment, due, money
from teduh.law import projects as law
from teduh.law.facts import Construction
from teduh.law.messages import FactsError, RulebookError
from teduh.law.months import Month

MOST_INSTALMENTS = 12
MOST_MONTHS = 120
#: The agency's form asks for the value with VAT and divides it by 1.11 (status: secondary); no regulation says so.
VAT = (100, 111)

SPREAD = Text(
    "Tanggal jatuh tempo tiap termin tidak ada dalam naskah yang dibaca; di sini dibagi rata sepanjang proyek (belum "
    "dikonfirmasi).",
    "On which day a term falls due is in no text read; here the days are spread over the project (unconfirmed).",
)
MONTHLY = Text(
    "Iuran menurut upah dihitung tiap bulan; jatuh temponya mengikuti pemberi kerja lain, tanggal 15 bulan berikutnya.",
    "By wages the contribution is reckoned month by month; it falls due as other employers' does, on the 15th of the "
    "next month.",
)
WITHOUT_VAT = Text(
    "Nilai yang Anda tulis termasuk PPN, jadi dibagi 1,11 seperti pada formulir BPJS; PP 44/2015 tidak menyebut PPN.",
    "The value you wrote includes VAT, so it is divided by 1.11 as on the agency's form; PP 44/2015 is silent on VAT.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment: its month and last day, rupiah per programme, and the assessment it is a part of."""

    month: Month
    due_on: dt.date
    jkk: int
    jkm: int
    assessed: Assessed

    @property
    def amount(self) -> int:
        return self.jkk + self.jkm


@dataclass(frozen=True, slots=True)
class Quote:
    """All that a project owes: the sums, its parts, the articles, and what is not certain about it."""

    jkk: int
    jkm: int
    parts: tuple[Part, ...]
    articles: dict[str, tuple[str, ...]]
    notes: tuple[Text, ...]

    @property
    def total(self) -> int:
        return self.jkk + self.jkm


def without_vat(value: int) -> int:
    """A contract value from which VAT of 11 % is taken out, to the nearest rupiah."""
    return money.rounded(value * VAT[0], VAT[1])


@functools.lru_cache(maxsize=20_000)
def assessed(facts: Construction, month: Month) -> Assessed:
    """The assessment of a project for a month, ready to be stored. Refused where the law as held has no answer."""
    try:
        found = assessment.assess(facts, month=month)
    except RulebookError as error:
        raise refused(error) from error
    plain = {"segment": "construction", "contract_value": facts.contract_value, "monthly_wages": facts.monthly_wages,
             "eligible_2020": facts.eligible_2020}  # fmt: skip
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(f"{text}\0{month}\0{found.rulebook}".encode()).digest()
    result = json.dumps(found.as_dict(), separators=(",", ":"))
    lines = tuple(Owed(line.programme, line.amount, line.articles) for line in found.lines)
    return Assessed(digest=digest, month=month, facts=text, result=result, rulebook=found.rulebook, lines=lines)


def facts_of(*, contract_value: int | None, monthly_wages: int | None) -> Construction:
    """The law's facts; Refused where neither is given or an amount is beyond what the law's numbers hold."""
    try:
        return Construction(contract_value=contract_value, monthly_wages=monthly_wages)
    except FactsError as error:
        raise Refused("bad_project", Text(error.id, error.en), then=Text(
            "Periksa nilainya, lalu kirim lagi.", "Check the value and send it again."), field="value",
        ) from error  # fmt: skip


def quote(*, facts: Construction, starts: dt.date, ends: dt.date, instalments: int = 1, on: dt.date) -> Quote:
    """What the project owes in all and in parts. By wages: one part for each month from `starts` to `ends`."""
    if facts.monthly_wages:
        return _by_wages(facts, starts, ends)
    month = Month.of(starts)
    one = assessed(facts, month)
    jkk, jkm = of(one, "JKK"), of(one, "JKM")
    days = spread(first=max(on, starts), last=max(on, ends), count=instalments)
    terms = law.instalments(jkk=jkk, jkm=jkm, count=instalments)
    said = tuple(Text(note.id, note.en) for note in terms.notes)
    notes = (*_notes(one), *said, SPREAD) if instalments > 1 else _notes(one)
    return Quote(jkk, jkm, _parts(one, days, terms), _articles(one), notes)


def _parts(one: Assessed, days: Sequence[dt.date], terms: law.Instalments) -> tuple[Part, ...]:
    pairs = zip(days, terms.parts, strict=True)
    return tuple(Part(Month.of(day), day, term.jkk, term.jkm, one) for day, term in pairs if term.total)


def _by_wages(facts: Construction, starts: dt.date, ends: dt.date) -> Quote:
    months = Month.span(Month.of(starts), Month.of(ends).minus(Month.of(starts)) + 1)
    parts = []
    for month in months:
        one = assessed(facts, month)
        parts.append(Part(month, _fifteenth(month), of(one, "JKK"), of(one, "JKM"), one))
    notes = tuple(dict.fromkeys(note for part in parts for note in _notes(part.assessed)))
    jkk, jkm = sum(part.jkk for part in parts), sum(part.jkm for part in parts)
    return Quote(jkk, jkm, tuple(parts), _articles(parts[0].assessed), (*notes, MONTHLY))


def _fifteenth(month: Month) -> dt.date:
    return due.due_date("JKK", "wage_earner", month, holidays=holidays.between(month.year, month.year + 1)).date


def of(one: Assessed, programme: str) -> int:
    """A programme's amount in an assessment."""
    return sum(line.amount for line in one.lines if line.programme == programme)


def _articles(one: Assessed) -> dict[str, tuple[str, ...]]:
    return {line.programme: line.articles for line in one.lines}


def _notes(one: Assessed) -> tuple[Text, ...]:
    return tuple(Text(note["id"], note["en"]) for note in json.loads(one.result)["notes"])


def spread(*, first: dt.date, last: dt.date, count: int) -> tuple[dt.date, ...]:
    """`count` days at equal distances from `first` on, none after `last`."""
    whole = (last - first).days
    return tuple(first + dt.timedelta(days=whole * n // count) for n in range(count))


@dataclass(frozen=True, slots=True)
class Left:
    """After an addendum: the parts still to be paid, and what was paid too much, by programme.

    `month` is where the excess belongs, `assessed` what it follows from.
    """

    parts: tuple[Part, ...]
    excess: dict[str, int]
    month: Month
    assessed: Assessed


def after_change(
    *, owed: Quote, by_wages: bool, paid: Mapping[Month, tuple[int, int]], days: Sequence[dt.date], on: dt.date
) -> Left:
    """What is left when the terms of a project change; `paid` is settled (JKK, JKM) by month, `days` were still open.

    By contract value: the new sum less all that was paid, split over the days that are left (today where none is). By
    wages: months already paid stay as they were, months from now on cost what the new wages make of them.
    """
    if by_wages:
        kept = {part.month for part in owed.parts}
        gone = {month: sums for month, sums in paid.items() if month not in kept}
        parts = tuple(part for part in owed.parts if part.month not in paid)
        return Left(parts, _sums(list(gone.values())), max(gone, default=Month.of(on)), owed.parts[0].assessed)
    jkk, jkm = (sum(sums[n] for sums in paid.values()) for n in (0, 1))
    left = max(0, owed.jkk - jkk), max(0, owed.jkm - jkm)
    when = list(days) or [on]
    terms = law.instalments(jkk=left[0], jkm=left[1], count=len(when))
    parts = _parts(owed.parts[0].assessed, when, terms)
    excess = _sums([(max(0, jkk - owed.jkk), max(0, jkm - owed.jkm))])
    return Left(parts, excess, Month.of(on), owed.parts[0].assessed)


def _sums(pairs: Sequence[tuple[int, int]]) -> dict[str, int]:
    sums = {name: sum(pair[n] for pair in pairs) for n, name in enumerate(("JKK", "JKM"))}
    return {name: amount for name, amount in sums.items() if amount}
