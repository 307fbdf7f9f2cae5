"""Placements abroad: registering one or many, reading them, telling what happened; alone, or by agency or mission."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AfterValidator, Field

from teduh.api import inputs, migrants_inputs, shapes
from teduh.api.door import operation
from teduh.api.migrants_inputs import DESKS, WHO, MigrantRow, NumberPath, PlacementNumbers, PlacementView, Purpose
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.journeys.migrants import agreements, family, life, onward, people, picture, register, timeline
from teduh.law.messages import Reason
from teduh.migrants import queries
from teduh.migrants.words import CAUSES

router = Router(tags=["migrant workers"])
Destination = shapes.PLAIN[queries.DestinationView] = shapes.of(queries.DestinationView)
Organisation = shapes.of(queries.OrganisationRow, omit=("id", "phone", "email"))
Registered: Any = shapes.of(
    register.Registered, name="RegisteredPlacement", omit=("placement", "person"), also=(("may_pay", bool),)
)
Person = shapes.PLAIN[people.PersonRow] = shapes.of(people.PersonRow, name="PlacementRow", omit=("placement", "person"))
People = shapes.of(people.People, name="PlacementsPage", also=(("total", int),))
Timeline = shapes.of(timeline.Timeline)
Offer = shapes.of(onward.Offer)
MigrantOfMine = shapes.of(family.MigrantOfMine, omit=("placement", "person"))
shapes.PLAIN[picture.Ending] = shapes.of(picture.Ending, name="EndingByDestination")
Picture = shapes.of(picture.Picture)
LawReason = shapes.of(Reason)
NO_PLACEMENT = Text("Belum ada penempatan pada akun ini.", "This account has no placement.")
EventWord: Any = Literal[tuple(life.MOVES)]
CauseWord: Any = Literal[tuple(CAUSES)]
Page = Annotated[
    str,
    Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}~[0-9]{1,18})?$", description="`after` of the page before."),
    AfterValidator(inputs.storable),
]
Code = Annotated[str, Query(pattern=r"^([A-Z]{2})?$", description="A destination.", examples=["TW"])]
Days = Annotated[int, Query(ge=0, le=366, description="With `ending`: within so many days.")]
OWN = {
    "nik": "3301015207940003", "name": "Wahyuni", "birth_date": "1994-07-12", "sex": "F", "phone": "081234567890",
    "scheme": "own", "destination": "TW", "passport": "C1234567", "passport_until": "2029-01-31",
    "agreement": {"starts": "2026-05-01", "ends": "2028-04-30", "employer": "Chang Family", "job": "Perawat lansia"},
    "consent": True,
}  # fmt: skip


class NewPlacement(MigrantRow):
    """One who registers, with his consent to what is read to him."""

    scheme: Literal["agency", "government", "own"] = "own"
    organisation: migrants_inputs.OrganisationCode | None = Field(
        default=None, description="Who places him; an agency's own account may leave it out."
    )
    consent: bool = Field(default=False, description="He agreed to membership, the identity check and messages.")


class NewPlacements(inputs.In):
    """People of one organisation, who has their consent: all are registered, or none."""

    scheme: Literal["agency", "government", "own"] = "agency"
    organisation: migrants_inputs.OrganisationCode | None = None
    consent: Literal[True]
    rows: Annotated[list[MigrantRow], Field(min_length=1, max_length=migrants_inputs.MOST_MANY)]


class LawSays(shapes.Out):
    """What the law says of somebody who would register today."""

    outcome: str = Field(description="eligible, conditional or refused")
    reasons: list[LawReason]  # type: ignore[valid-type]
    waits_for: list[LawReason]  # type: ignore[valid-type]
    not_covered: list[LawReason]  # type: ignore[valid-type]


class PlacementEvent(inputs.In):
    """Something that happened. Told twice, it counts once."""

    kind: EventWord
    on: dt.date = Field(description="The day on which it happened.")
    note: inputs.text(1_000) = ""  # type: ignore[valid-type]
    cause: CauseWord | None = Field(default=None, description="Of an early end.")


class PlacementEvents(PlacementEvent):
    placements: PlacementNumbers


class EventCorrection(inputs.In):
    kind: Literal[tuple(life.CORRECTED)]  # type: ignore[valid-type]
    on: dt.date | None = Field(default=None, description="The right day; null: it did not happen.")
    why: inputs.Why


class PlacementMove(inputs.In):
    agreement: migrants_inputs.WorkAgreement
    destination: migrants_inputs.DestinationCode | None = Field(default=None, description="Null: the same country.")


class ToldMany(shapes.Out):
    """How many were told anew; those who were told before are not counted."""

    told: int


@operation(router, "GET", "/destinations", needs=(), out=list[Destination])  # type: ignore[valid-type]
def list_destinations(request: HttpRequest, search: migrants_inputs.Sought = "") -> Any:
    """Countries and territories with their time zone and currency, where most migrants are first."""
    return queries.destinations(search=search)


@operation(router, "GET", "/organisations", needs=(), out=list[Organisation])  # type: ignore[valid-type]
def list_organisations(
    request: HttpRequest,
    kind: Annotated[Literal["", "agency", "government", "mission"], Query()] = "",
    search: migrants_inputs.Sought = "",
) -> Any:
    """Agencies (P3MI), the government's placement, and missions with the destinations they look after."""
    return queries.organisations(kind=kind, search=search)


