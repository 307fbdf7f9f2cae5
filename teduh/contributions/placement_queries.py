"""What placements have paid and still owe, and the lines of their bills, as they are shown."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from teduh.contributions.placements import Agreed, Placed
from teduh.core import sql
from teduh.core.text import Text
from teduh.payments.models import BillState
from teduh.security import crypto, masking

PLACED = """
SELECT a.id, m.person_id, m.route, m.entry = 'abroad', m.departed_on, m.savings_monthly, m.state,
    (SELECT json_agg(json_build_array(g.id, g.kind, g.starts, least(g.ends, coalesce(g.ended_on, g.ends)))
        ORDER BY g.starts, g.number) FROM migrants_agreement g WHERE g.placement_id = a.id AND g.withdrawn_at IS NULL),
    (SELECT json_agg(json_build_array(d.stage, d.agreement_id, d.until)) FROM contributions_placementdue d
        WHERE d.placement_id = a.id AND d.settled_on IS NOT NULL)
FROM unnest(%s::bigint[]) WITH ORDINALITY AS a (id, n)
CROSS JOIN LATERAL (SELECT * FROM migrants_placement WHERE id = a.id OFFSET 0) m ORDER BY a.n
"""
LINES = """
SELECT d.id, d.placement_id, m.number, d.person_id, d.stage, d.months, d.until, d.amount, d.articles, d.settled_on,
    a.result, d.month, p.name
FROM contributions_placementdue d JOIN migrants_placement m ON m.id = d.placement_id
JOIN registry_person p ON p.id = d.person_id JOIN contributions_assessment a ON a.id = d.assessment_id
WHERE d.bill_id = %s AND d.withdrawn_on IS NULL
ORDER BY array_position(ARRAY['before', 'during', 'extension', 'savings']::text[], d.stage::text), d.id
"""
SUMS = """
SELECT CASE stage WHEN 'savings' THEN 'JHT' ELSE 'PMI' END, sum(amount)::bigint FROM contributions_placementdue
WHERE settled_on IS NOT NULL GROUP BY 1
"""
OF_PLACEMENT = """
SELECT DISTINCT b.id FROM contributions_placementdue d JOIN payments_bill b ON b.id = d.bill_id
WHERE d.placement_id = %s ORDER BY b.id DESC LIMIT %s
"""
#: An open bill of this payer that asks for exactly this, made before: nobody needs a second code for the same thing.
SAME = """
SELECT b.id FROM payments_bill b
WHERE b.kind = 'placement' AND b.state = %s AND b.expires_on >= %s AND b.person_id IS NOT DISTINCT FROM %s
    AND b.organisation_id IS NOT DISTINCT FROM %s
    AND b.id IN (SELECT bill_id FROM contributions_placementdue WHERE placement_id = %s)
    AND (SELECT array_agg((d.placement_id, d.stage, coalesce(d.agreement_id, 0), d.amount)::text
            ORDER BY d.placement_id, d.stage, d.agreement_id)
        FROM contributions_placementdue d WHERE d.bill_id = b.id AND d.withdrawn_on IS NULL)
        = (SELECT array_agg((t.placement, t.stage, coalesce(t.agreement, 0), t.amount)::text
            ORDER BY t.placement, t.stage, t.agreement)
        FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[]) AS t (placement, stage, agreement, amount))
ORDER BY b.id DESC LIMIT 1
"""

STAGES = {
    "before": Text("Sebelum bekerja", "Before departure"),
    "during": Text("Selama dan setelah bekerja", "During and after work"),
    "extension": Text("Perpanjangan", "Extension"),
    "savings": Text("JHT sukarela", "Voluntary savings (JHT)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """A stage on a bill: for whom (`who` is masked), whole rupiah, months and last day it was reckoned for, if paid."""

    id: int
    placement: int
    number: str
    person: int
    who: str
    stage: str
    name: Text
    months: int
    until: dt.date | None
    amount: int
    articles: tuple[str, ...]
    settled_on: dt.date | None
    month: dt.date
    notes: tuple[Text, ...]
    statuses: tuple[str, ...]


def placed(*, placements: Iterable[int]) -> tuple[Placed, ...]:
    """What happened and what is paid, as fees count it, in the order asked. One statement."""
    return tuple(_placed(row) for row in sql.rows(PLACED, [list(placements)]))


def _placed(row: tuple[Any, ...]) -> Placed:
    id_, person, route, abroad, departed, savings, _, agreements, settled = row
    return Placed(
        placement=id_, person=person, route=route, abroad=abroad, departed_on=departed, savings_monthly=savings,
        agreements=tuple(Agreed(id=a, kind=k, starts=_sure(s), last=_sure(e)) for a, k, s, e in agreements or ()),
        settled=tuple((stage, agreement, _day(until)) for stage, agreement, until in settled or ()),
    )  # fmt: skip


def _sure(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def lines(*, bill: int) -> tuple[StageLine, ...]:
    """The stages of a bill, in the order in which money settles them."""
    return tuple(_line(row) for row in sql.rows(LINES, [bill]))


def _line(row: tuple[Any, ...]) -> StageLine:
    id_, placement, number, person, stage, months, until, amount, articles, settled, result, month, who = row
    told = json.loads(result) if isinstance(result, str) else result
    notes = told.get("notes", ())
    return StageLine(
        id=id_, placement=placement, number=number, person=person, who=masking.name(crypto.decrypt(bytes(who))),
        stage=stage, name=STAGES[stage], months=months, until=until, amount=amount, articles=tuple(articles),
        settled_on=settled, month=month,
        notes=tuple(Text(note["id"], note["en"]) for note in notes), statuses=tuple(note["status"] for note in notes),
    )  # fmt: skip


def bills_of(*, placement: int, limit: int = 20) -> list[int]:
    """The bills that ask for something of this placement, newest first."""
    return [row[0] for row in sql.rows(OF_PLACEMENT, [placement, limit])]


def same_bill(
    *, person: int | None, organisation: int | None, asked: Iterable[tuple[int, str, int | None, int]], on: dt.date
) -> int | None:
    """An open bill of this payer for exactly these (placement, stage, agreement, amount)."""
    rows = list(asked)
    found = sql.rows(SAME, [BillState.OPEN, on, person, organisation, rows[0][0], *sql.columns(rows, 4)])
    return found[0][0] if found else None


def bills_by_keys(*, keys: Iterable[str]) -> list[int]:
    """The bills that were made for these requests."""
    return [row[0] for row in sql.rows("SELECT id FROM payments_bill WHERE request_key = ANY(%s) ORDER BY id",
                                       [list(keys)])]  # fmt: skip


def settled_sums() -> dict[str, int]:
    """Everything that placements paid, by fund: PMI, and JHT for savings."""
    return dict(sql.rows(SUMS))
