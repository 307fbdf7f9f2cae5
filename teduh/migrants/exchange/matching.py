"""Whom of a list we know: by NIK, by passport, by name and birth date, among the sender's own people only.

Somebody else's person is not found, whatever the sender wrote of him: a list tells its sender nothing that he did not
send. What is not sure is left to a person. Five statements in all, however many rows.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from teduh.core import sql
from teduh.migrants import facts
from teduh.migrants.exchange.rows import Row, Sender
from teduh.migrants.models import OPEN_STATES, Match, RowState
from teduh.registry import names
from teduh.security import crypto

BEST = "ORDER BY m.state = ANY(%(open)s) DESC, m.id DESC LIMIT 1"
BY_NIK = """
SELECT k.index, found.id FROM unnest(%(keys)s::bytea[]) AS k (index)
CROSS JOIN LATERAL (SELECT coalesce(merged_into_id, id) AS id FROM registry_person WHERE nik_index = k.index
    ORDER BY merged_into_id NULLS FIRST LIMIT 1) p
CROSS JOIN LATERAL (SELECT m.id FROM migrants_placement m WHERE m.person_id = p.id AND {scope} {best}) found
"""
BY_PASSPORT = """
SELECT k.index, found.id FROM unnest(%(keys)s::bytea[]) AS k (index)
CROSS JOIN LATERAL (
    SELECT m.id FROM (SELECT * FROM migrants_placement WHERE passport_index = k.index OFFSET 0) m
    WHERE {scope} {best}
) found
"""
BY_NAME = """
SELECT DISTINCT t.n, found.id FROM json_to_recordset(%(rows)s::json) AS t (n int, born bigint[])
CROSS JOIN LATERAL (SELECT id, merged_into_id FROM registry_person WHERE name_words && t.born OFFSET 0) p
CROSS JOIN LATERAL (
    SELECT m.id FROM migrants_placement m WHERE m.person_id = coalesce(p.merged_into_id, p.id) AND {scope} {best}
) found
"""
OURS = """
SELECT m.id, m.number, m.person_id, p.name, p.nik_index, p.birth_date, m.passport, m.destination_id, m.state, m.entry,
    m.departed_on, (SELECT json_agg(json_build_array(a.id, a.starts, a.ends, a.ended_on) ORDER BY a.number)
        FROM migrants_agreement a WHERE a.placement_id = m.id AND a.withdrawn_at IS NULL)
FROM unnest(%(ids)s::bigint[]) AS asked (id)
CROSS JOIN LATERAL (SELECT * FROM migrants_placement WHERE id = asked.id OFFSET 0) m
JOIN registry_person p ON p.id = m.person_id
"""
MISSED = """
SELECT m.id FROM migrants_placement m WHERE {scope} AND m.state = ANY(%(open)s) AND m.registered_on <= %(as_of)s
    AND NOT m.id = ANY(%(seen)s) {abroad} ORDER BY m.id
