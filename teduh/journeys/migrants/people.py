"""The people of an agency, a mission or the fund: who is where, who is protected, whose agreement ends when.

A list, masked, in pages; the number of statements does not grow with the people, and each look is recorded.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.text import Text
from teduh.migrants import access, facts, numbers, reference, words
from teduh.migrants.models import OPEN_STATES
from teduh.migrants.reference import DestinationView
from teduh.registry import names
from teduh.security import actions as security
from teduh.security import crypto, masking
from teduh.security.access import Actor

MOST = 200
ONLY = ("all", "unprotected", "ending", "registered", "abroad", "returning", "problem", "waiting")
#: What is so of every open placement in the asker's scope: until when it is paid and covered on this day.
BASE = """
SELECT m.id, m.person_id, m.state, m.destination_id, m.organisation_id, m.ends_on, m.number, m.verdict,
    s.paid_until, s.until, coalesce(s.protected, FALSE) AS protected
FROM migrants_placement m
LEFT JOIN LATERAL (
    SELECT max(paid_until) AS paid_until, max(grace_until) AS until,
        bool_or(starts <= %(on)s AND grace_until >= %(on)s) AS protected
    FROM coverage_span WHERE placement_id = m.id AND programme = 'JKM'
) s ON TRUE
WHERE m.state IN ({open}) AND {scope} AND (%(destination)s = '' OR m.destination_id = %(destination)s)
"""
FILTERS = {
    "all": "TRUE",
    "unprotected": "NOT protected",
    "ending": "coalesce(least(ends_on, paid_until), ends_on) BETWEEN %(on)s AND %(last)s AND state <> 'registered'",
    "registered": "state = 'registered'",
    "abroad": "state IN ('departed', 'working')",
    "returning": "state IN ('ended', 'returning')",
    "problem": "state = 'missing' OR (state IN ('departed', 'working', 'ended') AND NOT protected)",
    "waiting": "jsonb_array_length(verdict -> 'waits_for') > 0 AND ends_on IS NULL",
}
PAGE = """
WITH base AS ({base})
SELECT b.id, b.number, b.person_id, p.name, p.nik, b.destination_id, b.state, b.ends_on, b.paid_until, b.until,
    b.protected, o.name, p.birth_date
FROM base b JOIN registry_person p ON p.id = b.person_id LEFT JOIN migrants_organisation o ON o.id = b.organisation_id
WHERE ({only}) AND ({search})
    AND (coalesce(b.ends_on, DATE '9999-01-01'), b.id) > (%(after_day)s::date, %(after)s)
ORDER BY coalesce(b.ends_on, DATE '9999-01-01'), b.id LIMIT %(limit)s
"""
COUNT = """
WITH base AS ({base}) SELECT {counts} FROM base
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody in a list, name and NIK masked; `paid_until` and `until` as stored, `days_left` to the nearer of the
    paid time and the agreement."""

    placement: int
    number: str
    person: int
    name: str
    nik_masked: str
    destination: DestinationView
    organisation: str
    state: str
    state_name: Text
    ends_on: dt.date | None
    paid_until: dt.date | None
    until: dt.date | None
    days_left: int | None
    protected: bool
    what: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A page of people, how many there are of each filter, and where the next page begins ("": there is none)."""

    rows: tuple[PersonRow, ...]
    counts: dict[str, int]
    after: str

    @property
    def total(self) -> int:
        return self.counts["all"]


def people(
    *, by: Actor, on: dt.date, only: str = "all", within_days: int = 90, search: str = "", destination: str = "",
    organisation: int | None = None, after: str = "", limit: int = 50, why: str = "",
) -> People:  # fmt: skip
    """Some of the open placements this asker may see, those that end soonest first. `search` is a NIK, a passport, a
    placement's number, or a name."""
    condition, params = access.scope(by=by, why=why, organisation=organisation).sql("m")
    states = ", ".join(f"'{state.value}'" for state in OPEN_STATES)
    base = BASE.format(open=states, scope=condition)
    day, _, last = after.partition("~")
    given = {
        **params, "on": on, "last": on + dt.timedelta(days=within_days), "destination": destination[:2].upper(),
        "after_day": day or "0001-01-01", "after": int(last) if last.isdigit() else 0,
        "limit": max(1, min(limit, MOST)),
    }  # fmt: skip
    found_by, more = _search(search)
    only = only if only in FILTERS else "all"
    found = sql.rows(PAGE.format(base=base, only=FILTERS[only], search=found_by), {**given, **more})
    counted = ", ".join(f"count(*) FILTER (WHERE {FILTERS[name]})" for name in ONLY)
    (numbers_,) = sql.rows(COUNT.format(base=base, counts=counted), given)
    rows = tuple(_row(row, on) for row in found)
    if rows and by.role != "system":
        security.record(by=by, action="placements.listed", subjects=[f"person:{row.person}" for row in rows],
                        why=why or "migrants.list")  # fmt: skip
    last_row = rows[-1] if len(rows) == given["limit"] else None
    cursor = f"{last_row.ends_on or dt.date(9999, 1, 1)}~{last_row.placement}" if last_row else ""
    return People(rows=rows, counts=dict(zip(ONLY, numbers_, strict=True)), after=cursor)


def _search(text: str) -> tuple[str, dict[str, object]]:
    """A condition for what was typed: digits of a NIK, a passport, a number, else words of a name."""
    text = text.strip()[:100]
    if not text:
        return "TRUE", {}
    plain = numbers.read(text)
    if numbers.is_placement(plain):
        return "b.number = %(wanted)s", {"wanted": plain}
    if plain.isdigit() and len(plain) == 16:
        return "p.nik_index = %(wanted)s", {"wanted": crypto.blind("nik", plain)}
    if facts.PASSPORT.fullmatch(plain):
        return (
            "b.id IN (SELECT id FROM migrants_placement WHERE passport_index = %(wanted)s)",
            {"wanted": facts.passport_index(plain)},
        )
    return "p.name_words @> %(wanted)s::bigint[]", {"wanted": list(names.sought(text))}


def _row(row: tuple, on: dt.date) -> PersonRow:
    id_, number, person, name, nik, code, state, ends, paid, until, protected, organisation, _ = row
    nearer = min((day for day in (ends, paid) if day), default=None)
    shown = reference.destination(code) or DestinationView(code, Text(code, code), "Asia/Jakarta", "USD")
    return PersonRow(
        placement=id_, number=number, person=person, name=masking.name(crypto.decrypt(bytes(name))),
        nik_masked=masking.nik(crypto.decrypt(bytes(nik))), destination=shown, organisation=organisation or "",
        state=state, state_name=words.STATES[state], ends_on=ends, paid_until=paid, until=until,
        days_left=(nearer - on).days if nearer else None, protected=protected, what=_what(state, protected, paid, on),
    )  # fmt: skip


def _what(state: str, protected: bool, paid: dt.date | None, on: dt.date) -> Text:
    """The row's one sentence."""
    if not protected:
        if paid is None:
            return Text("Belum dibayar, belum terlindungi.", "Not paid, not protected.")
        return Text("Tidak terlindungi hari ini.", "Not protected today.")
    if paid and paid < on:
        return Text("Dalam bulan persiapan pulang.", "In the month to prepare the return.")
    if state == "registered":
        return Text("Terlindungi selama menunggu berangkat.", "Protected while waiting to depart.")
    return Text("Terlindungi.", "Protected.")
