"""Keeps what was told about an employment's end: by whom, and what came of it."""

from __future__ import annotations

import datetime as dt

from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers.models.employment import LEAVING_MOVES, Employment, Leaving, LeavingState
from teduh.security import actions as security
from teduh.security.access import Actor


def hold(*, employment: int) -> Employment:
    """The employment, held until the transaction ends."""
    found = Employment.objects.select_for_update().filter(id=employment).first()
    if found is None:
        raise not_found(Text("Hubungan kerja ini tidak ditemukan.", "There is no such employment."))
    return found


def told(*, employment: int) -> Leaving | None:
    """What was told of this employment and is not decided yet."""
    waits = (LeavingState.WAITING, LeavingState.DISPUTED)
    return Leaving.objects.filter(employment=employment, state__in=waits).order_by("-id").first()


def tell(
    *, employment: int, ended_on: dt.date, cause: str, teller: str, state: str, text: str | None, by: Actor,
    on: dt.date, why: str = "",
) -> Leaving:  # fmt: skip
    """Somebody says that it ended."""
    decided = on if state == LeavingState.ACCEPTED else None
    made = Leaving.objects.create(
        employment_id=employment, ended_on=ended_on, cause=cause, teller=teller, text=text or None, state=state,
        told_on=on, by_id=by.user, decided_on=decided, decided_by_id=by.user if decided else None, why=why[:200],
    )  # fmt: skip
    _recorded("leaving.told", made, by, on, why)
    return made


def locked(*, leaving: int) -> Leaving:
    """What was told, held until the transaction ends."""
    found = Leaving.objects.select_for_update().filter(id=leaving).first()
    if found is None:
        raise not_found(Text("Pernyataan berhenti ini tidak ditemukan.", "There is no such word of leaving."))
    return found


def move(*, leaving: Leaving, to: str, by: Actor, on: dt.date, why: str = "") -> Leaving:
    """Its next state, or a refusal if it may not follow."""
    if to not in LEAVING_MOVES[leaving.state]:
        raise Refused(
            "leaving_already_decided",
            Text("Pernyataan berhenti ini sudah dijawab atau diputuskan.", "This was answered or decided already."),
            then=Text("Muat ulang halamannya.", "Load the page again."),
            status=409,
        )
    leaving.state, leaving.why = to, why[:200]
    leaving.decided_on, leaving.decided_by_id = on, by.user
    leaving.save(update_fields=["state", "why", "decided_on", "decided_by"])
    _recorded(f"leaving.{to}", leaving, by, on, why)
    return leaving


def replace(*, employment: int, by: Actor, on: dt.date, why: str) -> Leaving | None:
    """The accepted word holds no more; all that it said stays as it was said. None where nobody had said a word."""
    found = Leaving.objects.select_for_update().filter(employment=employment, state=LeavingState.ACCEPTED).first()
    if found is not None:
        found.state = LeavingState.REPLACED
        found.save(update_fields=["state"])
        _recorded("leaving.replaced", found, by, on, why)
    return found


def _recorded(action: str, leaving: Leaving, by: Actor, on: dt.date, why: str) -> None:
    subjects = [f"employment:{leaving.employment_id}"]
    security.record(by=by, action=action, subjects=subjects, why=why, detail={"on": on.isoformat()})
