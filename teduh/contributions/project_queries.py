"""Questions about what projects and fines owe: instalments with their bills, sums, and what the books should hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.law.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One instalment: what it asks, the bill and code that pay it, and when it was paid or withdrawn."""

    number: int
    month: Month
    due_on: dt.date
    jkk: int
    jkm: int
    assessment: int
    bill: int | None
    bill_number: str | None
    code: str | None
    settled_on: dt.date | None
    withdrawn_on: dt.date | None

    @property
    def amount(self) -> int:
        return self.jkk + self.jkm

    @property
    def is_open(self) -> bool:
        return self.settled_on is None and self.withdrawn_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FineRow:
    """A fine of a case, all its programmes together."""

    step: int
    bill: int
    bill_number: str
    code: str
    amount: int
    paid_on: dt.date | None


DUES = """
SELECT d.number, d.month, d.due_on, d.jkk, d.jkm, d.assessment_id, d.bill_id, b.number, b.code, d.settled_on,
    d.withdrawn_on
FROM contributions_projectdue d LEFT JOIN payments_bill b ON b.id = d.bill_id
WHERE d.project_id = %s ORDER BY d.number
"""


def dues(*, project: int) -> tuple[DueRow, ...]:
    """A project's instalments, in order, withdrawn ones too."""
    names = ("number", "month", "due_on", "jkk", "jkm", "assessment", "bill", "bill_number", "code", "settled_on",
             "withdrawn_on")  # fmt: skip
    found = [dict(zip(names, row, strict=True)) for row in sql.rows(DUES, [project])]
    return tuple(DueRow(**(row | {"month": Month.of(row["month"])})) for row in found)


def paid_from(*, projects: Sequence[int]) -> dict[int, dt.date]:
    """Project -> the day of its first payment; projects with none are left out."""
    return dict(
        sql.rows(
            "SELECT project_id, min(settled_on) FROM contributions_projectdue "
            "WHERE project_id = ANY(%s) AND settled_on IS NOT NULL GROUP BY 1",
            [sorted(set(projects))],
        )
    )


def projects_of(*, bills: Sequence[int]) -> list[int]:
    """The projects that these bills are for."""
    found = sql.rows(
        "SELECT DISTINCT project_id FROM contributions_projectdue WHERE bill_id = ANY(%s)", [sorted(set(bills))]
    )
    return sorted(row[0] for row in found)


def kinds_of(*, bills: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Bill -> its kind and employer, of bills that employers pay."""
    found = sql.rows(
        "SELECT id, kind, employer_id FROM payments_bill WHERE id = ANY(%s) AND employer_id IS NOT NULL",
        [sorted(set(bills))],
    )
    return {id_: (kind, employer) for id_, kind, employer in found}


def open_sums(*, employers: Sequence[int], on: dt.date) -> dict[int, int]:
    """Employer -> rupiah of project instalments that are past their day and not paid."""
    found = sql.rows(
        "SELECT p.employer_id, sum(d.jkk + d.jkm)::bigint FROM contributions_projectdue d "
        "JOIN employers_project p ON p.id = d.project_id WHERE p.employer_id = ANY(%s) AND d.due_on < %s "
        "AND d.settled_on IS NULL AND d.withdrawn_on IS NULL GROUP BY 1",
        [sorted(set(employers)), on],
    )
    return dict(found)


def settled_sums() -> dict[str, int]:
    """All that is settled of projects, by programme, for the books' own check."""
    found = sql.rows(
        "SELECT coalesce(sum(jkk), 0)::bigint, coalesce(sum(jkm), 0)::bigint FROM contributions_projectdue "
        "WHERE settled_on IS NOT NULL"
    )
    return {"JKK": found[0][0], "JKM": found[0][1]}


def fines_sums() -> dict[str, int]:
    """All fines that are paid, by programme."""
    return dict(
        sql.rows(
            "SELECT programme, sum(amount)::bigint FROM contributions_fine WHERE settled_on IS NOT NULL GROUP BY 1"
        )
    )


def fines(*, case: int) -> tuple[FineRow, ...]:
    """The fines of a case, oldest first."""
    found = sql.rows(
        "SELECT f.step_id, b.id, b.number, b.code, sum(f.amount)::bigint, "
        "CASE WHEN bool_and(f.settled_on IS NOT NULL) THEN max(f.settled_on) END "
        "FROM contributions_fine f JOIN employers_step s ON s.id = f.step_id JOIN payments_bill b ON b.id = f.bill_id "
        "WHERE s.case_id = %s GROUP BY 1, 2, 3, 4 ORDER BY 1",
        [case],
    )
    names = ("step", "bill", "bill_number", "code", "amount", "paid_on")
    return tuple(FineRow(**dict(zip(names, row, strict=True))) for row in found)
