"""What tests of placements' money share: the whole of it as plain values, and what must hold of it always."""

from __future__ import annotations

import datetime as dt
from typing import Any

from teduh.coverage import placements as coverage
from teduh.journeys.money import statement
from tests.journeys import paying
from tests.journeys.paying import rows

ORDER = ["before", "during", "extension", "savings"]


def state() -> dict[str, Any]:
    """Everything that is so now of bills of placements, besides what `paying.state` tells of all bills."""
    settled = rows(
        "SELECT bill_id, placement_id, stage, agreement_id, amount, settled_on, settled_by_id "
        "FROM contributions_placementdue WHERE settled_on IS NOT NULL ORDER BY id"
    )
    return {**paying.state(), "stages": settled}


def spans() -> list[tuple]:
    return sorted(
        rows("SELECT placement_id, phase, programme, starts, paid_until, grace_until, articles FROM coverage_span")
    )


def nothing_is_wrong(on: dt.date) -> None:
    """The books agree with what is settled, no stage is settled twice, a bill's stages are settled in their order, and
    cover is what the law says of what is settled."""
    assert statement.check(on=on) == ()
    told = rows("SELECT sum(amount) FROM payments_receipt WHERE state <> 'reversed'")[0][0] or 0
    settled = rows("SELECT coalesce(sum(amount), 0) FROM contributions_placementdue WHERE settled_on IS NOT NULL")[0][0]
    out = rows(
        "SELECT coalesce(sum(amount), 0) FROM payments_suspense WHERE state IN ('open', 'refunding', 'refunded')"
    )
    assert told == settled + out[0][0]
    assert rows(
        "SELECT placement_id FROM contributions_placementdue WHERE settled_on IS NOT NULL AND stage <> 'savings' "
        "GROUP BY placement_id, stage, agreement_id HAVING count(*) > 1"
    ) == []  # fmt: skip
    in_order()
    before = spans()
    rows("WITH gone AS (DELETE FROM coverage_span RETURNING 1) SELECT count(*) FROM gone")
    coverage.recompute(placements=[id_ for (id_,) in rows("SELECT id FROM migrants_placement")], on=on)
    assert spans() == before


def in_order() -> None:
    """Nothing later on a bill is settled while something earlier on it is owed by everybody."""
    found = rows(
        "SELECT d.bill_id, d.stage, d.id, d.settled_on IS NOT NULL, EXISTS (SELECT 1 FROM contributions_placementdue o "
        "WHERE o.placement_id = d.placement_id AND o.stage = d.stage AND o.agreement_id IS NOT DISTINCT FROM "
        "d.agreement_id AND o.settled_on IS NOT NULL AND o.bill_id <> d.bill_id AND d.stage <> 'savings') "
        "FROM contributions_placementdue d"
    )
    owed: set[int] = set()
    for bill, _, _, settled, elsewhere in sorted(found, key=lambda row: (row[0], ORDER.index(row[1]), row[2])):
        assert not (settled and bill in owed)
        if not settled and not elsewhere:
            owed.add(bill)
