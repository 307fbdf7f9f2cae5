"""Why a month's contributions come to what they do: the law's own trace for one worker's line, as it was when filed."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from teduh.contributions import wages
from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.journeys.worker_months import COLUMNS, family
from teduh.law import assessment
from teduh.law.months import Month
from teduh.security import actions as audit
from teduh.security.access import Actor

LINE = """
SELECT l.month, e.name, l.wage, l.pay, l.allowances, l.variable, l.wage_type, r.version, r.filed_on, b.facts,
    b.rulebook, ARRAY[{columns}]
FROM employers_wageline l JOIN employers_wagereturn r ON r.id = l.wage_return_id
JOIN employers_employer e ON e.id = r.employer_id
JOIN contributions_wagedue d ON d.line_id = l.id JOIN contributions_wagebasis b ON b.id = d.basis_id
WHERE l.id = %s AND l.person_id = ANY(%s)
""".format(
    columns=", ".join(
        f"(SELECT sum(w.{name})::bigint FROM employers_wageline o JOIN contributions_wagedue w ON w.line_id = o.id "
        "WHERE o.employment_id = l.employment_id AND o.month = l.month AND o.id <= l.id)"
        for name in COLUMNS
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A line's contributions explained: `result` is the law's assessment as plain values, with steps, values, articles
    and notes; `billed` what was asked for that month in all up to this line, by column; `agrees`: both are the same."""

    line: int
    month: Month
    employer: str
    wage: int
    pay: int
    allowances: int
    variable: int
    wage_type: str
    version: int
    filed_on: dt.date
    rulebook: str
    result: dict[str, Any]
    billed: dict[str, int]
    agrees: bool


def explain(*, actor: Actor, person: int, line: int, why: str = "") -> Why:
    """Why his own line costs what it does; anybody's by officers for a purpose. Raises Refused (not_found)."""
    records = family(actor=actor, person=person, why=why)
    found = sql.rows(LINE, [line, list(records)])
    if not found:
        raise not_found(Text("Baris laporan ini tidak ditemukan.", "There is no such line."))
    month, employer, wage, pay, allowances, variable, wage_type, version, filed_on, facts, rulebook, billed = found[0]
    shape = _shape(facts)
    result = assessment.assess(shape.facts(wage), month=shape.month)
    owed = wages.assess(
        month=shape.month, wages=[wage], risk_classes=[shape.risk_class], programmes=[shape.programmes],
        labour_intensive=shape.labour_intensive, workers=shape.workers,
        on=dt.date.max if shape.paid_late else filed_on, eligible_2020=shape.eligible_2020,
    )  # fmt: skip
    audit.record(by=actor, action="wage_why.read", subjects=[f"person:{records[0]}"], why=why)
    return Why(
        line=line, month=Month.of(month), employer=employer, wage=wage, pay=pay, allowances=allowances,
        variable=variable, wage_type=wage_type, version=version, filed_on=filed_on, rulebook=rulebook,
        result=result.as_dict(), billed=dict(zip(COLUMNS, billed, strict=True)),
        agrees=tuple(billed) == next(iter(owed.rows())),
    )  # fmt: skip


def _shape(facts: dict[str, Any] | str) -> wages.Shape:
    plain = json.loads(facts) if isinstance(facts, str) else facts
    return wages.Shape(**{**plain, "month": Month.parse(plain["month"])})
