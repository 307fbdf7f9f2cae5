"""Why a month's contributions come to what they do: the law's own trace for one worker's line, as it was when filed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from teduh.contributions import wage_queries
from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.journeys.worker.months import family
from teduh.law.months import Month
from teduh.security import actions as audit
from teduh.security.access import Actor

LINE = """
SELECT l.month, e.name, l.wage, l.pay, l.allowances, l.variable, l.wage_type, r.version, r.filed_on
FROM employers_wageline l JOIN employers_wagereturn r ON r.id = l.wage_return_id
JOIN employers_employer e ON e.id = r.employer_id
WHERE l.id = %s AND l.person_id = ANY(%s)
"""


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
    month, employer, wage, pay, allowances, variable, wage_type, version, filed_on = found[0]
    told = wage_queries.explain(line=line)
    audit.record(by=actor, action="wage_why.read", subjects=[f"person:{records[0]}"], why=why)
    return Why(
        line=line, month=Month.of(month), employer=employer, wage=wage, pay=pay, allowances=allowances,
        variable=variable, wage_type=wage_type, version=version, filed_on=filed_on, rulebook=told.rulebook,
        result=told.today.as_dict(), billed=told.billed, agrees=told.agrees,
    )  # fmt: skip