"""
#: A mission's register holds who is there; who has not left yet is not missed in it.
ABROAD = "AND (m.state <> 'registered' OR m.entry = 'abroad')"
SURE = (Match.NIK, Match.PASSPORT, Match.NAME)


class AgreementOurs(NamedTuple):
    """An agreement as we hold it."""

    id: int
    starts: dt.date
    ends: dt.date
    ended_on: dt.date | None

    @property
    def last(self) -> dt.date:
        return min(self.ends, self.ended_on) if self.ended_on else self.ends


@dataclass(frozen=True, slots=True)
class Ours:
    """A placement as we hold it. `is_paid`, `paid_until` and `until` (with the month to return) are told by who knows
    of money and cover."""

    placement: int
    number: str
    person: int
    name: str
    nik_index: bytes
    birth_date: dt.date
    passport: str | None
    destination: str
    state: str
    entry: str
    departed_on: dt.date | None
    agreements: tuple[AgreementOurs, ...]
    is_paid: bool = False
    paid_until: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class Matched:
    """Whom a row was found to be, and how surely."""

    match: str
    ours: Ours | None


NOBODY = Matched(Match.NONE, None)


def scope(sender: Sender, alias: str = "m") -> tuple[str, dict[str, Any]]:
    """The sender's own people: an agency's, or those in the countries that a mission serves."""
    mine = f"{alias}.organisation_id = %(sender)s"
    if not sender.is_mission:
        return mine, {"sender": sender.organisation}
    return (
        f"({mine} OR {alias}.destination_id = ANY(%(serves)s))",
        {"sender": sender.organisation, "serves": list(sender.serves)},
    )


def key(values: Mapping[str, Any]) -> str:
    """By what the other side knows somebody."""
    if values.get("nik"):
        return f"nik {values['nik']}"
    if values.get("passport"):
        return f"passport {values['passport']}"
    return f"name {' '.join(names.words(values.get('name') or ''))} {values.get('birth_date')}"


def identity(sender: Sender, *, placement: int | None, row: str = "") -> bytes:
    """By which a difference is known again: of this sender, about this placement, or this row where there is none."""
    return crypto.blind("difference", f"{sender.organisation}|{placement or ''}|{row}")


def find(rows: Sequence[Row], *, sender: Sender, decided: Mapping[bytes, str]) -> dict[int, Matched]:
    """By row number. `decided`: what people said before of unsure ones, by the difference's identity (same, other)."""
    states = [str(state) for state in OPEN_STATES]
    condition, params = scope(sender)
    asked = {**params, "open": states}

    def ask(statement: str, **more: Any) -> list[tuple[Any, ...]]:
        return sql.rows(statement.format(scope=condition, best=BEST), {**asked, **more})

    niks = {crypto.blind("nik", row.values["nik"]): row.values["nik"] for row in rows if row.values["nik"]}
    papers = {facts.passport_index(p): p for row in rows if (p := row.values["passport"])}
    by_nik = {niks[bytes(index)]: id_ for index, id_ in ask(BY_NIK, keys=list(niks))} if niks else {}
    by_paper = {papers[bytes(index)]: id_ for index, id_ in ask(BY_PASSPORT, keys=list(papers))} if papers else {}
    left = [row for row in rows if row.values["nik"] not in by_nik and row.values["passport"] not in by_paper]
    by_name: dict[int, list[int]] = {}
    born = [{"n": row.number, "born": words} for row in left if (words := _born(row))]
    for number, id_ in ask(BY_NAME, rows=json.dumps(born)) if born else ():
        by_name.setdefault(number, []).append(id_)
    known = ours({*by_nik.values(), *by_paper.values(), *(id_ for ids in by_name.values() for id_ in ids)})
    found = {}
    for row in rows:
        candidates = [known.get(by_nik.get(row.values["nik"], 0)), known.get(by_paper.get(row.values["passport"], 0))]
        found[row.number] = _decide(row, *candidates, [known[id_] for id_ in sorted(by_name.get(row.number, ()))],
                                    sender, decided)  # fmt: skip
    return _once(rows, found)


def ours(ids: Iterable[int]) -> dict[int, Ours]:
    """Placements as we hold them, by id; one statement."""
    asked = sorted(set(ids))
    found = sql.rows(OURS, {"ids": asked}) if asked else []
    return {
        row[0]: Ours(
            *row[:3], crypto.decrypt(bytes(row[3])), bytes(row[4]), row[5],
            crypto.decrypt(bytes(row[6])) if row[6] else None, *row[7:11], tuple(map(_agreement, row[11] or ())),
        )
        for row in found
    }  # fmt: skip


def _agreement(one: Sequence[Any]) -> AgreementOurs:
    day = dt.date.fromisoformat
    return AgreementOurs(one[0], day(one[1]), day(one[2]), day(one[3]) if one[3] else None)