@operation(router, "GET", "/migrants/picture", needs=(), out=Picture)
def migrants_picture(request: HttpRequest) -> Any:
    """How many are protected beside how many there are estimated to be, by destination and home.

    Counts of a few people are hidden from whoever is not of the fund's staff.
    """
    return picture.picture(by=actor(request), on=clock.today())


@operation(router, "POST", "/placements/decide", needs=WHO, out=LawSays, example=OWN, may_fail=(404,))
def decide_placement(request: HttpRequest, body: NewPlacement) -> Any:
    """What the law says of somebody who would register today, and what the cover would not give. Nothing is stored."""
    return register.decide(newcomer=_newcomer(request, body), on=clock.today())


@operation(
    router, "POST", "/placements", needs=WHO, out=Registered, status=201, idempotent=True, may_fail=(404,), example=OWN
)
def register_placement(request: HttpRequest, body: NewPlacement, why: Purpose = "") -> Any:
    """Register one, before departure or from abroad. The answer says what is waited for, and what is not covered."""
    return register.register(
        newcomer=_newcomer(request, body), by=actor(request), on=clock.today(), at=clock.now(), why=why
    )


@operation(
    router, "POST", "/placements/many", needs=DESKS, out=list[Registered], status=201, idempotent=True,
    may_fail=(404,),
)  # fmt: skip
def register_placements(request: HttpRequest, body: NewPlacements, why: Purpose = "") -> Any:
    """Register an organisation's people, in their order. The first that cannot be is named in `field` (`rows.N`)."""
    who = actor(request)
    own = migrants_inputs.organisation(actor=who, code=body.organisation)
    if own is None:
        raise not_found(migrants_inputs.NO_ORGANISATION)
    rows = [
        migrants_inputs.newcomer(row, scheme=body.scheme, organisation=own, consent=True, number=n)
        for n, row in enumerate(body.rows, start=1)
    ]
    return register.register_many(newcomers=rows, organisation=own, by=who, on=clock.today(), at=clock.now(), why=why)


@operation(router, "GET", "/placements", needs=WHO, out=People)
def list_placements(
    request: HttpRequest, why: Purpose = "", only: Annotated[Literal[people.ONLY], Query()] = "all",  # type: ignore[valid-type]
    within_days: Days = 90, search: migrants_inputs.Sought = "", destination: Code = "", after: Page = "",
    limit: inputs.Limit = 50,
) -> Any:  # fmt: skip
    """Open placements that this account may see, masked; who ends soonest comes first. `counts` are of all filters.

    `search`: a NIK, a passport, a placement's number, or words of a name.
    """
    return people.people(
        by=actor(request), on=clock.today(), only=only, within_days=within_days, search=search,
        destination=destination, after=after, limit=limit, why=why,
    )  # fmt: skip


@operation(router, "POST", "/placements/events", needs=DESKS, out=ToldMany, idempotent=True, may_fail=(404, 409))
def tell_placements(request: HttpRequest, body: PlacementEvents, why: Purpose = "") -> Any:
    """The same event of many placements: all or none."""
    told = life.tell_many(
        placements=migrants_inputs.find_many(numbers=body.placements), kind=body.kind, event_on=body.on,
        by=actor(request), on=clock.today(), at=clock.now(), note=body.note, cause=body.cause or "", why=why,
    )  # fmt: skip
    return ToldMany(told=told)


@operation(router, "GET", "/placements/{number}", needs=WHO, out=PlacementView, may_fail=(404,))
def placement(request: HttpRequest, number: NumberPath, why: Purpose = "") -> Any:
    """A placement with its agreements, events and papers; NIK and passport masked."""
    return queries.placement(
        by=actor(request), placement=migrants_inputs.find(number=number), on=clock.today(), why=why
    )


