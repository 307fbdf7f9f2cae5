"""Matters and what was said in them, as each may see them. An agency's question never meets a complaint: the condition
that finds its rows leaves them out, so that neither a row, nor a count, nor a refusal tells of one.

`SEEN` is the one condition by which anybody finds a matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.text import Text
from teduh.migrants import numbers, standing
from teduh.migrants.models import Matter, MatterKind, MatterState
from teduh.migrants.standing import AGENCY, FAMILY, MISSION, OFFICER, SYSTEM, WORKER
from teduh.security import crypto, masking
from teduh.security.access import Actor

KINDS = {
    MatterKind.QUESTION: Text("Pertanyaan", "A question"),
    MatterKind.PAPERS: Text("Dokumen atau data", "Papers or data"),
    MatterKind.PAYMENT: Text("Pembayaran", "A payment"),
    MatterKind.EXTENSION: Text("Perpanjangan", "An extension"),
    MatterKind.ACCIDENT: Text("Kecelakaan atau sakit", "An accident or illness"),
    MatterKind.DEATH: Text("Meninggal dunia", "A death"),
    MatterKind.MISSING: Text("Tidak diketahui keberadaannya", "Missing"),
    MatterKind.RETURN: Text("Pemulangan", "The return"),
    MatterKind.NOT_DEPARTED: Text("Gagal berangkat atau ditempatkan", "Failed to depart or to be placed"),
    MatterKind.DISMISSAL: Text("Pemutusan hubungan kerja", "Dismissal"),
    MatterKind.COMPLAINT: Text("Pengaduan", "A complaint"),
}
STATES = {
    MatterState.OPEN: Text("Baru", "New"),
    MatterState.TAKEN: Text("Ditangani", "Being dealt with"),
    MatterState.WAITING: Text("Menunggu jawaban Anda", "Waiting for your answer"),
    MatterState.DONE: Text("Selesai", "Done"),
}
WAITING_FOR_THEM = Text("Menunggu jawaban pelapor", "Waiting for who opened it")
#: What may follow a state; who speaks after the end opens it again.
MOVES: dict[str, frozenset[str]] = {
    MatterState.OPEN: frozenset({MatterState.TAKEN, MatterState.WAITING, MatterState.DONE}),
    MatterState.TAKEN: frozenset({MatterState.TAKEN, MatterState.WAITING, MatterState.DONE}),
    MatterState.WAITING: frozenset({MatterState.TAKEN, MatterState.WAITING, MatterState.DONE}),
    MatterState.DONE: frozenset({MatterState.TAKEN}),
}
STAFF = frozenset({MISSION, OFFICER, SYSTEM})

#: A matter `m` with its person `s` (as who he is now) and placement `pl`, as what its reader stands to it; NULL: none
#: of his. A worker comes before what else he is; an agency sees only what it is let see, of whom it placed, and no
#: complaint.
AS = f"""
CASE WHEN s.id = (SELECT coalesce(merged_into_id, id) FROM registry_person WHERE id = %(me)s) THEN '{WORKER}'
     WHEN m.family_sees AND EXISTS (SELECT FROM migrants_relative r JOIN registry_person q ON q.id = r.person_id
        WHERE r.user_id = %(user)s AND r.ended_on IS NULL AND 'speak' = ANY(r.may)
          AND coalesce(q.merged_into_id, q.id) = s.id) THEN '{FAMILY}'
     WHEN %(system)s THEN '{SYSTEM}'
     WHEN %(everyone)s THEN '{OFFICER}'
     WHEN m.mission_id = ANY(%(missions)s) OR pl.destination_id = ANY(%(serves)s)
        OR pl.organisation_id = ANY(%(missions)s) THEN '{MISSION}'
     WHEN m.agency_sees AND m.kind <> 'complaint' AND pl.organisation_id = ANY(%(agencies)s) THEN '{AGENCY}' END
"""
#: The people for whose matters an account can have any standing: keeps a worker's or a relative's question small.
MINE = """
m.person_id IN (SELECT q.id FROM registry_person q WHERE coalesce(q.merged_into_id, q.id) IN (
    SELECT coalesce(merged_into_id, id) FROM registry_person WHERE id = %(me)s
    UNION ALL SELECT coalesce(x.merged_into_id, x.id) FROM migrants_relative r
        JOIN registry_person x ON x.id = r.person_id WHERE r.user_id = %(user)s AND r.ended_on IS NULL))
