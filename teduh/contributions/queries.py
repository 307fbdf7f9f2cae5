"""Questions about contributions: who is enrolled with what, what is settled, what a bill asks and why."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from teduh.contributions.allocation import DueLine, Money
from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.core.text import Text
from teduh.law.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """Somebody who can be billed, by his open enrolment as self-employed."""

    person: int
    on: dt.date
    income: int
    sector: str
    programmes: tuple[str, ...]
    agent: int | None
    declared: tuple[tuple[str, int, str], ...] = ()

    def work_in(self, month: Month) -> tuple[int, str]:
        """Income and sector in a month: the latest declaration that had come into force, else the enrolment's."""
        return next(((income, sector) for since, income, sector in reversed(self.declared) if since <= str(month)),
                    (self.income, self.sector))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """What a bill asks for a month and programme: how many people, the sum, the articles."""

    month: Month
    programme: str
    people: int
    amount: int
    settled: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMonth:
    """One person's line on a bill or statement; `due` is its own number, by which pages go on."""

    due: int
    person: int
    month: Month
    programme: str
    amount: int
    paid_on: dt.date | None
    bill: int
    bill_number: str
    articles: tuple[str, ...]
    assessment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentView:
    """A stored assessment: facts and full result (lines, steps, values, notes) as the law gave it."""

    id: int
    month: Month
    facts: dict[str, Any]
    result: dict[str, Any]
    rulebook: str
    people: int

    @property
    def total(self) -> int:
        return int(self.result["total"])

    @property
    def notes(self) -> tuple[Text, ...]:
        return tuple(Text(note["id"], note["en"]) for note in self.result["notes"])


#: The person that lives on after merges, for each one asked.
LIVING = """
WITH RECURSIVE chain AS (
    SELECT p.id AS asked, p.id, p.merged_into_id FROM registry_person p WHERE p.id = ANY(%(people)s)
    UNION ALL
    SELECT c.asked, p.id, p.merged_into_id FROM chain c
    CROSS JOIN LATERAL (SELECT id, merged_into_id FROM registry_person WHERE id = c.merged_into_id OFFSET 0) p
), living AS (SELECT asked, id FROM chain WHERE merged_into_id IS NULL)
"""

ENROLLED = (
    LIVING
    + """
SELECT l.asked, l.id, e."on", e.income, e.sector, e.programmes, p.agent_id,
    (SELECT json_agg(json_build_array(to_char(d.month, 'YYYY-MM'), d.income, d.sector) ORDER BY d.month, d.id)
     FROM registry_declaration d WHERE d.enrolment_id = e.id)
FROM living l JOIN registry_person p ON p.id = l.id
LEFT JOIN registry_enrolment e ON e.person_id = l.id AND e.segment = 'BPU' AND e.ended_on IS NULL
"""
)

STANDING = """
SELECT d.bill_id, d.id, d.person_id, d.month, d.programme, d.amount, d.settled_on IS NOT NULL,
       d.settled_on IS NULL AND EXISTS (
           SELECT 1 FROM contributions_due o
           WHERE o.person_id = d.person_id AND o.month = d.month AND o.programme = d.programme
             AND o.settled_on IS NOT NULL AND o.id <> d.id),
       NULL::timestamptz AS received, NULL::timestamptz AS paid
FROM contributions_due d WHERE d.bill_id = ANY(%(bills)s)
UNION ALL
SELECT s.bill_id, s.id, s.receipt_id, NULL, NULL, s.amount, NULL, NULL, r.received_at, r.paid_at
FROM payments_suspense s JOIN payments_receipt r ON r.id = s.receipt_id
WHERE s.bill_id = ANY(%(bills)s) AND s.state = 'open' AND s.reason = 'too_little'
ORDER BY bill_id, received, paid, month, id
"""

BILL_LINES = """
SELECT month, programme, count(*), sum(amount)::bigint, sum(amount) FILTER (WHERE settled_on IS NOT NULL), articles
FROM contributions_due WHERE bill_id = %s GROUP BY month, programme, articles ORDER BY month, min(id)
"""

PEOPLE_LINES = """
SELECT d.id, d.person_id, d.month, d.programme, d.amount, d.settled_on, d.bill_id, b.number, d.articles, d.assessment_id
FROM contributions_due d JOIN payments_bill b ON b.id = d.bill_id
WHERE {where} ORDER BY {order} LIMIT %(limit)s
"""

ASSESSED = """
SELECT a.id, a.month, a.facts, a.result, a.rulebook, used.people
FROM (SELECT assessment_id, count(DISTINCT person_id) AS people FROM contributions_due WHERE bill_id = %s
      GROUP BY assessment_id ORDER BY min(id) LIMIT %s) used
JOIN contributions_assessment a ON a.id = used.assessment_id ORDER BY a.month, a.id
"""


def enrolled(*, people: Iterable[int]) -> dict[int, Enrolled | None]:
    """For each person asked: the one who lives on after merges, with his enrolment; None without an open one.

    A person that is not there is missing in the answer.
    """
    return {
        asked: Enrolled(
            person=id_,
            on=on,
            income=income,
            sector=sector,
            programmes=tuple(programmes),
            agent=agent,
            declared=tuple(map(tuple, declared or ())),
        )  # fmt: skip
        if on
        else None
        for asked, id_, on, income, sector, programmes, agent, declared in sql.rows(ENROLLED, {"people": list(people)})
    }


SETTLED = """
WITH RECURSIVE family AS (
    SELECT id AS root, id FROM registry_person WHERE id = ANY(%s)
    UNION
    SELECT f.root, p.id FROM family f
    CROSS JOIN LATERAL (SELECT id FROM registry_person WHERE merged_into_id = f.id OFFSET 0) p
)
SELECT f.root, d.month, d.programme FROM family f JOIN contributions_due d ON d.person_id = f.id
WHERE d.month >= %s AND d.settled_on IS NOT NULL
"""


