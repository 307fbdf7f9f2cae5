"""Keeps lists, their rows and the differences found: each verb is one statement, however many rows there are."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.migrants.exchange.differing import Differs
from teduh.migrants.exchange.findings import QUIET, unpacked
from teduh.migrants.exchange.matching import SURE, Matched
from teduh.migrants.exchange.rows import Row, Sender
from teduh.migrants.models import Difference, PlacementList, PlacementRow
from teduh.security import crypto
from teduh.security.fields import UNSTORABLE

KEEP = """
INSERT INTO migrants_placementlist AS l (organisation_id, purpose, whole, sha256, name, content, as_of, state,
    understood, by_id)
VALUES (%(organisation)s, %(purpose)s, %(whole)s, %(sha256)s, %(name)s, %(content)s, %(as_of)s, 'checked',
    %(understood)s::jsonb, %(by)s)
ON CONFLICT (sha256, organisation_id, purpose, as_of) DO UPDATE SET understood = EXCLUDED.understood,
    name = EXCLUDED.name, whole = EXCLUDED.whole, state = 'checked', by_id = EXCLUDED.by_id
    WHERE l.state <> 'committed'
RETURNING id
"""
MARK = """
UPDATE migrants_placementrow r SET state = t.state, match = t.match, placement_id = t.placement,
    findings = coalesce(t.findings, r.findings)
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::bytea[])
    AS t (id, state, match, placement, findings)
WHERE r.id = t.id
"""
PUT = """
INSERT INTO migrants_difference AS d (list_id, row_id, placement_id, kind, ours, theirs, identity, state, found_on, how)
SELECT %(list)s, row, placement, kind, ours, theirs, identity, 'open', %(on)s, ''
FROM unnest(%(rows)s::bigint[], %(placements)s::bigint[], %(kinds)s::text[], %(ours)s::bytea[], %(theirs)s::bytea[],
    %(identities)s::bytea[]) AS t (row, placement, kind, ours, theirs, identity)
ORDER BY identity, kind
ON CONFLICT (identity, kind) WHERE state = 'open' DO UPDATE SET list_id = EXCLUDED.list_id, row_id = EXCLUDED.row_id,
    placement_id = EXCLUDED.placement_id, ours = EXCLUDED.ours, theirs = EXCLUDED.theirs
"""
OPEN = """
SELECT d.id, d.identity, d.kind, d.placement_id, d.theirs FROM migrants_difference d
JOIN migrants_placementlist l ON l.id = d.list_id WHERE l.organisation_id = %s AND d.state = 'open'
"""
SETTLED = """
SELECT identity, kind, how, ours, theirs FROM migrants_difference
WHERE state = 'settled' AND identity = ANY(%s) ORDER BY id
"""
DECIDED = """
SELECT d.identity, d.how FROM migrants_difference d JOIN migrants_placementlist l ON l.id = d.list_id
WHERE l.organisation_id = %s AND d.kind = 'unsure' AND d.state = 'settled' ORDER BY d.id
"""
GONE = "UPDATE migrants_difference SET state = 'gone', settled_on = %s WHERE id = ANY(%s)"


class Kept(NamedTuple):
    """A kept row: its id, and the row as it was understood."""

    id: int
    row: Row
    match: str
    placement: int | None


class Found(NamedTuple):
    """A difference about to be kept: the kept row's id and the placement (None where there is none)."""

    row: int | None
    placement: int | None
    differs: Differs
    identity: bytes


def keep(
    *,
    sender: Sender,
    purpose: str,
    content: bytes,
    name: str,
    as_of: dt.date,
    whole: bool,
    understood: Mapping[str, Any],
    rows: Sequence[Row],
    matched: Mapping[int, Matched],
    by: int | None,
) -> int | None:
    """The list and its rows as understood now; None if it has been committed. An earlier check of it is replaced."""
    params = {
        "organisation": sender.organisation, "purpose": purpose, "whole": whole, "as_of": as_of, "by": by,
        "sha256": hashlib.sha256(content).digest(), "name": UNSTORABLE.sub("", name)[-200:] or "?",
        "content": crypto.seal(content), "understood": UNSTORABLE.sub("", json.dumps(understood)),
    }  # fmt: skip
    kept = sql.rows(KEEP, params)
    if not kept:
        return None
    ((list_,),) = kept
    sql.run("DELETE FROM migrants_placementrow WHERE list_id = %s", [list_])
    sql.copy(
        "migrants_placementrow (list_id, number, state, match, values, findings, placement_id)",
        (
            (list_, row.number, str(row.state), _match(one), secret(row.values), findings(row), _placement(one))
            for row in rows
            for one in (matched.get(row.number),)
        ),
    )
    return int(list_)


def _match(found: Matched | None) -> str:
    return str(found.match) if found else "none"


def _placement(found: Matched | None) -> int | None:
    return found.ours.placement if found and found.ours and found.match in SURE else None


