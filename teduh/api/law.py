"""Questions about the law: what a month comes to and why, and the values in force. They speak of nobody."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from teduh.api.door import operation
from teduh.api.inputs import MonthWord
from teduh.api.shapes import Out, Words
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import assessment, facts, rulebook
from teduh.law.months import Month

router = Router(tags=["law"])
Wage = Annotated[int, Field(ge=0, le=facts.MOST_WAGE)]
Choice = Literal["JKK", "JKM", "JHT", "JP"]
MonthQuery = Annotated[MonthWord, Query(description="The contribution month.")]


class LawLine(Out):
    programme: str
    payer: str = Field(description="participant, employer, worker, state, or moved (inside JKK or JKM)")
    amount: int = Field(description="Whole rupiah.")
    articles: list[str]
    part: str


class LawStep(Out):
    rule: str
    id: str
    en: str
    says: str = Field(description="What the article says.")
    says_id: str = Field(description="The same in Bahasa Indonesia.")
    citation: list[str]
    kind: str
    depth: int
    inputs: list[Any]
    result: Any


class Explanation(Out):
    """What is owed for a month and why: lines, the rules applied in order, the values they read, what is unsure."""

    segment: str
    month: str
    on: dt.date
    lines: list[LawLine]
    total: int
    steps: list[LawStep]
    values: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    rulebook: str


class SelfEmployed(BaseModel):
    income: Wage
    sector: Literal["other", "transport"] = "other"
    programmes: list[Literal["JKK", "JKM", "JHT"]] = Field(default=["JKK", "JKM"], max_length=3)
    paid_by_government: bool = False


class WageEarner(BaseModel):
    wage: Wage = 0
    risk_class: Literal["1", "2", "3", "4", "5"] = "1"
    programmes: list[Choice] = Field(default=["JKK", "JKM", "JHT", "JP"], max_length=4)
    jkp_participant: bool = False
    labour_intensive: bool = False
    workers: int | None = Field(default=None, ge=1, le=1_000_000)
    wage_type: Literal["monthly", "daily", "piece", "weather"] = "monthly"
    last_months: list[Wage] = Field(default=[], max_length=12)


class Construction(BaseModel):
    contract_value: int | None = Field(default=None, ge=0, le=facts.MOST_CONTRACT)
    monthly_wages: int | None = Field(default=None, ge=0, le=facts.MOST_WAGES)


class Migrant(BaseModel):
    route: Literal["implementer", "individual"] = "implementer"
    contract_months: int = Field(default=24, ge=0, le=600)
    stage: Literal["all", "before", "during", "extension"] = "all"
    extension_months: int = Field(default=0, ge=0, le=600)
    jht_monthly: Wage = 0


@operation(router, "GET", "/explain/self_employed", needs=(), out=Explanation)
def explain_self_employed(request: HttpRequest, month: MonthQuery, asked: Query[SelfEmployed]) -> Any:
    """What a self-employed person (BPU) owes for a month, article by article."""
    return _explained(facts.SelfEmployed, asked, month)


@operation(router, "GET", "/explain/wage_earner", needs=(), out=Explanation)
def explain_wage_earner(request: HttpRequest, month: MonthQuery, asked: Query[WageEarner]) -> Any:
    """What is owed for a wage earner (PU) for a month, by employer, worker and State."""
    return _explained(facts.WageEarner, asked, month, risk_class=int(asked.risk_class))


@operation(router, "GET", "/explain/construction", needs=(), out=Explanation)
def explain_construction(request: HttpRequest, month: MonthQuery, asked: Query[Construction]) -> Any:
    """What a construction project (Jakon) owes."""
    return _explained(facts.Construction, asked, month)


@operation(router, "GET", "/explain/migrant", needs=(), out=Explanation)
def explain_migrant(request: HttpRequest, month: MonthQuery, asked: Query[Migrant]) -> Any:
    """What a migrant worker (PMI) pays before, during or for an extension."""
    return _explained(facts.Migrant, asked, month)


def _explained(kind: Any, asked: BaseModel, month: str, **more: Any) -> dict[str, Any]:
    given = {name: tuple(v) if isinstance(v, list) else v for name, v in asked.model_dump().items()}
    try:
        of = kind(**{**given, **more})
    except ValueError as error:
        raise Refused(
            "facts_do_not_fit",
            Text("Fakta yang diberikan tidak cocok satu sama lain.", "The facts given do not fit together."),
            why=Text(getattr(error, "id", str(error)), str(error)),
            then=Text("Perbaiki fakta itu.", "Mend them and ask again."),
        ) from error
    return assessment.assess(of, month=Month.parse(month)).as_dict()


class Parameter(Out):
    name: str
    id: str
    en: str
    value: Any
    unit: str
    unit_id: str = Field(description="The unit in Bahasa Indonesia.")
    since: str = Field(description="In force from this day.")
    until: str | None
    citation: str
    source: str
    source_id: str = Field(description="The source in Bahasa Indonesia.")
    status: str = Field(description="gazette, official, secondary or unconfirmed: how sure it is.")


class Parameters(Out):
    month: str
    rulebook: str
    values: list[Parameter]
    missing: list[Words] = Field(description="What no text held gives for this month.")


@operation(router, "GET", "/parameters", needs=(), out=Parameters)
def law_parameters(request: HttpRequest, month: MonthQuery) -> Any:
    """Every value of the law in force in a month, with its article, source and how sure it is."""
    found, missing = [], []
    for name in rulebook.parameters():
        try:
            value = rulebook.in_force(name, Month.parse(month)).as_dict()
            found.append({**value, "since": value["from"]})
        except rulebook.RulebookError as error:
            missing.append(Text(error.what.id, error.what.en))
    return {"month": month, "rulebook": rulebook.version(), "values": found, "missing": missing}