@operation(router, "GET", "/placements/{number}/timeline", needs=WHO, out=Timeline, may_fail=(404,))
def placement_timeline(request: HttpRequest, number: NumberPath, why: Purpose = "") -> Any:
    """The whole way: protected until when and for what, gaps, what to do next, and points of the law not confirmed."""
    return timeline.timeline(
        placement=migrants_inputs.find(number=number), by=actor(request), on=clock.today(), why=why
    )


@operation(
    router, "POST", "/placements/{number}/events", needs=WHO, out=PlacementView, idempotent=True, may_fail=(404, 409),
    example={"kind": "departed", "on": "2026-04-09"},
)  # fmt: skip
def tell_placement(request: HttpRequest, number: NumberPath, body: PlacementEvent, why: Purpose = "") -> Any:
    """Tell what happened: departed, working, ended, returning, home, failed, missing. Cover follows at once."""
    return life.tell(
        placement=migrants_inputs.find(number=number), kind=body.kind, event_on=body.on, by=actor(request),
        on=clock.today(), at=clock.now(), note=body.note, cause=body.cause or "", why=why,
    )  # fmt: skip


@operation(
    router, "POST", "/placements/{number}/corrections", needs=WHO, out=PlacementView, idempotent=True,
    may_fail=(404, 409),
)  # fmt: skip
def correct_placement(request: HttpRequest, number: NumberPath, body: EventCorrection) -> Any:
    """Put a day right that was told wrongly, or take it back. What was told before stays on record."""
    return life.correct(
        placement=migrants_inputs.find(number=number), kind=body.kind, event_on=body.on, by=actor(request),
        on=clock.today(), at=clock.now(), why=body.why,
    )  # fmt: skip


@operation(
    router, "POST", "/placements/{number}/agreement", needs=WHO, out=PlacementView, status=201, idempotent=True,
    may_fail=(404, 409),
)  # fmt: skip
def put_agreement(
    request: HttpRequest, number: NumberPath, body: migrants_inputs.WorkAgreement, why: Purpose = ""
) -> Any:
    """The first work agreement of somebody who was registered without one."""
    return agreements.put_first(
        placement=migrants_inputs.find(number=number), agreement=migrants_inputs.agreement(body), by=actor(request),
        on=clock.today(), at=clock.now(), why=why,
    )  # fmt: skip


@operation(
    router, "POST", "/placements/{number}/move", needs=WHO, out=PlacementView, status=201, idempotent=True,
    may_fail=(404, 409),
)  # fmt: skip
def move_placement(request: HttpRequest, number: NumberPath, body: PlacementMove, why: Purpose = "") -> Any:
    """Another employer, in the same country or another: the present agreement ends the day before, cover follows."""
    return agreements.move(
        placement=migrants_inputs.find(number=number), agreement=migrants_inputs.agreement(body.agreement),
        destination=body.destination, by=actor(request), on=clock.today(), at=clock.now(), why=why,
    )  # fmt: skip


@operation(router, "GET", "/placements/{number}/offers", needs=WHO, out=list[Offer], may_fail=(404,))  # type: ignore[valid-type]
def placement_offers(request: HttpRequest, number: NumberPath, why: Purpose = "") -> Any:
    """How cover goes on at home without a gap, as self-employed or with an employer."""
    return onward.offers(placement=migrants_inputs.find(number=number), by=actor(request), on=clock.today(), why=why)


@operation(router, "GET", "/me/placement", needs=("self",), out=Timeline, may_fail=(404,))
def my_placement(request: HttpRequest) -> Any:
    """The worker's own placement, the open one or else the last."""
    who = actor(request)
    found = queries.current(person=who.person) if who.person else None
    if found is None:
        raise not_found(NO_PLACEMENT)
    return timeline.timeline(placement=found, by=who, on=clock.today())


@operation(router, "GET", "/me/migrants", needs=("family",), out=list[MigrantOfMine])  # type: ignore[valid-type]
def my_migrants(request: HttpRequest) -> Any:
    """Those abroad who named this account their relative, what they let it do, and until when they are protected."""
    return family.mine(by=actor(request), on=clock.today())


def _newcomer(request: HttpRequest, body: NewPlacement) -> Any:
    """Whoever says who places him is taken at his word; an agency's own account may leave it out."""
    own = None
    if body.scheme != "own":
        own = migrants_inputs.organisation(actor=actor(request), code=body.organisation)
    return migrants_inputs.newcomer(body, scheme=body.scheme, organisation=own, consent=body.consent)