def secret(value: Any) -> bytes | None:
    """JSON, sealed."""
    return None if value is None else crypto.encrypt(UNSTORABLE.sub("", json.dumps(value, ensure_ascii=False)))


def opened(value: Any) -> Any:
    """JSON that was sealed; nothing for nothing."""
    return json.loads(crypto.decrypt(bytes(value))) if value else {}


def opened_text(value: str | None) -> dict[str, Any]:
    """JSON of a field that Django has opened already."""
    return json.loads(value) if value else {}


def note(text: str) -> str:
    """A person's remark as it is kept."""
    return json.dumps({"note": UNSTORABLE.sub("", text)[:1_000]}, ensure_ascii=False)


def findings(row: Row) -> bytes | None:
    """What is worth saying of a row, sealed: it quotes cells."""
    said = [finding.packed() for finding in row.findings if finding.code not in QUIET]
    return secret(said) if said else None


def list_of(*, list_: int, lock: bool = False) -> PlacementList:
    """A list without its bytes; `lock` holds it until the transaction ends."""
    lists = PlacementList.objects.select_related("organisation").defer("content")
    found = (lists.select_for_update(of=("self",)) if lock else lists).filter(id=list_).first()
    if found is None:
        raise no_list()
    return found


def no_list() -> Exception:
    return not_found(Text("Daftar ini tidak ditemukan.", "There is no such list."))


def rows_of(*, list_: int, states: Iterable[str] = (), after: int = 0, limit: int | None = None) -> list[Kept]:
    """The kept rows of a list in their order, all or those in some states, or a page of them; one statement."""
    wanted = [str(state) for state in states]
    found = sql.rows(
        'SELECT id, number, state, "values", findings, match, placement_id FROM migrants_placementrow '
        "WHERE list_id = %s AND number > %s AND (%s::text[] = '{}' OR state = ANY(%s::text[])) "
        "ORDER BY number LIMIT %s",
        [list_, after, wanted, wanted, limit],
    )
    return [
        Kept(id_, Row(number, opened(values), [unpacked(one) for one in opened(said) or ()], state), match, placement)
        for id_, number, state, values, said, match, placement in found
    ]


def row(*, row: int) -> Kept:
    """One kept row."""
    one = PlacementRow.objects.get(id=row)
    said = json.loads(one.findings) if one.findings else []
    return Kept(one.id, Row(one.number, json.loads(one.values or "{}"), [unpacked(each) for each in said], one.state),
                one.match, one.placement_id)  # fmt: skip


def mark(*, outcomes: Sequence[tuple[int, str, str, int | None, bytes | None]]) -> None:
    """What came of rows: id, state, match, placement, and findings where they changed."""
    if outcomes:
        sql.run(MARK, sql.columns(outcomes, 5))


def put(*, list_: int, found: Sequence[Found], on: dt.date) -> None:
    """Keep these differences as open; one that is open already says what it says now."""
    if not found:
        return
    columns = sql.columns(
        [(one.row, one.placement, str(one.differs.kind), secret(one.differs.ours), secret(one.differs.theirs),
          one.identity) for one in found],
        6,
    )  # fmt: skip
    names = ("rows", "placements", "kinds", "ours", "theirs", "identities")
    sql.run(PUT, {"list": list_, "on": on, **dict(zip(names, columns, strict=True))})


def open_of(*, organisation: int) -> list[tuple[int, bytes, str, int | None, dict[str, Any]]]:
    """The open differences of a sender: id, identity, kind, placement, and for unsure ones what they say."""
    return [
        (id_, bytes(identity), kind, placement, opened(theirs) if kind == "unsure" else {})
        for id_, identity, kind, placement, theirs in sql.rows(OPEN, [organisation])
    ]


def settled(*, identities: Sequence[bytes]) -> dict[tuple[bytes, str], list[tuple[dict[str, Any], dict[str, Any]]]]:
    """What was decided before of these, and what both sides said then."""
    found: dict[tuple[bytes, str], list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for identity, kind, _, ours, theirs in sql.rows(SETTLED, [list(identities)]) if identities else ():
        found.setdefault((bytes(identity), kind), []).append((opened(ours), opened(theirs)))
    return found


def decided(*, organisation: int) -> dict[bytes, str]:
    """What people said of this sender's unsure ones: same or other, by the difference's identity."""
    return {bytes(identity): how for identity, how in sql.rows(DECIDED, [organisation])}


def gone(*, differences: Sequence[int], on: dt.date) -> None:
    """These are no more; a later list has shown it."""
    if differences:
        sql.run(GONE, [on, list(differences)])


def difference_of(*, difference: int) -> Difference:
    """A difference held until the transaction ends."""
    found = (
        Difference.objects.select_for_update(of=("self",)).select_related("list__organisation")
        .defer("list__content").filter(id=difference).first()
    )  # fmt: skip
    if found is None:
        raise not_found(Text("Selisih ini tidak ditemukan.", "There is no such difference."))
    return found
