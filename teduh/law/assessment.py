"""What is owed for one month, with its reasons: every line, rule, article and value. Knows no person and no
payment.

`assess` is traced; `amounts` runs the same functions untraced and fast.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from teduh.law import codes, notes, rulebook, rules
from teduh.law.contributions import construction, migrant, self_employed, wage
from teduh.law.facts import MOST_WAGE, Facts, WageEarner
from teduh.law.messages import FactsError, Message, Note, RulebookError
from teduh.law.months import Month

BILLS = {
    "self_employed": self_employed.self_employed_bill,
    "wage_earner": wage.wage_earner_bill,
    "construction": construction.construction_bill,
    "migrant": migrant.migrant_bill,
}

# Per segment: place in the bill, programme, payer, part, the rule that made the amount.
LINES: dict[str, tuple[tuple[int, str, str, str, str], ...]] = {
    "self_employed": (
        (0, "JKK", "participant", "", "jkk_self_employed"),
        (1, "JKM", "participant", "", "jkm_self_employed"),
        (3, "JHT", "participant", "", "jht_self_employed"),
    ),
    "wage_earner": (
        (0, "JKK", "employer", "", "jkk_wage"),
        (1, "JKM", "employer", "", "jkm_wage"),
        (2, "JHT", "employer", "", "jht_employer"),
        (3, "JHT", "worker", "", "jht_worker"),
        (4, "JP", "employer", "", "jp_employer"),
        (5, "JP", "worker", "", "jp_worker"),
        (6, "JKP", "moved", "JKK", "jkp_from_jkk"),
        (7, "JKP", "moved", "JKM", "jkp_from_jkm"),
        (8, "JKP", "state", "", "jkp_state"),
    ),
    "construction": (
        (0, "JKK", "employer", "", "jkk_construction"),
        (1, "JKM", "employer", "", "jkm_construction"),
    ),
    "migrant": (
        (9, "JKK+JKM", "participant", "before", "before_departure"),
        (10, "JKK+JKM", "participant", "during", "during_and_after"),
        (11, "JKK+JKM", "participant", "extension", "extension_fee"),
        (3, "JHT", "participant", "", "jht_migrant"),
    ),
}


class Line(NamedTuple):
    """One amount: its programme, who pays it, and the articles it rests on. `part` tells lines of a kind
    apart.
    """

    programme: str
    payer: str  # participant, employer, worker, state, or moved (inside JKK or JKM, not billed on top)
    amount: int
    articles: tuple[str, ...]
    part: str = ""


class Step(NamedTuple):
    """One rule that was applied: what it says, what went in, what came out."""

    rule: str
    id: str
    en: str
    says: str
    says_id: str
    citation: tuple[str, ...]
    kind: str
    depth: int
    inputs: tuple[tuple[str, Any], ...]
    result: Any


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is owed for a month and why. `total` is what is to be paid: without the State's part and what is
    moved.
    """

    segment: str
    month: Month
    on: dt.date
    lines: tuple[Line, ...]
    total: int
    steps: tuple[Step, ...]
    values: tuple[rulebook.Value, ...]
    notes: tuple[Note, ...]
    rulebook: str

    def as_dict(self) -> dict[str, Any]:
        """The assessment as plain JSON values."""
        return {
            "segment": self.segment,
            "month": str(self.month),
            "on": self.on.isoformat(),
            "lines": [{**line._asdict(), "articles": list(line.articles)} for line in self.lines],
            "total": self.total,
            "steps": [_plain(step._asdict()) for step in self.steps],
            "values": [_plain(value.as_dict()) for value in self.values],
            "notes": [_plain(note._asdict()) for note in self.notes],
            "rulebook": self.rulebook,
        }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _day(month: Month, on: dt.date | None) -> dt.date:
    """The day whose law applies: the month's last, unless another day of that month is named."""
    if on is not None and Month.of(on) != month:
        raise ValueError(f"{on} does not lie in {month}")
    day = on or month.last
    if day < rulebook.LAW_START:
        raise RulebookError(
            "too_early",
            what=Message(
                f"Iuran untuk {month} tidak dapat dihitung.", f"Contributions for {month} cannot be assessed."
            ),
            why=Message(
                "Naskah tertua yang dipegang, PP 44/2015, berlaku sejak 1 Juli 2015.",
                "The oldest text held, PP 44/2015, is in force from 1 July 2015.",
            ),
            next=Message(
                "Gunakan bulan Juli 2015 atau sesudahnya; bulan sebelumnya perlu naskah Jamsostek.",
                "Ask for July 2015 or later; an earlier month needs the Jamsostek texts.",
            ),
        )
    return day


