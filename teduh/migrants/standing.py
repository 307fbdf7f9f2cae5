"""As what somebody stands to a migrant: himself, his family, a mission, an agency, an officer; and through which desks.

It shows nothing of the migrant. `access` says what each may do with a placement; matters and relatives need to know who
speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.migrants import access
from teduh.migrants.models import OrganisationKind
from teduh.security.access import Actor

WORKER, FAMILY, MISSION, OFFICER, AGENCY, SYSTEM = "worker", "family", "mission", "officer", "agency", "system"
#: Who may note a mission's statement by his word alone; others hand in its file.
STATES_FOR_A_MISSION = (MISSION, OFFICER, SYSTEM)
NAMES = {
    WORKER: Text("Pekerja", "Worker"),
    FAMILY: Text("Keluarga", "Family"),
    MISSION: Text("Perwakilan RI", "Indonesian mission"),
    OFFICER: Text("Petugas BPJS", "Fund officer"),
    AGENCY: Text("Perusahaan penempatan", "Placement agency"),
    SYSTEM: Text("Sistem", "System"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """Where an account acts: missions, the destinations these serve, and those who place (agencies, the government)."""

    missions: tuple[int, ...] = ()
    serves: tuple[str, ...] = ()
    agencies: tuple[int, ...] = ()


#: All records of one person, he who lives on and who was merged into him.
THEM = """
SELECT o.id FROM registry_person o JOIN registry_person p ON p.id = %(person)s
WHERE coalesce(o.merged_into_id, o.id) = coalesce(p.merged_into_id, p.id)
"""
STANDING = f"""
WITH them AS ({THEM})
SELECT (SELECT min(coalesce(p.merged_into_id, p.id)) FROM registry_person p JOIN them ON them.id = p.id),
    %(me)s::bigint IN (SELECT id FROM them),
    (SELECT r.may FROM migrants_relative r JOIN them ON them.id = r.person_id
     WHERE r.user_id = %(user)s AND r.ended_on IS NULL LIMIT 1),
    EXISTS (SELECT FROM migrants_placement pl JOIN them ON them.id = pl.person_id
            WHERE pl.organisation_id = ANY(%(missions)s) OR pl.destination_id = ANY(%(serves)s)),
    EXISTS (SELECT FROM migrants_placement pl JOIN them ON them.id = pl.person_id
            WHERE pl.organisation_id = ANY(%(agencies)s))
"""
SAME = """
SELECT o.id, coalesce(o.merged_into_id, o.id) FROM registry_person o WHERE coalesce(o.merged_into_id, o.id) IN
    (SELECT coalesce(merged_into_id, id) FROM registry_person WHERE id = ANY(%s))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The person as who he is now, as what the asker stands to him, and what a relative may do."""

    person: int
    as_: str
    may: frozenset[str] = frozenset()


def desks(*, by: Actor, writing: bool = False) -> Desks:
    """The organisations an account acts for; `writing` leaves out those where it may only read."""
    rows = [row for row in access.desks_of(by=by) if not writing or "tell" in access.DESK_MAY[row.role]]
    missions = [row for row in rows if row.kind == OrganisationKind.MISSION and by.may("mission")]
    return Desks(
        missions=tuple(row.organisation for row in missions),
        serves=tuple(sorted({code for row in missions for code in row.serves})),
        agencies=tuple(row.organisation for row in rows if row.kind != OrganisationKind.MISSION),
    )


def teller(*, by: Actor) -> str:
    """As what an account tells something of a placement, from its role alone."""
    if by.role in ("agency", "mission", "family", "officer"):
        return by.role
    return WORKER if by.role == "member" else SYSTEM


def params(*, by: Actor, at: Desks) -> dict[str, Any]:
    """What statements about the asker's standing are given."""
    return {
        "me": by.person if by.may("self") else None, "user": by.user if by.may("family") else None,
        "missions": list(at.missions), "serves": list(at.serves), "agencies": list(at.agencies),
    }  # fmt: skip


def to_person(*, person: int, by: Actor, writing: bool = False) -> Standing:
    """As what the asker stands to this person; who is nothing to him finds nobody (404)."""
    found = sql.rows(STANDING, {"person": person, **params(by=by, at=desks(by=by, writing=writing))})
    lives, himself, may, mission, agency = found[0]
    if lives is None:
        raise nobody()
    if himself:
        return Standing(person=lives, as_=WORKER)
    if may is not None:
        return Standing(person=lives, as_=FAMILY, may=frozenset(may))
    if by.role == "system":
        return Standing(person=lives, as_=SYSTEM)
    if by.may("migrants"):
        return Standing(person=lives, as_=OFFICER)
    if mission or agency:
        return Standing(person=lives, as_=MISSION if mission else AGENCY)
    raise nobody()


def same_persons(*, persons: Sequence[int]) -> dict[int, int]:
    """Every record of each of these people, and who he is now."""
    rows = sql.rows(SAME, [list(persons)])
    return dict(rows)


def nobody() -> Refused:
    """There is no such worker, or he is not the asker's to see; both read the same."""
    return not_found(
        Text("Pekerja ini tidak ditemukan.", "There is no such worker."),
        Text("Periksa nomornya, atau minta petugas.", "Check the number, or ask an officer."),
    )
