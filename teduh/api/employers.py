"""Employers: the firms that an account acts for, registering one, its places of work, its size and programmes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from teduh.api import firms, inputs, shapes
from teduh.api.door import operation
from teduh.api.firms import WHO, NPPPath, Purpose
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.employers import access, facts, queries, reference
from teduh.employers.models import LegalForm
from teduh.journeys.employers import desk
from teduh.journeys.employers import employers as journey
from teduh.law.months import Month

router = Router(tags=["employers"])
FirmRow = shapes.of(queries.FirmRow)
FoundFirm = shapes.of(queries.FoundRow)
Firm = shapes.of(queries.Firm)
Registered = shapes.of(journey.Registered)
DeclaredFact = shapes.of(journey.Declared)
FirmNow = shapes.of(desk.Now, also=(("next_month", Month),))
ActivityRow = shapes.of(reference.Activity)
Region = Annotated[str, Field(pattern=r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$", examples=["33.01"])]
Capital = Annotated[int, Field(ge=0, le=facts.MOST_MONEY, strict=True)]
Programmes = Annotated[list[Literal["JKK", "JKM", "JHT", "JP"]], Field(max_length=4)]
Activity = Annotated[int, Field(ge=1, le=10**6, description="A number of the list at /activities.")]
Text300 = inputs.text(300)


class NewFirm(inputs.In):
    """Who registers. What the size makes mandatory is always in `programmes`, named or not."""

    name: inputs.text(120, 1)  # type: ignore[valid-type]
    legal_form: Literal[tuple(LegalForm.values)]  # type: ignore[valid-type]
    nib: Annotated[str, Field(pattern=r"^[0-9]{13}$")] | None = None
    npwp: Annotated[str, Field(pattern=r"^[0-9]{15,16}$")] | None = None
    region: Region
    address: Text300 = ""  # type: ignore[valid-type]
    phone: inputs.text(40) = ""  # type: ignore[valid-type]
    email: inputs.text(254) = ""  # type: ignore[valid-type]
    activity: Activity
    evidence: inputs.text(300, 1) = Field(description="What shows the activity.")  # type: ignore[valid-type]
    capital: Capital | None = Field(default=None, description="Without land and buildings; or the yearly sales.")
    yearly_sales: Capital | None = None
    programmes: Programmes = []
    labour_intensive: bool = False
    labour_evidence: Text300 = ""  # type: ignore[valid-type]
    health_insured: bool = True
    from_month: inputs.MonthWord | None = Field(default=None, description="The first month of wages; this month.")
    site_name: inputs.text(120, 1) = "Pusat"  # type: ignore[valid-type]
    contact_name: inputs.text(100, 1)  # type: ignore[valid-type]
    contact_position: inputs.text(80, 1)  # type: ignore[valid-type]
    contact_phone: inputs.text(40) | None = None  # type: ignore[valid-type]
    contact_email: inputs.text(254) | None = None  # type: ignore[valid-type]


class Worksite(inputs.In):
    name: inputs.text(120, 1)  # type: ignore[valid-type]
    region: Region
    address: Text300 = ""  # type: ignore[valid-type]
    opened_on: dt.date


class Opened(shapes.Out):
    """The site's number at this employer."""

    number: int


class SiteRisk(inputs.In):
    activity: Activity
    evidence: inputs.text(300, 1)  # type: ignore[valid-type]
    from_month: inputs.MonthWord


class SizeProfile(inputs.In):
    from_month: inputs.MonthWord
    capital: Capital | None = None
    yearly_sales: Capital | None = None
    programmes: Programmes = []
    labour_intensive: bool = False
    health_insured: bool = True
    evidence: Text300 = ""  # type: ignore[valid-type]


@operation(router, "GET", "/activities", needs=(), out=list[ActivityRow])  # type: ignore[valid-type]
def list_activities(request: HttpRequest, search: firms.Sought = "") -> Any:
    """Business activities of the regulation's list, with the risk class of each."""
    return reference.activities(search=search)


