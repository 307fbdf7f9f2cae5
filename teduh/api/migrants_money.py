"""What placements pay: next stages priced, a bill for one or for many, an extension with its bill, a shared code."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Router
from pydantic import Field, model_validator

from teduh.api import inputs, migrants_inputs, shapes
from teduh.api.door import operation
from teduh.api.inputs import BillPath
from teduh.api.migrants_inputs import WHO, NumberPath, PlacementNumbers, Purpose
from teduh.api.tokens import actor
from teduh.contributions import bills as found_bills
from teduh.contributions import placement_queries, placements
from teduh.contributions.models import Stage
from teduh.core import clock
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.journeys.migrants import billing, extending, sharing
from teduh.journeys.money import bill_view
from teduh.law.messages import Note
from teduh.law.placements import Gap
from teduh.migrants import access
from teduh.migrants.models import Placement
from teduh.migrants.rates import Local
from teduh.payments.models import Bill
from teduh.security.access import Actor

router = Router(tags=["migrant workers' money"])
NO_BILL = Text("Tagihan ini tidak ditemukan.", "There is no such bill.")
StageLine = shapes.PLAIN[placement_queries.StageLine] = shapes.of(
    placement_queries.StageLine, omit=("id", "placement", "person")
)
PlacementBill = shapes.of(
    bill_view.BillView, name="PlacementBill",
    omit=("person", "group", "group_name", "employer", "employer_name", "assessments", "lines", "months", "credit",
          "penalty", "organisation"),
)  # fmt: skip
LawNote = shapes.of(Note, name="LawNote")
shapes.PLAIN[Local] = shapes.of(Local, name="LocalMoney", also=(("text", Text),))
SharedBill = shapes.of(sharing.SharedBill)
Share = shapes.of(sharing.Share)
StageWord: Any = Literal[tuple(Stage.values)]
Stages = Annotated[list[StageWord], Field(min_length=1, max_length=4)]
Savings = Annotated[int, Field(ge=0, le=placements.MOST_SAVINGS, strict=True)]
TokenPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9_:.-]{10,200}$", description="Of the link that was shared.")]


class StagesAsked(inputs.In):
    placements: PlacementNumbers
    stages: Stages | None = Field(default=None, description="Without it: all that is open.")
    savings_months: Savings = Field(default=0, description="Months of voluntary savings, where a tier was chosen.")


class PlacementsBilled(StagesAsked):
    organisation: migrants_inputs.OrganisationCode | None = Field(
        default=None, description="Who pays for several people; one person's bill needs none."
    )


class Extension(inputs.In):
    """The new last day of each, or so many months more."""

    placements: PlacementNumbers
    months: Annotated[int, Field(ge=1, le=extending.MOST_MONTHS, strict=True)] | None = None
    ends: dt.date | None = None
    organisation: migrants_inputs.OrganisationCode | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Extension:
        if (self.months is None) == (self.ends is None):
            raise ValueError("either months or ends")
        return self


class StagePrice(shapes.Out):
    """A stage and its price, with articles and the law's notes; each note says how sure it is (`status`)."""

    placement: str
    stage: str
    months: int
    until: dt.date | None
    amount: int
    articles: list[str]
    notes: list[LawNote]  # type: ignore[valid-type]


class NoPrice(shapes.Out):
    """A stage for which nothing can be asked: what, why, and what to do next."""

    placement: str
    stage: str
    code: str
    what: shapes.Words
    why: shapes.Words
    next: shapes.Words


class Prices(shapes.Out):
    lines: list[StagePrice]
    refused: list[NoPrice]
    total: int


class PlacementGap(shapes.Out):
    """Days that nobody covers any more, and whether they can still be healed."""

    placement: str
    starts: dt.date
    until: dt.date | None
    what: shapes.Words
    next: shapes.Words


class ExtendedPlacements(shapes.Out):
    """One bill, or where each pays for himself, the bills' numbers."""

    agreements: int
    bill: PlacementBill | None  # type: ignore[valid-type]
    bills: list[str]
    refused: list[NoPrice]
    gaps: list[PlacementGap]


@operation(
    router, "POST", "/placements/quote", needs=WHO, out=Prices, may_fail=(404,),
    example={"placements": ["M10000000016"]},
)  # fmt: skip
def quote_placements(request: HttpRequest, body: StagesAsked, why: Purpose = "") -> Any:
    """What these placements pay next, stage by stage with articles; and what cannot be priced, and why."""
    found = billing.quote(
        placements=migrants_inputs.find_many(numbers=body.placements), by=actor(request), on=clock.today(),
        stages=body.stages, savings_months=body.savings_months, why=why,
    )  # fmt: skip
    names = _numbers([*(one.placement for one in found.lines), *(one.placement for one in found.refused)])
    return {
        "lines": [
            {"placement": names[one.placement], "stage": str(one.stage), "months": one.months, "until": one.until,
             "amount": one.amount, "articles": one.articles, "notes": one.notes}
            for one in found.lines
        ],
        "refused": _refused(found.refused, names), "total": found.total,
    }  # fmt: skip