def missed(*, sender: Sender, seen: Iterable[int], as_of: dt.date) -> list[int]:
    """The sender's open placements that a list which claims to be whole does not hold."""
    condition, params = scope(sender)
    statement = MISSED.format(scope=condition, abroad=ABROAD if sender.is_mission else "")
    states = [str(state) for state in OPEN_STATES]
    found = sql.rows(statement, {**params, "open": states, "as_of": as_of, "seen": sorted(set(seen))})
    return [row[0] for row in found]


def _born(row: Row) -> list[int]:
    """What a name and its birth date are looked for by; day and month may have been turned."""
    name, born = row.values["name"], row.day("birth_date")
    if not name or not born:
        return []
    turned = [born.replace(month=born.day, day=born.month)] if born.day <= 12 and born.day != born.month else []
    return [word for day in (born, *turned) for word in names.birth_words(name, day)]


def _decide(
    row: Row, by_nik: Ours | None, by_paper: Ours | None, by_name: Sequence[Ours], sender: Sender,
    decided: Mapping[bytes, str],
) -> Matched:  # fmt: skip
    for found in (
        _as_nik(row, by_nik) if by_nik else NOBODY,
        _as_passport(row, by_paper) if by_paper else NOBODY,
        _as_name(row, by_name),
    ):
        if found.ours is None:
            continue
        said = decided.get(identity(sender, placement=found.ours.placement, row=key(row.values)), "")
        if found.match == Match.UNSURE and said == "same":
            return Matched(Match.NAME, found.ours)
        if found.match == Match.UNSURE and said == "other":
            continue
        return found
    return NOBODY


def _as_nik(row: Row, one: Ours) -> Matched:
    """A NIK is somebody's own, unless neither the name nor the passport goes with it."""
    same_paper = row.values["passport"] is not None and row.values["passport"] == one.passport
    return Matched(Match.NIK if _alike(row, one) or same_paper else Match.UNSURE, one)


def _as_passport(row: Row, one: Ours) -> Matched:
    born = row.values["birth_date"]
    sure = _alike(row, one) and not has_other_nik(row, one) and born in (None, one.birth_date.isoformat())
    return Matched(Match.PASSPORT if sure else Match.UNSURE, one)


def _as_name(row: Row, candidates: Sequence[Ours]) -> Matched:
    """One of that name and birth date, of whom nothing else says that he is another."""
    born = row.values["birth_date"]
    likes = [(names.compare(row.values["name"], one.name).level, one) for one in candidates]
    fit = [(level, one) for level, one in likes if level == "same" or level == "close" and not has_other_nik(row, one)]
    if not fit:
        return NOBODY
    fit.sort(key=lambda pair: (pair[0] != "same", pair[1].birth_date.isoformat() != born, pair[1].placement))
    level, best = fit[0]
    other_paper = row.values["passport"] and best.passport and row.values["passport"] != best.passport
    sure = (
        len(fit) == 1
        and best.birth_date.isoformat() == born
        and not has_other_nik(row, best)
        and (level == "same" or not other_paper)
    )
    return Matched(Match.NAME if sure else Match.UNSURE, best)


def _alike(row: Row, one: Ours) -> bool:
    name = row.values["name"]
    return not name or names.compare(name, one.name).is_alike


def has_other_nik(row: Row, one: Ours) -> bool:
    return bool(row.values["nik"]) and crypto.blind("nik", row.values["nik"]) != one.nik_index


def _once(rows: Sequence[Row], found: dict[int, Matched]) -> dict[int, Matched]:
    """Two rows that are one of our people: the surer one is he, the other is the same person again."""
    order = {match: place for place, match in enumerate(SURE)}
    best: dict[int, Row] = {}
    for row in sorted(rows, key=lambda row: (order.get(found[row.number].match, 9), row.state == RowState.REPEATED)):
        one = found[row.number]
        if one.ours is None or one.match not in SURE:
            continue
        first = best.setdefault(one.ours.placement, row)
        if first is not row and row.state != RowState.REPEATED:
            row.say("row_twice_ours", row=first.number)
            row.state = RowState.REPEATED
    return found