"""
SEEN = f"""
FROM migrants_matter m JOIN registry_person p ON p.id = m.person_id
JOIN registry_person s ON s.id = coalesce(p.merged_into_id, p.id)
LEFT JOIN migrants_placement pl ON pl.id = m.placement_id
LEFT JOIN migrants_organisation g ON g.id = m.mission_id
CROSS JOIN LATERAL (SELECT {AS} AS standing) a
WHERE a.standing IS NOT NULL AND (NOT %(few)s OR {MINE})
"""
COLUMNS = """
SELECT m.id, m.number, m.kind, m.state, s.id, s.name, pl.id, coalesce(pl.number, ''), m.opened_on, m.opener,
    m.moved_at, m.closed_on, m.agency_sees, m.family_sees, m.taken_by_id, a.standing, pl.destination_id,
    coalesce(g.name, ''), coalesce(g.phone, '')
"""
LISTED = f"""
{COLUMNS} {SEEN} AND (%(state)s = '' OR m.state = %(state)s) AND (%(after)s = 0 OR m.id < %(after)s)
ORDER BY m.id DESC LIMIT %(limit)s
"""
COUNTED = f"SELECT m.state, count(*) {SEEN} GROUP BY 1"
ONE = f"{COLUMNS} {SEEN} AND m.number = %(number)s"
ENTRIES = """
SELECT e.id, e.at, e.by_id, e.speaker, e.text, e.sha256, e.inside, e.state FROM migrants_matterentry e
WHERE e.matter_id = %s AND (%s OR NOT e.inside) ORDER BY e.id
"""
ADD = """
INSERT INTO migrants_matter (number, person_id, placement_id, kind, state, opened_on, opened_by_id, opener, agency_sees,
    family_sees, mission_id, moved_at, key)
VALUES (%(number)s, %(person)s, %(placement)s, %(kind)s, 'open', %(on)s, %(by)s, %(opener)s, %(agency_sees)s,
    %(family_sees)s, %(mission)s, %(at)s, %(key)s)
ON CONFLICT (key) DO NOTHING RETURNING id
"""
ENTER = """
INSERT INTO migrants_matterentry (matter_id, at, by_id, speaker, text, sha256, inside, state)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
"""
#: The placement that is open, or else the last, and the mission that looks after its destination: the one that sits
#: there before one that is accredited from elsewhere.
WHERE_HE_IS = """
SELECT pl.id, pl.organisation_id, (SELECT o.id FROM migrants_serves v
        JOIN migrants_organisation o ON o.id = v.organisation_id AND o.kind = 'mission' AND o.ended_on IS NULL
        WHERE v.destination_id = pl.destination_id
        ORDER BY o.seat_id IS DISTINCT FROM pl.destination_id, o.id LIMIT 1)
FROM migrants_placement pl JOIN registry_person q ON q.id = pl.person_id
WHERE coalesce(q.merged_into_id, q.id) = %(person)s
  AND (%(agencies)s::bigint[] IS NULL OR pl.organisation_id = ANY(%(agencies)s::bigint[]))
ORDER BY pl.state IN ('registered', 'departed', 'working', 'ended', 'returning', 'missing') DESC, pl.id DESC LIMIT 1
"""
MOVE = """
UPDATE migrants_matter SET state = %(state)s, taken_by_id = coalesce(%(taken_by)s, taken_by_id), moved_at = %(at)s,
    closed_on = CASE WHEN %(state)s = 'done' THEN %(on)s::date END
