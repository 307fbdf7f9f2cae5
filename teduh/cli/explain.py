"""`teduh explain`: what a contribution comes to, and why, article by article. Needs no database and no settings."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import click

from teduh.cli import explain_migrants, trace
from teduh.law import assessment, codes, facts
from teduh.law.messages import RulebookError
from teduh.law.migrant_benefits import Happening
from teduh.law.months import Month

#: Sectors people name that the law of contributions does not tell apart.
SECTORS = (
    "transport",
    "other",
    "farming",
    "fishing",
    "trade",
    "crafts",
    "construction",
    "domestic",
    "services",
    "freelance",
)
STATE_BUDGETS = ("apbn", "apbd")


def _language() -> str:
    """Bahasa, whatever the machine is set to, unless TEDUH_LANG asks for English."""
    return "en" if os.environ.get("TEDUH_LANG", "").strip().lower() == "en" else "id"


def _english(ctx: click.Context | None) -> bool:
    """Whether this answer is asked in English; --lang is read before everything else."""
    return (ctx.params.get("lang") if ctx else None) == "en"


class Amount(click.ParamType[int]):
    """Whole rupiah in any usual shape: 1000000, 1.000.000, Rp1.000.000."""

    name = "rupiah"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        text = re.sub(r"^rp\.?\s*", "", str(value).strip().lower())
        if not re.fullmatch(r"\d{1,16}|\d{1,3}(\.\d{3}){1,5}|\d{1,3}(,\d{3}){1,5}|\d{1,3}(_\d{3}){1,5}", text):
            said = (
                f"{value!r} bukan jumlah rupiah bulat; tulis 1000000 atau 1.000.000.",
                f"{value!r} is not an amount of whole rupiah; write 1000000 or 1.000.000.",
            )
            self.fail(said[_english(ctx)], param, ctx)
        return int(re.sub(r"\D", "", text))


class TheMonth(click.ParamType[Month]):
    """A month as 2026-04."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        try:
            return value if isinstance(value, Month) else Month.parse(str(value))
        except ValueError:
            said = f"{value!r} bukan bulan; tulis seperti 2026-04.", f"{value!r} is not a month; write it as 2026-04."
            self.fail(said[_english(ctx)], param, ctx)


RUPIAH = Amount()


def _this_month() -> Month:
    from teduh.core import clock

    return Month.of(clock.today())


def _programmes(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip().upper() for word in value.split(",") if word.strip()))


def _answers(make: Callable[..., facts.Facts]) -> Callable[..., None]:
    """Adds the options every question has; prints the answer or the refusal."""

    @click.option("--month", type=TheMonth(), default=_this_month, help="The month owed, as 2026-04 [this month].")
    @click.option("--lang", type=click.Choice(["id", "en"]), default=_language, is_eager=True,
                  help="Bahasa Indonesia or English [Bahasa, unless TEDUH_LANG=en].")  # fmt: skip
    @click.option("--json", "as_json", is_flag=True, help="The whole answer as JSON.")
    @wraps(make)
    def answer(month: Month, lang: str, as_json: bool, **given: Any) -> None:
        try:
            found = assessment.assess(make(**given), month=month)
        except RulebookError as error:
            _refuse(error, lang, as_json)
        except ValueError as error:
            raise click.UsageError(getattr(error, lang, str(error))) from error
        click.echo(
            json.dumps(found.as_dict(), indent=2, ensure_ascii=False) if as_json else trace.text(found, lang=lang)
        )

    return answer


def _refuse(error: RulebookError, lang: str, as_json: bool) -> NoReturn:
    """What cannot be answered, why, and what to do next; exit code 1."""
    if as_json:
        parts = {"what": error.what._asdict(), "why": error.why._asdict(), "next": error.next._asdict()}
        click.echo(json.dumps({"refused": {"code": error.code, **parts}}, indent=2, ensure_ascii=False))
    else:
        said = [getattr(part, lang) for part in (error.what, error.why)]
        click.echo("\n".join([*said, f"{'Lalu' if lang == 'id' else 'Next'}: {getattr(error.next, lang)}"]), err=True)
    sys.exit(1)


@click.group
def command() -> None:
    """What a contribution comes to and why: every rule, article and value, with the value's date, source and status.

    \b
    bpu    the self-employed (bukan penerima upah)
    pu     wage earners (penerima upah)
    jakon  construction projects (jasa konstruksi)
    pmi    migrant workers (pekerja migran Indonesia)

    pmi-cover, pmi-event: what their cover gives, and what an event gives.

    For example: teduh explain bpu --income 1000000 --sector transport --month 2026-04
    """


@command.command
@click.option("--income", type=RUPIAH, required=True, help="Income of a month.")
@click.option("--sector", type=click.Choice(SECTORS), default="other", show_default=True, help="Where the work is.")
@click.option("--programmes", default="JKK,JKM", show_default=True, callback=_programmes, help="JHT may be added.")
@click.option("--paid-by", type=click.Choice(["self", "apbn", "apbd", "village", "private"]), default="self",
              show_default=True, help="Whose money pays; a state budget gets no relief.")  # fmt: skip
@_answers
def bpu(income: int, sector: str, programmes: tuple[str, ...], paid_by: str) -> facts.Facts:
    """The self-employed: JKK and JKM, and JHT if chosen."""
    return facts.SelfEmployed(
        income=income,
        sector=facts.relief_sector(sector),
        programmes=programmes,
        paid_by_government=paid_by in STATE_BUDGETS,
    )


