"""What the law says a wage return owes: amounts for every line, and the reasons once for all lines of one shape.

A shape is all that decides except the wage: month, risk class, programmes, reliefs. Pure: it knows no person.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from teduh.contributions.assessing import refused
from teduh.core.text import Text
from teduh.law import assessment, codes, rulebook
from teduh.law.facts import WageEarner
from teduh.law.messages import RulebookError
from teduh.law.months import Month

#: The amounts of a line, in the order of the law's bill.
COLUMNS = (
    "jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkp_from_jkk", "jkp_from_jkm", "jkp_state",
)  # fmt: skip
#: Each column's programme and who bears it; `moved` lies inside JKK and JKM, `state` is not billed.
SHARES: dict[str, tuple[str, str]] = {
    "jkk": ("JKK", "employer"), "jkm": ("JKM", "employer"), "jht_employer": ("JHT", "employer"),
    "jht_worker": ("JHT", "worker"), "jp_employer": ("JP", "employer"), "jp_worker": ("JP", "worker"),
    "jkp_from_jkk": ("JKP", "moved"), "jkp_from_jkm": ("JKP", "moved"), "jkp_state": ("JKP", "state"),
}  # fmt: skip
BILLED = COLUMNS[:6]
#: The wage by which a shape's rules are read: above every ceiling, and no rate leaves a part of a rupiah of it.
READING = 100_000_000
#: The wage that counts in a stored shape is the line's own.
NOT_OF_A_SHAPE = frozenset({"rounding"})


@dataclass(frozen=True, slots=True)
class Amounts:
    """Whole rupiah, a column for each programme and share, one entry for each line in its order."""

    jkk: Sequence[int] = ()
    jkm: Sequence[int] = ()
    jht_employer: Sequence[int] = ()
    jht_worker: Sequence[int] = ()
    jp_employer: Sequence[int] = ()
    jp_worker: Sequence[int] = ()
    jkp_from_jkk: Sequence[int] = ()
    jkp_from_jkm: Sequence[int] = ()
    jkp_state: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.jkk)

    def rows(self) -> Iterator[tuple[int, ...]]:
        """Line by line, in the order of `COLUMNS`."""
        return zip(*(getattr(self, name) for name in COLUMNS), strict=True)

    @property
    def totals(self) -> dict[str, int]:
        """The sum of each column."""
        return {name: sum(getattr(self, name)) for name in COLUMNS}

    @property
    def to_pay(self) -> int:
        """What the employer pays in all: both shares, without what is moved and what the State owes."""
        return sum(sum(getattr(self, name)) for name in BILLED)


@dataclass(frozen=True, slots=True)
class Shape:
    """All facts that decide a line's amounts except its wage.

    `labour_intensive` and `eligible_2020` say something only in the months of their relief; `workers` is told no
    further than the relief asks; `paid_late`: the arrears are paid after the relief's last day.
    """

    month: Month
    risk_class: int
    programmes: int
    labour_intensive: bool = False
    workers: int | None = None
    paid_late: bool = False
    eligible_2020: bool = True

    def facts(self, wage: int) -> WageEarner:
        """The law's facts of a line of this shape."""
        return WageEarner(
            wage=wage, risk_class=self.risk_class, programmes=names(self.programmes),
            jkp_participant=bool(self.programmes & codes.JKP), labour_intensive=self.labour_intensive,
            workers=self.workers, paid_on=dt.date.max if self.paid_late else None, eligible_2020=self.eligible_2020,
        )  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        return {
            "month": str(self.month), "risk_class": self.risk_class, "programmes": self.programmes,
            "labour_intensive": self.labour_intensive, "workers": self.workers, "paid_late": self.paid_late,
            "eligible_2020": self.eligible_2020,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basis:
    """A shape with its reasons, ready to be stored once: `digest` names the shape and the rulebook.

    `articles`: (programme, payer, part) -> articles; `result` holds them with rules, values and notes as plain JSON.
    """

    digest: bytes
    shape: Shape
    facts: str
    result: str
    rulebook: str
    articles: dict[tuple[str, str, str], tuple[str, ...]] = field(hash=False)
    notes: tuple[Text, ...] = ()


def names(programmes: int) -> tuple[str, ...]:
    """The programmes of a mask that the employer is billed for; JKP is moved inside them."""
    return tuple(name for name in ("JKK", "JKM", "JHT", "JP") if programmes & codes.PROGRAMMES[name])


def relief_ends(month: Month) -> dt.date | None:
    """The last day on which a month of the labour-intensive relief can be settled at half of JKK (PP 36/2025 Pasal
    11); None for a month without it."""
    if rulebook.in_force("pp_7_2025_payable", month).neutral:
        return None
    day = rulebook.in_force("pp_7_2025_settle_by", month).number
    return dt.date(day // 10_000, day // 100 % 100, day % 100)


def shape(
    *,
    month: Month,
    risk_class: int,
    programmes: int,
    labour_intensive: bool = False,
    workers: int | None = None,
    on: dt.date | None = None,
    eligible_2020: bool = True,
) -> Shape:
    """A shape without facts that decide nothing in this month. `on` as in `assess`."""
    last = relief_ends(month)
    asks = labour_intensive and last is not None
    few = rulebook.in_force("pp_7_2025_min_workers", month).number
    return Shape(
        month=month,
        risk_class=risk_class if programmes & codes.JKK else 1,
        programmes=programmes,
        labour_intensive=asks,
        workers=min(workers, few) if asks and workers is not None else None,
        paid_late=bool(asks and last and on and on > last),
        eligible_2020=eligible_2020 or rulebook.in_force("pp_49_2020_payable", month).neutral,
    )


def assess(
    *,
    month: Month,
    wages: Sequence[int],
    risk_classes: Sequence[int],
    programmes: Sequence[int],
    labour_intensive: bool = False,
    workers: int | None = None,
    on: dt.date | None = None,
    eligible_2020: bool = True,
) -> Amounts:
    """What each line owes, by its month's own law: for dry run and filing alike.

    `wages` are monthly wages, `programmes` masks of `law.codes` with JKP's bit (0: owes nothing), `workers` the
    firm's size, which a relief asks for. `on` is the day on which the month was first reported: after the relief's
    last day (PP 36/2025 Pasal 11) the whole of JKK is owed at once; what was billed before and comes later is asked
    for when it comes. Raises Refused where the law as held has no answer.
    """
    lines: dict[tuple[int, int], list[int]] = {}
    for n, key in enumerate(zip(risk_classes, programmes, strict=True)):
        lines.setdefault(key, []).append(n)
    found: list[tuple[int, ...]] = [()] * len(wages)
    for (risk_class, mask), places in lines.items():
        one = shape(month=month, risk_class=risk_class, programmes=mask, labour_intensive=labour_intensive,
                    workers=workers, on=on, eligible_2020=eligible_2020)  # fmt: skip
        for place, bill in zip(places, _bills(one, [wages[n] for n in places]), strict=True):
            found[place] = bill
    columns = zip(*found, strict=True) if found else [()] * len(codes.BILL)
    return Amounts(*list(columns)[: len(COLUMNS)])


def _bills(one: Shape, wages: list[int]) -> list[tuple[int, ...]]:
    try:
        return assessment.wage_lines(wages=wages, facts=one.facts(0), month=one.month)
    except RulebookError as error:
        raise refused(error) from error


def bases(
    *,
    month: Month,
    risk_classes: Sequence[int],
    programmes: Sequence[int],
    labour_intensive: bool = False,
    workers: int | None = None,
    on: dt.date | None = None,
    eligible_2020: bool = True,
) -> list[Basis]:
    """The basis of each line, in order; lines of one shape share one object."""
    known: dict[tuple[int, int], Basis] = {}
    for key in set(zip(risk_classes, programmes, strict=True)):
        known[key] = basis(month=month, risk_class=key[0], programmes=key[1], labour_intensive=labour_intensive,
                           workers=workers, on=on, eligible_2020=eligible_2020)  # fmt: skip
    return [known[key] for key in zip(risk_classes, programmes, strict=True)]


def basis(
    *,
    month: Month,
    risk_class: int,
    programmes: int,
    labour_intensive: bool = False,
    workers: int | None = None,
    on: dt.date | None = None,
    eligible_2020: bool = True,
) -> Basis:
    """Rules, articles, values and notes of one shape. Raises Refused where the law as held has no answer."""
    return basis_of(shape(month=month, risk_class=risk_class, programmes=programmes, labour_intensive=labour_intensive,
                          workers=workers, on=on, eligible_2020=eligible_2020))  # fmt: skip


@functools.lru_cache(maxsize=4_096)
def basis_of(one: Shape) -> Basis:
    """The basis of a shape."""
    try:
        found = assessment.assess(one.facts(READING), month=one.month)
    except RulebookError as error:
        raise refused(error) from error
    plain = found.as_dict()
    notes = [note for note in plain["notes"] if note["code"] not in NOT_OF_A_SHAPE]
    result = {
        "lines": [{name: line[name] for name in ("programme", "payer", "part", "articles")} for line in plain["lines"]],
        "rules": [{name: step[name] for name in ("rule", "id", "en", "says", "says_id", "citation", "kind", "depth")}
                  for step in plain["steps"] if step["kind"] != "decision"],
        "values": plain["values"],
        "notes": notes,
    }  # fmt: skip
    facts = json.dumps(one.as_dict(), sort_keys=True, separators=(",", ":"))
    return Basis(
        digest=hashlib.sha256(f"wage\0{facts}\0{found.rulebook}".encode()).digest(),
        shape=one,
        facts=facts,
        result=json.dumps(result, separators=(",", ":")),
        rulebook=found.rulebook,
        articles={(line.programme, line.payer, line.part): line.articles for line in found.lines},
        notes=tuple(Text(note["id"], note["en"]) for note in notes),
    )