REFUSALS = {
    codes.TOO_EARLY: (
        Message(
            "Iuran pekerja migran untuk bulan ini tidak dapat dihitung.",
            "A migrant worker's contribution for this month cannot be assessed.",
        ),
        Message(
            "Naskah tertua yang dipegang, Permenaker 18/2018, berlaku sejak 10 Desember 2018.",
            "The oldest text held, Permenaker 18/2018, is in force from 10 December 2018.",
        ),
        Message(
            "Gunakan tanggal sesudahnya, atau tambahkan Permenaker 7/2017.",
            "Ask for a later date, or add Permenaker 7/2017.",
        ),
    ),
    codes.UNDER_SIX_MONTHS: (
        Message(
            "Iuran kontrak di bawah 6 bulan tidak dapat dihitung.",
            "The contribution of a contract under 6 months cannot be assessed.",
        ),
        Message(
            "Permenaker 4/2023 Pasal 18 hanya menyebut 6, 12, dan 24 bulan serta bulan kelebihan.",
            "Permenaker 4/2023 Pasal 18 names only 6, 12 and 24 months and months in excess.",
        ),
        Message(
            "Minta penetapan BPJS Ketenagakerjaan; tidak ada angka yang boleh ditebak.",
            "Ask BPJS Ketenagakerjaan for a ruling; no figure may be guessed.",
        ),
    ),
    codes.OVER_FLAT_MONTHS: (
        Message(
            "Iuran kontrak di atas 24 bulan menurut Permenaker 18/2018 tidak dapat dihitung.",
            "The contribution of a contract over 24 months under Permenaker 18/2018 cannot be assessed.",
        ),
        Message(
            "Sumber yang dipegang hanya memberi satu jumlah sampai 24 bulan.",
            "The sources held give one sum for up to 24 months only.",
        ),
        Message("Lengkapi naskah Permenaker 18/2018.", "Add the text of Permenaker 18/2018."),
    ),
    codes.EXTENSION_BEFORE_2023: (
        Message(
            "Iuran perpanjangan sebelum 22 Februari 2023 tidak dapat dihitung.",
            "The fee for an extension before 22 February 2023 cannot be assessed.",
        ),
        Message(
            "Rp13.500 per bulan berlaku sejak Permenaker 4/2023; naskah sebelumnya belum dibaca.",
            "Rp13,500 a month holds since Permenaker 4/2023; the earlier text was not read.",
        ),
        Message("Lengkapi naskah Permenaker 18/2018.", "Add the text of Permenaker 18/2018."),
    ),
    codes.NOT_A_TIER: (
        Message("Jumlah JHT itu bukan salah satu pilihan.", "That JHT amount is not one of the tiers."),
        Message(
            "Pilihan bulanan: 50.000, 100.000, 200.000, 300.000, 400.000, 500.000, 600.000.",
            "Monthly tiers: 50,000, 100,000, 200,000, 300,000, 400,000, 500,000, 600,000.",
        ),
        Message("Pilih salah satunya, atau 0.", "Choose one of them, or 0."),
    ),
    codes.NO_BASIS: (
        Message("Iuran konstruksi tidak dapat dihitung.", "The construction contribution cannot be assessed."),
        Message("Nilai kontrak dan upah tidak diketahui.", "Neither contract value nor wages are known."),
        Message("Isi salah satunya.", "Give one of them."),
    ),
}


def _accepted(bill: tuple[int, ...]) -> tuple[int, ...]:
    if bill[-1]:
        what, why, next = REFUSALS[bill[-1]]
        raise RulebookError(f"refused:{bill[-1]}", what=what, why=why, next=next)
    return bill


@functools.lru_cache(maxsize=65_536)
def amounts(facts: Facts, month: Month, on: dt.date | None = None) -> tuple[int, ...]:
    """The bare amounts in the order of `codes.BILL`: the rules that `assess` traces, untraced and
    remembered.
    """
    record = rulebook.record(_day(month, on))
    return _accepted(BILLS[facts.segment](*facts.arguments(), record))  # type: ignore[operator]