@command.command
@click.option("--wage", type=RUPIAH, required=True, help="The month's wage; a day's with --wage-type daily.")
@click.option(
    "--risk-class", type=click.IntRange(1, 5), default=1, show_default=True, help="1 very low to 5 very high."
)
@click.option("--programmes", default="JKK,JKM,JHT,JP", show_default=True, callback=_programmes, help="What is joined.")
@click.option("--wage-type", type=click.Choice(["monthly", "daily"]), default="monthly", show_default=True,
              help="How the wage is reckoned.")  # fmt: skip
@click.option("--jkp", is_flag=True, help="Takes part in JKP (loss of work).")
@click.option("--labour-intensive", is_flag=True, help="A labour-intensive industry (relief of PP 7/2025).")
@click.option("--workers", type=click.IntRange(1), help="How many workers the employer has.")
@_answers
def pu(
    wage: int,
    risk_class: int,
    programmes: tuple[str, ...],
    wage_type: Any,
    jkp: bool,
    labour_intensive: bool,
    workers: int | None,
) -> facts.Facts:
    """Wage earners: what the employer and the worker each pay."""
    return facts.WageEarner(
        wage=wage,
        risk_class=risk_class,
        programmes=programmes,
        wage_type=wage_type,
        jkp_participant=jkp,
        labour_intensive=labour_intensive,
        workers=workers,
    )


@command.command
@click.option("--contract-value", type=RUPIAH, help="Value of the contract, without VAT.")
@click.option("--monthly-wages", type=RUPIAH, help="The month's wages, where they are known.")
@_answers
def jakon(contract_value: int | None, monthly_wages: int | None) -> facts.Facts:
    """Construction projects: by the wages if known, else by the contract's value."""
    return facts.Construction(contract_value=contract_value, monthly_wages=monthly_wages)


@command.command
@click.option("--route", type=click.Choice(list(codes.ROUTES)), default="implementer", show_default=True,
              help="Placed by an implementer (P3MI), or going individually.")  # fmt: skip
@click.option("--months", type=click.IntRange(0, 600), default=0, help="Months of the contract.")
@click.option(
    "--stage", type=click.Choice(list(codes.STAGES)), default="all", show_default=True, help="What is paid for."
)
@click.option("--extension-months", type=click.IntRange(0, 600), default=0, help="Months of the extension.")
@click.option("--jht", type=RUPIAH, default=0, help="JHT a month: one of the tiers, or 0.")
@_answers
def pmi(route: Any, months: int, stage: Any, extension_months: int, jht: int) -> facts.Facts:
    """Migrant workers: before, during and after, and extensions."""
    return facts.Migrant(
        route=route, contract_months=months, stage=stage, extension_months=extension_months, jht_monthly=jht
    )


def _asked(make: Callable[..., str]) -> Callable[..., None]:
    """Adds the day, the language and the form of an answer that is no contribution."""

    @click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day asked about, as 2026-04-01 [today].")
    @click.option("--lang", type=click.Choice(["id", "en"]), default=_language, is_eager=True,
                  help="Bahasa Indonesia or English [Bahasa, unless TEDUH_LANG=en].")  # fmt: skip
    @click.option("--json", "as_json", is_flag=True, help="The whole answer as JSON.")
    @wraps(make)
    def answer(on: Any, lang: str, as_json: bool, **given: Any) -> None:
        try:
            click.echo(make(on=on.date() if on else _today(), lang=lang, as_json=as_json, **given))
        except RulebookError as error:
            _refuse(error, lang, as_json)

    return answer


def _today() -> Any:
    from teduh.core import clock

    return clock.today()


@command.command("pmi-cover")
@click.option("--phase", type=explain_migrants.PHASE, default="during", show_default=True, help="Of the work abroad.")
@click.option("--route", type=click.Choice(list(codes.ROUTES)), default="implementer", show_default=True,
              help="Placed by an implementer (P3MI), or going individually.")  # fmt: skip
@click.option("--abroad", is_flag=True, help="Joined when already abroad.")
@_asked
def pmi_cover(**asked: Any) -> str:
    """What a migrant worker's cover gives in a phase, and what it does not."""
    return explain_migrants.cover(**asked)


@command.command("pmi-event")
@click.argument("event", type=explain_migrants.EVENT)
@click.option("--phase", type=explain_migrants.PHASE, default=None, help="Where the event may be of several.")
@click.option("--cost", type=RUPIAH, default=0, help="What was paid.")
@click.option("--insured", type=RUPIAH, default=0, help="What the local insurance paid of it.")
@click.option("--transport-cost", type=RUPIAH, default=0, help="What the way home or the transport cost.")
@click.option("--way", type=explain_migrants.WAY, default="land", show_default=True, help="How the injured was moved.")
@click.option("--service-months", type=click.IntRange(0, 600), default=0, help="Months worked.")
@click.option("--percentage", type=click.IntRange(0, 10_000), default=0, help="Of impairment, in hundredths.")
@click.option("--level", type=explain_migrants.LEVEL, default="primary", show_default=True, help="Of education.")
@click.option("--children", type=click.IntRange(0, 30), default=1, show_default=True, help="With a scholarship.")
@click.option("--own-fault", is_flag=True, help="By one's own fault or wish.")
@click.option("--cause", type=explain_migrants.CAUSE, default=None, help="A cause the regulation leaves out.")
@_asked
def pmi_event(on: Any, lang: str, as_json: bool, phase: str | None, cause: str | None, **facts: Any) -> str:
    """What a migrant worker or the heirs are given for an event."""
    happened = Happening(on=on, phase=phase or "", excluded=cause or "", **facts)
    return explain_migrants.event(facts=happened, lang=lang, as_json=as_json)
