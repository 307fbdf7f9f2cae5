"""People who want to join, as tests need them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from teduh.journeys.joining import join
from teduh.registry import actions, facts
from teduh.security.access import SYSTEM

ON = dt.date(2026, 4, 10)
AT = dt.datetime(2026, 4, 10, 3, 0, tzinfo=dt.UTC)
VILLAGE, NEIGHBOUR, FAR = "35.78.01.1001", "35.78.01.1002", "11.01.01.2001"
_serial = itertools.count(1)


def newcomer(**wanted: Any) -> facts.Newcomer:
    """A fisherman from Surabaya born on 17 August 1985, with a NIK of his own, unless wanted otherwise."""
    birth = facts.date(wanted.get("birth_date", "1985-08-17"))
    sex = wanted.get("sex", "M")
    n = next(_serial)
    given = {
        "nik": f"3578{n // 9000 % 99 + 1:02d}{birth.day + 40 * (sex == 'F'):02d}{birth:%m%y}{n % 9000 + 1:04d}",
        "name": "Slamet Rahardjo", "birth_date": birth, "sex": sex, "phone": f"0812{n:08d}", "lives_in": VILLAGE,
        "registered_at": VILLAGE, "works_in": VILLAGE, "income": 1_500_000, "occupation": "nelayan",
        "consent": ("membership", "identity"),
        "evidence": (facts.EvidenceGiven("statement", "Melaut tiap malam dari Kenjeran"),),
        "heirs": (facts.HeirNamed("Aminah", "spouse", dt.date(1988, 1, 2)),),
    }  # fmt: skip
    return facts.Newcomer(**given | wanted)


def decided(*newcomers: facts.Newcomer) -> list[facts.Decided]:
    """Each with what the law says of him."""
    verdicts = join.decide_many(newcomers=newcomers, on=ON)
    return [facts.Decided(one, verdict) for one, verdict in zip(newcomers, verdicts, strict=True)]


def enrolled(*newcomers: facts.Newcomer, **how: Any) -> actions.Enrolled:
    """They are enrolled."""
    return actions.enrol(newcomers=decided(*newcomers), **{"by": SYSTEM, "on": ON, "channel": "officer"} | how)


def member(**wanted: Any) -> int:
    """One enrolled person's number."""
    return enrolled(newcomer(**wanted)).made[0][1]
