"""Rows of a list on their way to the register: who is known, what the law says of each, who can be registered now.

A check looks only at the sender's own people. What the register holds of anybody else shows at the commit alone, and
then only as a row that an officer looks at first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.journeys.migrants import list_refusals, register
from teduh.law.messages import Reason
from teduh.migrants.exchange import keeping, matching, reading
from teduh.migrants.exchange.keeping import Kept
from teduh.migrants.exchange.matching import Matched
from teduh.migrants.exchange.rows import Row, Sender
from teduh.migrants.facts import NewAgreement, NewMigrant
from teduh.migrants.models import OPEN_STATES, ListPurpose, Match, OrganisationKind, PlacementList, RowState
from teduh.registry import names
from teduh.security import crypto
from teduh.security.access import Actor

#: What the register holds of these NIKs, whoever's people they are; for the commit only.
HELD = """
SELECT k.index, p.name, p.birth_date, m.id, m.number, coalesce({scope}, FALSE)
FROM unnest(%(keys)s::bytea[]) AS k (index)
CROSS JOIN LATERAL (SELECT coalesce(merged_into_id, id) AS id FROM registry_person WHERE nik_index = k.index
    ORDER BY merged_into_id NULLS FIRST LIMIT 1) r
JOIN registry_person p ON p.id = r.id
LEFT JOIN LATERAL (SELECT * FROM migrants_placement WHERE person_id = p.id AND state = ANY(%(open)s) LIMIT 1) m ON TRUE
"""
#: Refusals that would tell a sender of people who are not his.
TELLING = frozenset({"placement_is_open", "nik_of_somebody_else"})
Outcome = tuple[int, str, str, int | None, bytes | None]


class Held(NamedTuple):
    """Somebody on record: name, birth date, and his open placement (with whether it is the sender's to see)."""

    name: str
    birth_date: dt.date
    placement: int | None
    number: str | None
    is_theirs: bool


def check(*, rows: Sequence[Row], sender: Sender, on: dt.date) -> dict[int, Matched]:
    """Say of each row whether he is known through this sender, and what the law says of who is not."""
    usable = [row for row in rows if row.is_usable]
    matched = matching.find(usable, sender=sender, decided={})
    for row in usable:
        _known(row, matched[row.number])
        if row.is_usable:
            _lawful(row, sender, on)
        reading.judge(row, ListPurpose.ENTER)
    return matched


def _known(row: Row, found: Matched) -> None:
    one = found.ours
    if one is None or row.state == RowState.REPEATED:
        return
    is_his = not matching.has_other_nik(row, one)
    if found.match == Match.UNSURE and is_his:
        row.say("known_unlike", "nik", number=one.number)
    elif is_his and one.is_open:
        row.say("known", "nik", number=one.number)
        row.state = RowState.KNOWN
    elif not is_his:
        same_paper = row.values["passport"] and row.values["passport"] == one.passport
        row.say("passport_known" if same_paper else "maybe_known", "passport" if same_paper else "name",
                number=one.number)  # fmt: skip


def _lawful(row: Row, sender: Sender, on: dt.date) -> NewMigrant | None:
    """Who he would be registered as; None, with what there is to say, where a field or the law stands against it."""
    try:
        newcomer = newcomer_of(row, sender=sender, on=on)
        decision = register.decide(newcomer=newcomer, on=on)
    except Refused as refused:
        why, then = refused.what, refused.then
        row.say("not_accepted", refused.field, why=why.id, why_en=why.en, then=then.id, then_en=then.en)
        return None
    if decision.outcome == "refused":
        row.say("by_law", **_joined(decision.reasons))
        return None
    if decision.waits_for:
        row.say("waits", **_joined(decision.waits_for))
    elif decision.outcome == "conditional":
        row.say("condition", **_joined(decision.reasons))
    return newcomer


def _joined(reasons: Sequence[Reason]) -> dict[str, str]:
    return {"why": " ".join(one.id for one in reasons), "why_en": " ".join(one.en for one in reasons)}


def newcomer_of(row: Row, *, sender: Sender, on: dt.date) -> NewMigrant:
    """The row as somebody to be registered; `Refused` by field if it cannot be. The list states everybody's consent."""
    got = row.values
    departed = row.day("departs_on")
    abroad = sender.is_mission or (departed is not None and departed <= on)
    if abroad and not sender.is_mission and not any(one.code == "left_already" for one in row.findings):
        row.say("left_already", "departs_on", read=departed)
    starts, ends = row.day("starts"), row.day("ends")
    agreement = None
    if starts and ends:
        agreement = NewAgreement(starts=starts, ends=ends, employer=got["employer"] or "", job=got["job"] or "",
                                 employer_address=got["employer_address"] or "")  # fmt: skip
    scheme, organisation = _scheme(sender, got["agency"])
    return NewMigrant(
        nik=got["nik"], name=got["name"], birth_date=row.day("birth_date") or on, sex=got["sex"], phone=got["phone"],
        email=got["email"], scheme=scheme, organisation=organisation, destination=got["destination"] or "",
        abroad=abroad, passport=got["passport"], passport_until=row.day("passport_until"), agreement=agreement,
        home_region=got["lives_in"], consent=True, number=row.number,
    )  # fmt: skip


def _scheme(sender: Sender, agency: int | None) -> tuple[str, int | None]:
    """Through whom: the sender itself, or for a mission's list the agency that the row names, or nobody."""
    if not sender.is_mission:
        return ("government" if sender.kind == OrganisationKind.GOVERNMENT else "agency"), sender.organisation
    return ("agency", agency) if agency else ("own", None)


def commit(*, of: PlacementList, sender: Sender, by: Actor, on: dt.date, at: dt.datetime) -> None:
    """Register everybody who is ready, all in the caller's transaction. What the register holds now decides."""
    kept = keeping.rows_of(list_=of.id, states=[RowState.READY, RowState.WARNED])
    held = _held([one.row for one in kept], sender)
    ready: list[tuple[Kept, NewMigrant]] = []
    outcomes: list[Outcome] = []
    for one in kept:
        record = held.get(one.row.values["nik"])
        if stands := _stands_against(one, record):
            outcomes.append(stands)
        elif newcomer := _lawful_now(one, sender, on):
            ready.append((one, newcomer))
        else:
            outcomes.append((one.id, str(RowState.MEND), one.match, None, keeping.findings(one.row)))
    done = _registered(ready, of, sender, by, on, at) if ready else []
    for (one, _), made in zip(ready, done, strict=True):
        one.row.say("entered", number=made.number)
        outcomes.append((one.id, str(RowState.ENTERED), one.match, made.placement, keeping.findings(one.row)))
    keeping.mark(outcomes=outcomes)


def _registered(
    ready: Sequence[tuple[Kept, NewMigrant]], of: PlacementList, sender: Sender, by: Actor, on: dt.date, at: dt.datetime
) -> list[register.Registered]:
    """All of them at once. Whom somebody else registers in this very moment is found when it is done again."""
    try:
        return register.register_many(
            newcomers=[newcomer for _, newcomer in ready], organisation=sender.organisation, by=by, on=on, at=at,
            keys=[f"list:{of.id}:{one.row.number}" for one, _ in ready], why=f"list {of.id}",
        )  # fmt: skip
    except Refused as refused:
        raise (list_refusals.try_again() if refused.code in TELLING else refused) from refused


def is_held_back(*, row: Row, sender: Sender) -> bool:
    """Whether what the register holds stands against registering this row; why, an officer sees."""
    record = _held([row], sender).get(row.values["nik"])
    return _stands_against(Kept(0, row, str(Match.NONE), None), record) is not None


def _lawful_now(one: Kept, sender: Sender, on: dt.date) -> NewMigrant | None:
    """The law of this day; what the check said of it before is said anew."""
    one.row.findings = [said for said in one.row.findings if said.code not in ("waits", "condition")]
    return _lawful(one.row, sender, on)


def _held(rows: Sequence[Row], sender: Sender) -> Mapping[str, Held]:
    condition, params = matching.scope(sender)
    keys = {crypto.blind("nik", row.values["nik"]): row.values["nik"] for row in rows}
    params |= {"keys": list(keys), "open": [str(state) for state in OPEN_STATES]}
    found = sql.rows(HELD.format(scope=condition), params) if keys else []
    return {keys[bytes(index)]: Held(crypto.decrypt(bytes(name)), *rest) for index, name, *rest in found}


def _stands_against(one: Kept, record: Held | None) -> Outcome | None:
    """Registered by this sender meanwhile: known. Anybody else's, or another name under the NIK: an officer looks."""
    if record is None:
        return None
    if record.placement and record.is_theirs:
        one.row.say("known", "nik", number=record.number)
        return (one.id, str(RowState.KNOWN), str(Match.NIK), record.placement, keeping.findings(one.row))
    alike = names.compare(one.row.values["name"], record.name).is_alike
    if record.placement or not alike or record.birth_date != one.row.day("birth_date"):
        one.row.say("with_officer", "nik")
        return (one.id, str(RowState.MEND), str(Match.NONE), None, keeping.findings(one.row))
    return None