@operation(
    router, "POST", "/placements/bills", needs=WHO, out=PlacementBill, status=201, idempotent=True,
    may_fail=(404, 409), example={"placements": ["M10000000016"]},
)  # fmt: skip
def bill_placements(request: HttpRequest, body: PlacementsBilled, why: Purpose = "") -> Any:
    """One bill: of one worker, or of an organisation for its many. Who owes nothing is left out."""
    who = actor(request)
    return billing.bill(
        placements=migrants_inputs.find_many(numbers=body.placements), by=who, on=clock.today(), at=clock.now(),
        stages=body.stages, savings_months=body.savings_months, organisation=_payer(who, body.organisation), why=why,
    )  # fmt: skip


@operation(
    router, "POST", "/placements/extend", needs=WHO, out=ExtendedPlacements, status=201, idempotent=True,
    may_fail=(404, 409), example={"placements": ["M10000000016"], "months": 12},
)  # fmt: skip
def extend_placements(request: HttpRequest, body: Extension, why: Purpose = "") -> Any:
    """Extend in one step: the agreement, its fee, and the code to pay it. Days that stay without cover are said."""
    who, on = actor(request), clock.today()
    done = extending.extend(
        placements=migrants_inputs.find_many(numbers=body.placements), by=who, on=on, at=clock.now(),
        months=body.months, ends=body.ends, organisation=_payer(who, body.organisation), why=why,
    )  # fmt: skip
    names = _numbers([*(one.placement for one in done.refused), *(id_ for id_, _ in done.gaps)])
    made = dict(Bill.objects.filter(pk__in=done.bills).values_list("pk", "number"))
    return {
        "agreements": len(done.agreements), "bill": done.bill,
        "bills": [made[id_] for id_ in done.bills],
        "refused": _refused(done.refused, names), "gaps": [_gap(names[id_], gap) for id_, gap in done.gaps],
    }  # fmt: skip


@operation(router, "GET", "/placements/{number}/bills", needs=WHO, out=list[PlacementBill], may_fail=(404,))  # type: ignore[valid-type]
def placement_bills(request: HttpRequest, number: NumberPath, why: Purpose = "") -> Any:
    """The bills that ask for something of a placement, newest first. A bill for many is only its organisation's."""
    who, on = actor(request), clock.today()
    placement = migrants_inputs.find(number=number)
    access.require(by=who, what="view", placement=placement, why=why)
    found = [bill_view.view(bill=id_, on=on) for id_ in placement_queries.bills_of(placement=placement)]
    return [one for one in found if one.organisation is None or _acts_for(who, one.organisation)]


@operation(router, "GET", "/placement-bills/{bill}", needs=WHO, out=PlacementBill, may_fail=(404,))
def placement_bill(request: HttpRequest, bill: BillPath, why: Purpose = "") -> Any:
    """A placement's bill as it stands today: stages with articles, what is settled, the code and the QR's text."""
    return bill_view.view(bill=_bill(actor(request), bill, "view", why), on=clock.today())


@operation(
    router, "POST", "/placement-bills/{bill}/share", needs=WHO, out=Share, status=201, idempotent=True, may_fail=(404,)
)
def share_bill(request: HttpRequest, bill: BillPath, why: Purpose = "") -> Any:
    """A link to a bill for whoever pays it, with words to send; it shows nobody's data."""
    who = actor(request)
    return sharing.share(bill=_bill(who, bill, "pay", why), by=who, at=clock.now())


@operation(router, "GET", "/shared-bills/{token}", needs=(), out=SharedBill, may_fail=(404,))
def shared_bill(request: HttpRequest, token: TokenPath) -> Any:
    """What whoever has the link sees: the amount, also in the worker's currency, the code, and whether it is paid."""
    return sharing.shared(token=token, on=clock.today())


def _payer(who: Actor, code: str | None) -> int | None:
    return migrants_inputs.organisation(actor=who, code=code) if code is not None else None


def _numbers(ids: list[int]) -> dict[int, str]:
    return dict(Placement.objects.filter(pk__in=ids).values_list("pk", "number"))


def _refused(refused: Any, names: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {"placement": names[one.placement], "stage": str(one.stage), "code": one.code, "what": one.what,
         "why": one.why, "next": one.then}
        for one in refused
    ]  # fmt: skip


def _gap(number: str, gap: Gap) -> dict[str, Any]:
    return {"placement": number, "starts": gap.starts, "until": gap.until, "what": gap.what, "next": gap.next}


def _acts_for(who: Actor, organisation: int) -> bool:
    return who.may("migrants") or any(desk.organisation == organisation for desk in access.desks_of(by=who))


def _bill(who: Actor, number: str, what: str, why: str) -> int:
    """The placement bill with this number, if it is of the asker's organisation or of somebody who is his."""
    row = found_bills.bill_by_number(number=number, on=clock.today())
    lines = placement_queries.lines(bill=row.id) if row is not None and row.kind == "placement" else ()
    if row is None or not lines:
        raise not_found(NO_BILL)
    if row.organisation is not None:
        if not _acts_for(who, row.organisation):
            raise not_found(NO_BILL)
        access.require(by=who, what=what, organisation=row.organisation, why=why)
    else:
        access.require(by=who, what=what, placement=lines[0].placement, why=why)
    return row.id