def wage_lines(
    *, wages: Sequence[int], facts: WageEarner, month: Month, on: dt.date | None = None
) -> list[tuple[int, ...]]:
    """`amounts` for many wages of workers whose other facts are the same: the same rule, looked up once, and each
    distinct wage reckoned once.

    A wage is what `facts` would pass on: of the month, of the day (daily), or the sum of the last months (piece work).
    """
    record, (_, *others) = rulebook.record(_day(month, on)), facts.arguments()
    most = MOST_WAGE * max(1, len(facts.last_months))
    bill: Callable[..., tuple[int, ...]] = wage.wage_earner_bill
    known: dict[int, tuple[int, ...]] = {}
    for one in set(wages):
        if type(one) is not int or not 0 <= one <= most:
            raise FactsError(f"upah harus rupiah bulat dari 0 sampai {most}: {one!r}",
                             f"a wage must be whole rupiah from 0 to {most}: {one!r}")  # fmt: skip
        known[one] = bill(one, *others, record)
    return [known[one] for one in wages]


def _neutral(call: rules.Call) -> bool:
    return call.rule.kind == "relief" and call.result == call.arguments[0]


@functools.lru_cache(maxsize=4096)
def _citing(articles: tuple[str, ...], day: dt.date) -> tuple[str, ...]:
    return tuple(article for article in articles if rulebook.applies(article, day))


def _steps(calls: Sequence[rules.Call], day: dt.date) -> tuple[Step, ...]:
    """The calls worth showing: a relief that changed nothing, and what it called, is left out."""
    found, hidden = [], 99
    for call in calls:
        if call.depth <= hidden:
            hidden = 99
            if _neutral(call):
                hidden = call.depth
                continue
            names = call.rule.function.__code__.co_varnames
            inputs = tuple((n, a) for n, a in zip(names, call.arguments, strict=False) if type(a) is int)
            rule = call.rule
            found.append(Step(rule.name, rule.id, rule.en, rule.says, rule.says_id,
                              _citing(rule.articles, day), rule.kind, call.depth, inputs, call.result))  # fmt: skip
    return tuple(found)


def _articles(steps: tuple[Step, ...]) -> dict[str, tuple[str, ...]]:
    """For each rule that was applied, its articles and those of the rules beneath it."""
    found: dict[str, tuple[str, ...]] = {}
    for i, step in enumerate(steps):
        beneath: dict[str, None] = {}
        for other in steps[i:]:
            if other is not step and other.depth <= step.depth:
                break
            if other.kind in ("article", "relief"):
                beneath.update(dict.fromkeys(other.citation))
        found.setdefault(step.rule, tuple(beneath))
    return found


@functools.lru_cache(maxsize=4096)
def _read(names: tuple[str, ...], day: dt.date) -> tuple[rulebook.Value, ...]:
    found = (rulebook.in_force(name, day) for name in names)
    return tuple(value for value in found if not value.neutral)


def assess(facts: Facts, *, month: Month, on: dt.date | None = None) -> Assessment:
    """What is owed for `month`, with every rule, article and value. `on`: a day of that month whose law is
    asked.
    """
    day = _day(month, on)
    bill, log = rules.trace(BILLS[facts.segment].__name__, facts.arguments(), rulebook.record(day))
    _accepted(bill)
    steps = _steps([call for call in log.calls if call], day)
    applied = _articles(steps)
    lines = tuple(
        Line(programme, payer, bill[place], applied[rule], part)
        for place, programme, payer, part, rule in LINES[facts.segment]
        if rule in applied and (bill[place] or (payer != "moved" and facts.segment != "migrant"))
    )
    read = _read(tuple(log.read), day)
    said = tuple(value.note for value in read if value.note) + notes.of(facts, month, day, steps)
    return Assessment(facts.segment, month, day, lines, bill[12], steps, read, said, rulebook.version())


class Advance(NamedTuple):
    """Several months paid at once: each assessed by the law of its own month."""

    months: tuple[Assessment, ...]
    total: int
    notes: tuple[Note, ...]


def advance(facts: Facts, *, first: Month, count: int) -> Advance:
    """Months paid in advance: a relief belongs to the month owed, not to the day of payment."""
    if count < 1:
        raise ValueError("at least one month is paid")
    each = tuple(assess(facts, month=month) for month in Month.span(first, count))
    said = tuple(dict.fromkeys(note for one in each for note in one.notes))
    return Advance(each, sum(one.total for one in each), (*said, notes.ADVANCE))
