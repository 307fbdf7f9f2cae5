"""The departure gate asks: is she covered if she leaves on that day? One at a time, or a departure list at once."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AfterValidator, Field

from teduh.api import inputs, migrants_inputs, shapes
from teduh.api.door import operation
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import gate, gate_checks

router = Router(tags=["departure gate"])


class GateCheck(shapes.Out):
    """One thing looked at: fine, not fine, or not known (null); with its articles and what to do about it."""

    code: str
    ok: bool | None
    text: shapes.Words
    articles: list[str]
    next: shapes.Words | None


shapes.PLAIN[gate_checks.Check] = GateCheck
GateAnswer = shapes.of(gate.GateAnswer, omit=("placement",))
#: A government's gate or mission asks about anybody, an agency about its own.
GATE = ("gate", "own_placements")
Nik = Annotated[str, Query(pattern=r"^([0-9]{16})?$", examples=["3301015207940003"])]
PassportQuery = Annotated[
    str, Query(max_length=30, pattern=r"^[^\u0000]*$", examples=["C1234567"]), AfterValidator(inputs.storable)
]
Number = Annotated[str, Query(pattern=r"^(M[0-9]{11})?$", examples=["M10000000016"])]
Day = Annotated[dt.date | None, Query(description="The day of departure; today, unless given.")]


class GateQuestion(inputs.In):
    """By NIK, passport or the placement's number; where more than one is given they must be of one person."""

    nik: Annotated[str, Field(pattern=r"^([0-9]{16})?$", examples=["3301015207940003"])] = ""
    passport: migrants_inputs.Passport = ""
    number: Annotated[str, Field(pattern=r"^(M[0-9]{11})?$")] = ""


class OneAtTheGate(GateQuestion):
    departs_on: dt.date | None = None


class DepartureList(inputs.In):
    departs_on: dt.date | None = None
    people: Annotated[list[GateQuestion], Field(min_length=1, max_length=gate.MOST)]


@operation(router, "GET", "/gate", needs=GATE, out=GateAnswer)
def ask_gate(
    request: HttpRequest, nik: Nik = "", passport: PassportQuery = "", number: Number = "", departs_on: Day = None
) -> Any:
    """Whether somebody is covered on the day of departure: yes, no or unsure, with the reason and what to do.

    Give the NIK, the passport or the placement's number. Each asking is recorded. A POST does the same where these
    should not stand in an address.
    """
    return _asked(request, GateQuestion(nik=nik, passport=passport, number=number), departs_on)


@operation(
    router, "POST", "/gate", needs=GATE, out=GateAnswer,
    example={"nik": "3301015207940003", "passport": "C1234567", "departs_on": "2026-04-20"},
)  # fmt: skip
def ask_gate_in_body(request: HttpRequest, body: OneAtTheGate) -> Any:
    """The same question, with NIK and passport in the body instead of the address."""
    return _asked(request, body, body.departs_on)


@operation(router, "POST", "/gate/list", needs=GATE, out=list[GateAnswer])  # type: ignore[valid-type]
def ask_gate_about_many(request: HttpRequest, body: DepartureList) -> Any:
    """A departure list: an answer for each row, in its order."""
    asked = [_said(one) for one in body.people]
    return gate.many(by=actor(request), on=clock.today(), asked=asked, departs_on=body.departs_on)


def _asked(request: HttpRequest, question: GateQuestion, day: dt.date | None) -> gate.GateAnswer:
    one = _said(question)
    if one == gate.Asked():
        raise Refused(
            "nothing_to_look_for",
            Text("NIK, paspor, atau nomor penempatan belum diisi.", "No NIK, passport or placement number is given."),
            then=Text("Isi salah satu.", "Give one of them."),
            field="nik",
        )
    return gate.many(by=actor(request), on=clock.today(), asked=[one], departs_on=day)[0]


def _said(question: GateQuestion) -> gate.Asked:
    return gate.Asked(nik=question.nik or None, passport=question.passport or None, number=question.number or None)