def settled(*, people: Iterable[int], since: Month) -> dict[int, set[tuple[Month, str]]]:
    """What is settled from a month on, by person, records merged into him included."""
    found: dict[int, set[tuple[Month, str]]] = {}
    for person, month, programme in sql.rows(SETTLED, [list(people), since.first]):
        found.setdefault(person, set()).add((Month.of(month), programme))
    return found


@dataclass(slots=True)
class Standing:
    """What a bill asks, in the order in which money settles it, and the money that did not suffice for it yet."""

    dues: list[DueLine]
    waiting: list[Money]


def standing(*, bills: Iterable[int]) -> dict[int, Standing]:
    """Bills as an allocation finds them, in one statement. Hold them first."""
    ids = sorted(set(bills))
    found = {bill: Standing([], []) for bill in ids}
    for row in sql.often(STANDING, {"bills": ids}):
        bill, id_, whose, month, programme, amount, settled, elsewhere, _, paid_at = row
        if programme is None:
            found[bill].waiting.append(Money(whose, amount, paid_at.astimezone(JAKARTA).date(), id_))
        else:
            found[bill].dues.append(DueLine(id_, bill, whose, month, programme, amount, settled, elsewhere))
    return found


def bill_lines(*, bill: int) -> tuple[BillLine, ...]:
    """A bill by month and programme."""
    return tuple(
        BillLine(
            month=Month.of(month), programme=programme, people=people, amount=amount, settled=int(paid or 0),
            articles=tuple(articles),
        )
        for month, programme, people, amount, paid, articles in sql.rows(BILL_LINES, [bill])
    )  # fmt: skip


def bill_people(*, bill: int, after: int = 0, limit: int = 500) -> tuple[PersonMonth, ...]:
    """A bill person by person, in the order of its list; `after` is the last `due` seen."""
    statement = PEOPLE_LINES.format(where="d.bill_id = %(bill)s AND d.id > %(after)s", order="d.id")
    return _people(sql.rows(statement, {"bill": bill, "after": after, "limit": limit}))


def paid_by(*, people: Sequence[int], on: dt.date, limit: int = 2_000) -> tuple[PersonMonth, ...]:
    """Everything that was paid for a person (and records merged into him) up to and with a day, newest month first."""
    statement = PEOPLE_LINES.format(
        where="d.person_id = ANY(%(people)s) AND d.settled_on <= %(on)s", order="d.month DESC, d.id"
    )
    return _people(sql.rows(statement, {"people": list(people), "on": on, "limit": limit}))


def _people(found: Iterable[tuple]) -> tuple[PersonMonth, ...]:
    return tuple(
        PersonMonth(
            due=due, person=person, month=Month.of(month), programme=programme, amount=amount, paid_on=paid_on,
            bill=bill, bill_number=number, articles=tuple(articles), assessment=assessment,
        )
        for due, person, month, programme, amount, paid_on, bill, number, articles, assessment in found
    )  # fmt: skip


def assessments(*, bill: int, limit: int = 48) -> tuple[AssessmentView, ...]:
    """The distinct assessments a bill rests on, with how many people share each."""
    return tuple(_assessment(row) for row in sql.rows(ASSESSED, [bill, limit]))


def assessment(*, id: int) -> AssessmentView | None:
    """One stored assessment: why this amount."""
    found = sql.rows("SELECT id, month, facts, result, rulebook, 0 FROM contributions_assessment WHERE id = %s", [id])
    return _assessment(found[0]) if found else None


def _assessment(row: tuple) -> AssessmentView:
    id_, month, facts, result, rulebook, people = row
    plain = [value if isinstance(value, dict) else json.loads(value) for value in (facts, result)]
    return AssessmentView(
        id=id_, month=Month.of(month), facts=plain[0], result=plain[1], rulebook=rulebook, people=people
    )


def settled_days(*, bills: Iterable[int]) -> dict[tuple[int, int], dt.date]:
    """(bill, receipt) -> the day on which that receipt's allocation counts."""
    found = sql.rows(
        "SELECT bill_id, settled_by_id, max(settled_on) FROM contributions_due "
        "WHERE bill_id = ANY(%s) AND settled_on IS NOT NULL GROUP BY 1, 2",
        [sorted(set(bills))],
    )
    return {(bill, receipt): day for bill, receipt, day in found}


def family(*, person: int) -> tuple[int, tuple[int, ...]]:
    """The person that lives on after merges, and every record merged into him, near or far."""
    found = sql.rows(
        LIVING
        + """
        , whole AS (
            SELECT id FROM living
            UNION
            SELECT p.id FROM whole w
            CROSS JOIN LATERAL (SELECT id FROM registry_person WHERE merged_into_id = w.id OFFSET 0) p
        )
        SELECT id, id IN (SELECT id FROM living) FROM whole ORDER BY id
        """,
        {"people": [person]},
    )
    root = next((id_ for id_, lives in found if lives), person)
    return root, tuple(id_ for id_, lives in found if not lives)


def people_on(*, bill: int) -> int:
    """How many people a bill is for."""
    return int(sql.rows("SELECT count(DISTINCT person_id) FROM contributions_due WHERE bill_id = %s", [bill])[0][0])


def settled_sums() -> dict[str, int]:
    """Everything that is settled, by programme."""
    return dict(
        sql.rows(
            "SELECT programme, sum(amount)::bigint FROM contributions_due WHERE settled_on IS NOT NULL "
            "GROUP BY programme"
        )
    )