WHERE id = %(matter)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """A matter in a list, as its reader sees it; `as_` is what he stands to it, `mission` who looks after it abroad."""

    id: int
    number: str
    kind: str
    state: str
    person: int
    name: str
    placement: int | None
    placement_number: str
    opened_on: dt.date
    opener: str
    moved_at: dt.datetime
    closed_on: dt.date | None
    agency_sees: bool
    family_sees: bool
    taken_by: int | None
    as_: str
    destination: str | None
    mission: str
    mission_phone: str

    @property
    def kind_name(self) -> Text:
        return KINDS[MatterKind(self.kind)]

    @property
    def state_name(self) -> Text:
        if self.state == MatterState.WAITING and self.as_ in STAFF:
            return WAITING_FOR_THEM
        return STATES[MatterState(self.state)]

    @property
    def opener_name(self) -> Text:
        return standing.NAMES[self.opener]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """Something that was said. `inside` is read by the fund and the mission alone."""

    id: int
    at: dt.datetime
    speaker: str
    is_mine: bool
    text: str
    sha256: str
    inside: bool
    state: str

    @property
    def speaker_name(self) -> Text:
        return standing.NAMES[self.speaker]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The placement a matter is about, who placed, and the mission that looks after it."""

    placement: int | None = None
    organisation: int | None = None
    mission: int | None = None


def listed(*, by: Actor, state: str = "", after: int = 0, limit: int = 50) -> tuple[MatterRow, ...]:
    """The matters that the asker may see, newest first; names are short."""
    given = {**_asks(by), "state": state, "after": after, "limit": limit}
    return tuple(_row(row, is_short=True) for row in sql.rows(LISTED, given))


def counted(*, by: Actor) -> dict[str, int]:
    """How many of these stand how."""
    return dict(sql.rows(COUNTED, _asks(by)))


def one(*, number: str, by: Actor, writing: bool = False, held: bool = False) -> MatterRow | None:
    """A matter that the asker may see (`held`: until the transaction ends); None if there is none such for him."""
    rows = sql.rows(ONE + (" FOR UPDATE OF m" if held else ""), {**_asks(by, writing), "number": numbers.read(number)})
    return _row(rows[0], is_short=False) if rows else None


def entries(*, matter: int, inside: bool, by: Actor) -> tuple[EntryView, ...]:
    """What was said in a matter, oldest first."""
    return tuple(
        EntryView(id=id_, at=at, speaker=speaker, is_mine=user is not None and user == by.user,
                  text=crypto.decrypt(bytes(text)), sha256=bytes(sha256).hex() if sha256 else "", inside=is_inside,
                  state=state)
        for id_, at, user, speaker, text, sha256, is_inside, state in sql.rows(ENTRIES, [matter, inside])
    )  # fmt: skip


def where_is(*, person: int, agencies: Sequence[int] | None = None) -> Place:
    """The placement a new matter of this person is about; for an agency one of its own."""
    rows = sql.rows(WHERE_HE_IS, {"person": person, "agencies": list(agencies) if agencies is not None else None})
    return Place(placement=rows[0][0], organisation=rows[0][1], mission=rows[0][2]) if rows else Place()


def by_key(*, key: str) -> str | None:
    """The number of the matter that was opened with this key."""
    return Matter.objects.filter(key=key).values_list("number", flat=True).first()


def open_by(*, user: int | None) -> int:
    """How many open matters this account has opened itself. It counts nobody else's, so that it tells of none."""
    return Matter.objects.filter(opened_by=user).exclude(state=MatterState.DONE).count()


def add(*, person: int, at: dt.datetime, place: Place, **given: Any) -> tuple[int, str] | None:
    """A new matter: its id and number; None if its key was used."""
    number = numbers.take_matter()
    values = {**given, "person": person, "at": at, "number": number, "placement": place.placement,
              "mission": place.mission}  # fmt: skip
    rows = sql.rows(ADD, values)
    return (rows[0][0], number) if rows else None


def enter(*, matter: int, text: str, speaker: str, by: Actor, at: dt.datetime, inside: bool = False, state: str = "",
          sha256: bytes | None = None) -> int:  # fmt: skip
    """Something said, never to be changed."""
    return int(sql.rows(ENTER, [matter, at, by.user, speaker, crypto.encrypt(text), sha256, inside, state])[0][0])


def move(*, matter: int, state: str, at: dt.datetime, on: dt.date, taken_by: int | None = None) -> None:
    """It stands so from now on."""
    sql.run(MOVE, {"matter": matter, "state": state, "at": at, "on": on, "taken_by": taken_by})


def _asks(by: Actor, writing: bool = False) -> dict[str, Any]:
    at = standing.desks(by=by, writing=writing)
    everyone = by.role != "system" and by.may("migrants")
    few = not (everyone or by.role == "system" or at.missions or at.agencies)
    return {**standing.params(by=by, at=at), "system": by.role == "system", "everyone": everyone, "few": few}


def _row(row: tuple[Any, ...], *, is_short: bool) -> MatterRow:
    (id_, number, kind, state, person, name, placement, placement_number, opened_on, opener, moved_at, closed_on,
     agency, family, taken_by, as_, destination, mission, mission_phone) = row  # fmt: skip
    called = crypto.decrypt(bytes(name))
    shown = masking.name(called) if is_short else called
    return MatterRow(
        id=id_, number=number, kind=kind, state=state, person=person, name=shown, placement=placement,
        placement_number=placement_number, opened_on=opened_on, opener=opener, moved_at=moved_at, closed_on=closed_on,
        agency_sees=agency, family_sees=family, taken_by=taken_by, as_=as_, destination=destination,
        mission=mission, mission_phone=mission_phone,
    )  # fmt: skip
