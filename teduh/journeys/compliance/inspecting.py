"""The inspectors' list: every employer's facts put together and scored, filtered, opened and taken out as a sheet.

It reads no worker's report, only how many there are. Every list, opening and export is recorded.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teduh.contributions import arrears as owed
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import access, risk, risk_facts
from teduh.employers.risk import Facts, Scored
from teduh.law import programmes
from teduh.law.months import Month
from teduh.security import actions as audit
from teduh.security.access import Actor

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A page of the list: its employers, how many there are in all, and how many by reason."""

    rows: tuple[Scored, ...]
    total: int
    by_reason: dict[str, int]
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to show: a region's code or its beginning, letters of the activity, a reason, letters of name or NPP."""

    region: str = ""
    activity: str = ""
    reason: str = ""
    text: str = ""


def ranked(*, by: Actor, on: dt.date, wanted: Filter | None = None, after: int = 0, limit: int = MOST) -> Ranked:
    """Employers by risk, the heaviest first. A handful of statements, however many employers. Recorded."""
    by.require("inspect")
    wanted = wanted or Filter()
    found = _found(on, wanted)
    audit.record(by=by, action="risk.listed", detail=_told(wanted))
    counts: dict[str, int] = dict.fromkeys(risk.WEIGHTS, 0)
    for one in found:
        for reason in one.reasons:
            counts[reason.code] += 1
    chosen = [one for one in found if not wanted.reason or any(r.code == wanted.reason for r in one.reasons)]
    page = tuple(chosen[after : after + limit])
    return Ranked(rows=page, total=len(chosen), by_reason={code: n for code, n in counts.items() if n},
                  after=after + limit if len(chosen) > after + limit else None)  # fmt: skip


def opened(*, employer: int, by: Actor, on: dt.date, why: str) -> Scored:
    """One employer with all his reasons; the opening and its purpose are recorded."""
    by.require("inspect")
    access.require(by=by, employer=employer, what="view", why=why)
    found = facts(on=on, only=employer)
    if not found:
        raise access.not_yours()
    return risk.score(facts=found[0])


def exported(*, by: Actor, on: dt.date, why: str, wanted: Filter | None = None) -> str:
    """The list as CSV, with reasons and numbers; who took it and for what is recorded."""
    by.require("inspect")
    if not why.strip():
        raise Refused(
            "purpose_missing",
            Text("Tujuan belum diisi.", "The purpose is missing."),
            field="why",
            then=Text("Tulis untuk apa daftar ini diambil.", "Write what you take the list for."),
        )
    wanted = wanted or Filter()
    found = [one for one in _found(on, wanted)
             if not wanted.reason or any(r.code == wanted.reason for r in one.reasons)]  # fmt: skip
    audit.record(by=by, action="risk.exported", why=why, detail={"rows": len(found), **_told(wanted)})
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(("npp", "nama", "wilayah", "kegiatan", "pekerja", "poin", "alasan", "angka"))
    for one in found:
        f = one.facts
        sheet.writerow((
            _safe(f.npp), _safe(f.name), _safe(f.region_name), _safe(f.activity), f.workers, one.points,
            " | ".join(reason.why.id for reason in one.reasons),
            " | ".join(f"{r.code}:{r.points} {_numbers(r.numbers)}" for r in one.reasons),
        ))  # fmt: skip
    return out.getvalue()


def _numbers(numbers: Mapping[str, int]) -> str:
    return ",".join(f"{name}={number}" for name, number in numbers.items())


def _safe(text: str) -> str:
    """No cell that a spreadsheet would take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _told(wanted: Filter) -> dict[str, str]:
    named = {"region": wanted.region, "activity": wanted.activity, "reason": wanted.reason}
    return {name: value[:40] for name, value in named.items() if value}


def _found(on: dt.date, wanted: Filter) -> list[Scored]:
    text, activity = wanted.text.casefold(), wanted.activity.casefold()
    chosen = (
        one for one in facts(on=on)
        if (not wanted.region or (one.region or "").startswith(wanted.region))
        and (not activity or activity in one.activity.casefold())
        and (not text or text in one.name.casefold() or text in one.npp)
    )  # fmt: skip
    return risk.rank(facts=chosen)


def facts(*, on: dt.date, only: int | None = None) -> list[Facts]:
    """What is known of every employer (or of one) on a day."""
    last = owed.last_due(on=on)
    firms, rest = risk_facts.gather(last=last, on=on, only=only)
    late = owed.arrears(employers=None if only is None else [only], on=on)
    return [_facts(row, rest, late.get(row[0]), last) for row in firms]


def _facts(row: Sequence[Any], rest: Mapping[str, Any], late: owed.Arrears | None, last: Month) -> Facts:
    (id_, npp, name, region, region_name, activity, size, taken, first, declared, listed, has_case, _) = row
    filed = rest["returns"].get(id_, {})
    due = _due_months(Month.of(first) if first else None, last)
    year = [month for month in due if last.minus(month) < 12]
    newest = max(filed, default=None)
    before = [filed[month][1] for month in filed if month != newest]
    ago = filed.get(newest.plus(-12)) if newest else None
    lines, at_minimum, known, base, variable, alike, alike_wage = rest["wages"].get(id_, (0,) * 7)
    return Facts(
        employer=id_, npp=npp, name=name, region=region, region_name=region_name, activity=activity, size=size,
        programmes=tuple(taken), mandatory=programmes.mandatory(size).programmes if size else (),
        due_months=len(due), filed_months=rest["ever"].get(id_, 0),
        missing=sum(1 for month in year if month not in filed),
        late=sum(1 for month in year if month in filed and filed[month][0] > owed.due_on(month)),
        workers=filed[newest][1] if newest else 0, workers_year_ago=ago[1] if ago else None,
        workers_median=risk_facts.median(before) if len(before) >= 3 else None,
        lines=lines, at_minimum=at_minimum, minimum_known=known, base=base, variable=variable, identical=alike,
        identical_wage=alike_wage, arrears=late.amount if late else 0, arrears_months=len(late.months) if late else 0,
        arrears_rising=bool(late and len(late.months) > 1 and last in late.months),
        declared_class=declared, listed_class=listed, reports=rest["reports"].get(id_, {}), has_case=has_case,
    )  # fmt: skip


def _due_months(first: Month | None, last: Month) -> Sequence[Month]:
    if first is None or first > last:
        return ()
    return Month.span(first, last.minus(first) + 1)
