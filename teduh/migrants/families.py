"""Relatives whom a migrant named: kept, given a code, tried, spent, changed, ended; and whom they may look after.

It never holds a code itself. Heirs are the registry's: who may act here inherits nothing by it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.text import Text
from teduh.migrants import standing
from teduh.migrants.models import OPEN_STATES, TRIES
from teduh.security import crypto, masking

RELATIONS = {
    "spouse": Text("Istri/suami", "Wife or husband"),
    "child": Text("Anak", "Child"),
    "parent": Text("Orang tua", "Parent"),
    "sibling": Text("Saudara kandung", "Brother or sister"),
    "grandparent": Text("Kakek/nenek", "Grandparent"),
    "grandchild": Text("Cucu", "Grandchild"),
    "parent_in_law": Text("Mertua", "Parent-in-law"),
    "other": Text("Keluarga lain", "Another relative"),
}
MAY = {
    "see": Text("Melihat perlindungan dan dokumen", "See cover and papers"),
    "pay": Text("Membayar iuran", "Pay"),
    "extend": Text("Meminta perpanjangan", "Ask for an extension"),
    "speak": Text("Bicara dalam urusan", "Speak in matters"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeRow:
    """A relative as the worker sees him. `state`: waiting (for his code to be spent), expired, active."""

    id: int
    name: str
    relation: Text
    phone_masked: str
    may: tuple[str, ...]
    state: str
    named_on: dt.date
    expires_at: dt.datetime | None

    @property
    def may_names(self) -> tuple[Text, ...]:
        return tuple(MAY[word] for word in self.may)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A relative's row while something is done with it."""

    id: int
    person: int
    user: int | None
    may: tuple[str, ...]
    by: int | None
    digest: bytes | None
    is_live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAfter:
    """Somebody whom a relative looks after, no more of him than was granted."""

    relative: int
    person: int
    placement: int | None
    number: str
    name: str
    relation: Text
    may: tuple[str, ...]
    state: str
    destination: Text | None


