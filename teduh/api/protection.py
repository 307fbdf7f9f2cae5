"""The fast check of a hospital's desk: is this person protected on this day, for what, and until when."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from teduh.api import inputs, seeing, shapes
from teduh.api.door import operation
from teduh.api.inputs import WhyQuery
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.coverage import queries as coverage
from teduh.registry import queries as registry
from teduh.security import actions as audit
from teduh.security import crypto

router = Router(tags=["protection"])
Cover = shapes.of(coverage.ProgrammeCover, omit=("notes", "due_until"))


class Check(shapes.Out):
    """The least that is needed to decide at a desk; it names nobody."""

    protected: bool = Field(description="Whether a claim of that day would find cover, whoever pays first.")
    state: str = Field(
        description="protected; employer_owes (the fund pays); returning (a migrant's month to go home); grace; "
        "employer_pays_first (he is more than 3 months behind: he pays, the worker stays entitled); ended; lapsed; "
        "never"
    )
    only: list[str] = Field(description="The programmes that protect, where not JKK and JKM both do.")
    on: dt.date
    protected_until: dt.date | None
    grace_until: dt.date | None
    programmes: list[Cover]  # type: ignore[valid-type]


Nik = Annotated[str, Query(pattern=r"^([0-9]{16})?$", examples=["3273014107900007"])]
Number = Annotated[str, Query(pattern=r"^([0-9]{11})?$", examples=["26000000017"])]


@operation(router, "GET", "/protection", needs=("everyone", "own_people", "self"), out=Check, may_fail=(404,))
def protection(
    request: HttpRequest,
    why: WhyQuery,
    nik: Nik = "",
    member_number: Number = "",
    on: Annotated[dt.date | None, Query()] = None,
) -> Any:
    """Whether somebody is protected on a day (today, unless named). Give the NIK or the member number."""
    who, day = actor(request), inputs.day(on, clock.today())
    found = _by_nik(nik, day) if nik else _by_number(member_number, day)
    if found is None or not (who.may("everyone") or registry.rows(actor=who, why=why, persons=[found.person])):
        raise not_found(seeing.NOBODY)
    audit.record(by=who, action="protection.read", subjects=[f"person:{found.person}"], why=why)
    return Check(
        protected=found.is_protected, state=found.state, only=list(found.only), on=day,
        protected_until=found.protected_until, grace_until=found.grace_until, programmes=list(found.programmes),
    )  # fmt: skip


def _by_nik(nik: str, day: dt.date) -> coverage.Protection | None:
    return coverage.is_protected(nik_index=crypto.blind("nik", nik), on=day)


def _by_number(number: str, day: dt.date) -> coverage.Protection | None:
    if not number:
        raise Refused(
            "nothing_to_look_for",
            Text("NIK atau nomor peserta belum diisi.", "Neither NIK nor member number is given."),
            then=Text("Isi salah satu.", "Give one of them."),
            field="nik",
        )
    who = registry.by_member_number(number=number)
    return None if who is None else coverage.protection(person=who, on=day)