@operation(router, "GET", "/employers", needs=("own_employers",), out=list[FirmRow])  # type: ignore[valid-type]
def own_firms(request: HttpRequest) -> Any:
    """The firms that this account acts for, with what it may do at each."""
    return queries.firms_of(by=actor(request))


@operation(router, "POST", "/employers", needs=WHO, out=Registered, status=201, idempotent=True, may_fail=(404, 409))
def register_firm(request: HttpRequest, body: NewFirm) -> Any:
    """Register a firm: its number (NPP), which programmes are mandatory and why, and what is still missing."""
    who = actor(request)
    if who.firms is not None:
        raise access.not_yours()
    given = body.model_dump()
    firm = facts.NewFirm(**{**given, "programmes": tuple(body.programmes), "from_month": inputs.month(body.from_month)})
    return journey.register(firm=firm, by=who, on=clock.today(), at=clock.now())


@operation(router, "GET", "/employers/find", needs=("employers",), out=list[FoundFirm])  # type: ignore[valid-type]
def find_firms(
    request: HttpRequest, why: inputs.WhyQuery, text: firms.Sought = "", limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> Any:
    """Firms by number or by words of the name, for officers and inspectors."""
    return queries.find_employers(by=actor(request), why=why, text=text, limit=limit)


@operation(router, "GET", "/employers/{npp}", needs=WHO, out=Firm, may_fail=(404,))
def firm(request: HttpRequest, npp: NPPPath, why: Purpose = "") -> Any:
    """All that is known of a firm: sites with their risk class, size and programmes, contacts and staff masked."""
    who = actor(request)
    return queries.firm(by=who, employer=firms.find(actor=who, npp=npp, why=why), why=why)


@operation(router, "GET", "/employers/{npp}/now", needs=WHO, out=FirmNow, may_fail=(404,))
def firm_now(request: HttpRequest, npp: NPPPath, why: Purpose = "") -> Any:
    """What is to be done today: months not reported, bills not paid, and workers' words not answered."""
    employer = firms.find(actor=actor(request), npp=npp, why=why)
    return desk.states(employers=[employer], on=clock.today())[employer]


@operation(
    router, "POST", "/employers/{npp}/worksites", needs=WHO, out=Opened, status=201, idempotent=True, may_fail=(404,)
)
def open_worksite(request: HttpRequest, npp: NPPPath, body: Worksite, why: Purpose = "") -> Any:
    """Open a further place of work; then say its activity."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, what="manage", why=why)
    made = journey.open_site(employer=employer, **body.model_dump(), by=who, on=clock.today(), why=why)
    return {"number": made}


@operation(
    router, "POST", "/employers/{npp}/worksites/{number}/risk", needs=WHO, out=DeclaredFact, status=201,
    idempotent=True, may_fail=(404, 409),
)  # fmt: skip
def declare_risk(request: HttpRequest, npp: NPPPath, number: inputs.IdPath, body: SiteRisk, why: Purpose = "") -> Any:
    """Which activity a site has from a month on; an officer confirms the risk class that follows."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, what="manage", why=why)
    return journey.classify(
        employer=employer, site=number, activity=body.activity, evidence=body.evidence,
        from_month=Month.parse(body.from_month), by=who, on=clock.today(), why=why,
    )  # fmt: skip


@operation(
    router, "POST", "/employers/{npp}/profile", needs=WHO, out=DeclaredFact, status=201, idempotent=True,
    may_fail=(404, 409),
)  # fmt: skip
def declare_profile(request: HttpRequest, npp: NPPPath, body: SizeProfile, why: Purpose = "") -> Any:
    """Size and programmes, from a month on; earlier months keep theirs."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, what="manage", why=why)
    given = {**body.model_dump(), "from_month": Month.parse(body.from_month)}
    return journey.declare_profile(employer=employer, **given, by=who, on=clock.today(), why=why)