ADD = """
INSERT INTO migrants_relative (person_id, name, relation, phone, phone_index, may, digest, expires_at, tries, named_on,
    by_id)
VALUES (%(person)s, %(name)s, %(relation)s, %(phone)s, %(phone_index)s, %(may)s, NULL, NULL, 0, %(on)s, %(by)s)
RETURNING id
"""
HOLD = """
SELECT r.id, coalesce(p.merged_into_id, p.id), r.user_id, r.may, r.by_id, r.digest,
    r.digest IS NOT NULL AND r.expires_at > %(at)s AND r.tries < %(tries)s AND r.user_id IS NULL
FROM migrants_relative r JOIN registry_person p ON p.id = r.person_id
WHERE r.id = %(relative)s AND r.ended_on IS NULL FOR UPDATE OF r
"""
SAME_PHONE = f"""
SELECT r.id, r.user_id IS NOT NULL FROM migrants_relative r
WHERE r.person_id IN ({standing.THEM}) AND r.ended_on IS NULL AND r.phone_index = %(phone_index)s ORDER BY r.id DESC
"""
OF = f"""
SELECT r.id, r.name, r.relation, r.phone, r.may, r.named_on, r.expires_at,
    CASE WHEN r.user_id IS NOT NULL THEN 'active'
         WHEN r.digest IS NOT NULL AND r.tries < %(tries)s
              AND (%(at)s::timestamptz IS NULL OR r.expires_at > %(at)s::timestamptz) THEN 'waiting'
         ELSE 'expired' END
FROM migrants_relative r WHERE r.person_id IN ({standing.THEM}) AND r.ended_on IS NULL ORDER BY r.id
"""
#: Each migrant once, with the placement that is open, or else the last.
MINE = """
SELECT r.id, s.id, pl.id, coalesce(pl.number, ''), s.name, r.relation, r.may, coalesce(pl.state, ''),
    d.name_id, d.name_en
FROM migrants_relative r JOIN registry_person o ON o.id = r.person_id
JOIN registry_person s ON s.id = coalesce(o.merged_into_id, o.id)
LEFT JOIN LATERAL (SELECT x.* FROM migrants_placement x JOIN registry_person q ON q.id = x.person_id
    WHERE coalesce(q.merged_into_id, q.id) = s.id ORDER BY x.state = ANY(%(open)s) DESC, x.id DESC LIMIT 1) pl ON TRUE
LEFT JOIN migrants_destination d ON d.code = pl.destination_id
WHERE r.user_id = %(user)s AND r.ended_on IS NULL ORDER BY r.id
"""
#: Who has spent his code and may do one of these things, by whom he looks after; a member by his record, anybody else
#: by the mobile number he signs in with, or the one he was named with.
REACHED = """
SELECT r.id, s.id, s.name, r.may, r.user_id, coalesce(h.merged_into_id, h.id), u.username, r.phone
FROM migrants_relative r JOIN registry_person o ON o.id = r.person_id
JOIN registry_person s ON s.id = coalesce(o.merged_into_id, o.id)
JOIN security_user u ON u.id = r.user_id AND u.is_active
LEFT JOIN registry_account a ON a.user_id = u.id LEFT JOIN registry_person h ON h.id = a.person_id
WHERE r.person_id IN (SELECT q.id FROM registry_person q WHERE coalesce(q.merged_into_id, q.id) = ANY(%s))
  AND r.ended_on IS NULL AND r.may && %s::varchar[] ORDER BY r.id
"""
MOBILE = re.compile(r"\+\d{8,15}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A relative to be told something: `member` is his own record, or `phone` where he is not on record."""

    relative: int
    person: int
    short_name: str
    may: tuple[str, ...]
    user: int
    member: int | None
    phone: str


def add(*, person: int, name: str, relation: str, phone: str | None, may: Sequence[str], on: dt.date,
        by: int | None) -> int:  # fmt: skip
    """A relative without a code yet; gives his number."""
    given = {
        "person": person, "name": crypto.encrypt(name), "relation": relation, "may": list(may), "on": on, "by": by,
        "phone": crypto.encrypt(phone) if phone else None, "phone_index": _index(phone),
    }  # fmt: skip
    return int(sql.rows(ADD, given)[0][0])


def known(*, person: int, phone: str | None) -> tuple[int, bool] | None:
    """The open relative of this person with this phone, and whether he has spent his code."""
    if not phone:
        return None
    rows = sql.rows(SAME_PHONE, {"person": person, "phone_index": _index(phone)})
    return (rows[0][0], rows[0][1]) if rows else None


def name_again(*, relative: int, name: str, relation: str, may: Sequence[str], on: dt.date, by: int | None) -> None:
    """A relative who has not spent his code yet, named once more."""
    sql.run(
        "UPDATE migrants_relative SET name = %s, relation = %s, may = %s, named_on = %s, by_id = %s WHERE id = %s",
        [crypto.encrypt(name), relation, list(may), on, by, relative],
    )


def give_code(*, relative: int, code: str, expires: dt.datetime) -> None:
    """This code and no older one lets somebody be this relative."""
    sql.run(
        "UPDATE migrants_relative SET digest = %s, expires_at = %s, tries = 0 WHERE id = %s AND user_id IS NULL",
        [_digest(relative, code), expires, relative],
    )


def hold(*, relative: int, at: dt.datetime) -> Held | None:
    """An open relative's row, held until the transaction ends."""
    rows = sql.rows(HOLD, {"relative": relative, "at": at, "tries": TRIES})
    if not rows:
        return None
    id_, person, user, may, by, digest, is_live = rows[0]
    return Held(id=id_, person=person, user=user, may=tuple(may), by=by, is_live=is_live,
                digest=bytes(digest) if digest else None)  # fmt: skip


def try_code(*, relative: int, code: str, at: dt.datetime) -> Held | None:
    """The row if the code is right; otherwise the try counts, and the fifth ends the code. Two at once follow one
    another: the row is held."""
    held = hold(relative=relative, at=at)
    if held is None or not held.is_live:
        return None
    if held.digest == _digest(relative, code):
        return held
    sql.run("UPDATE migrants_relative SET tries = tries + 1 WHERE id = %s", [relative])
    return None


def spend(*, held: Held, user: int, on: dt.date) -> None:
    """This account is this relative from now on; what it was to the same person before has ended."""
    sql.run(
        "UPDATE migrants_relative SET ended_on = greatest(named_on, %s) WHERE user_id = %s AND ended_on IS NULL "
        "AND person_id IN (SELECT id FROM registry_person WHERE coalesce(merged_into_id, id) = %s)",
        [on, user, held.person],
    )
    sql.run("UPDATE migrants_relative SET user_id = %s, digest = NULL WHERE id = %s", [user, held.id])


def allow(*, relative: int, may: Sequence[str]) -> None:
    """What a relative may do from now on."""
    sql.run("UPDATE migrants_relative SET may = %s WHERE id = %s", [list(may), relative])


def end(*, relative: int, on: dt.date) -> None:
    """He may nothing any more, and no code of his opens anything."""
    sql.run(
        "UPDATE migrants_relative SET ended_on = greatest(named_on, %s), digest = NULL WHERE id = %s", [on, relative]
    )


def count(*, person: int) -> int:
    """How many open relatives a person has."""
    found = sql.rows(
        f"SELECT count(*) FROM migrants_relative WHERE person_id IN ({standing.THEM}) AND ended_on IS NULL",
        {"person": person},
    )
    return int(found[0][0])


def of(*, person: int, at: dt.datetime | None = None) -> tuple[RelativeRow, ...]:
    """A person's open relatives in the order in which he named them; without `at` a code's end is not looked at."""
    rows = sql.rows(OF, {"person": person, "at": at, "tries": TRIES})
    return tuple(_relative(*row) for row in rows)


def mine(*, user: int | None) -> tuple[LookedAfter, ...]:
    """Whom this account looks after."""
    rows = sql.rows(MINE, {"user": user, "open": [str(state) for state in OPEN_STATES]})
    return tuple(_migrant(*row) for row in rows)


def reached(*, persons: Sequence[int], may: Sequence[str]) -> tuple[Reached, ...]:
    """The relatives of these people (as who they are now) who may do one of these things and can be told something."""
    found = []
    for relative, person, name, words, user, member, username, phone in sql.rows(REACHED, [list(persons), list(may)]):
        number = username if MOBILE.fullmatch(username) else crypto.decrypt(bytes(phone)) if phone else ""
        if member is not None or number:
            short = masking.name(crypto.decrypt(bytes(name)))
            found.append(Reached(relative=relative, person=person, short_name=short, may=tuple(words), user=user,
                                 member=member, phone="" if member is not None else number))  # fmt: skip
    return tuple(found)


def _relative(id_: int, name: bytes, relation: str, phone: bytes | None, may: Sequence[str], named_on: dt.date,
              expires_at: dt.datetime | None, state: str) -> RelativeRow:  # fmt: skip
    return RelativeRow(
        id=id_, name=crypto.decrypt(name), relation=_relation(relation), may=tuple(may), state=state,
        phone_masked=masking.phone(crypto.decrypt(phone)) if phone else "", named_on=named_on,
        expires_at=expires_at if state == "waiting" else None,
    )  # fmt: skip


def _migrant(relative: int, person: int, placement: int | None, number: str, name: bytes, relation: str,
             may: Sequence[str], state: str, name_id: str | None, name_en: str | None) -> LookedAfter:  # fmt: skip
    sees = "see" in may
    return LookedAfter(
        relative=relative, person=person, placement=placement, number=number, name=crypto.decrypt(name),
        relation=_relation(relation), may=tuple(may), state=state if sees else "",
        destination=Text(name_id, name_en or name_id) if name_id and sees else None,
    )  # fmt: skip


def _relation(word: str) -> Text:
    return RELATIONS.get(word, RELATIONS["other"])


def _index(phone: str | None) -> bytes | None:
    return crypto.blind("phone", phone) if phone else None


def _digest(relative: int, code: str) -> bytes:
    return crypto.blind("relative", f"{relative}:{code}")
