"""`teduh migrants`: placements abroad from a shell: the gate, registering, telling, extending, billing, the picture."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click

from teduh.cli import migrants_lists
from teduh.cli.employer import AS, LANG, actor
from teduh.cli.enrol import Words
from teduh.cli.migrants_words import PURPOSE, Day, asked, body_of, placement
from teduh.core import clock
from teduh.core.text import Text, rupiah
from teduh.journeys.migrants import (
    billing,
    extending,
    gate,
    life,
    organisations,
    people,
    picture,
    rates,
    register,
    reminders,
    timeline,
)
from teduh.migrants import queries
from teduh.migrants.facts import NewAgreement, NewMigrant
from teduh.migrants.models import DeskRole, OrganisationKind
from teduh.migrants.words import CAUSES

NO, UNSURE = 3, 4
ANSWERS = {"yes": Text("YA", "YES"), "no": Text("TIDAK", "NO"), "unsure": Text("BELUM PASTI", "UNSURE")}
JSON = click.option("--json", "as_json", is_flag=True, help="The answer as JSON, for programs.")
NUMBERS = click.argument("numbers", nargs=-1, required=True)


@click.group
def command() -> None:
    """Migrant workers (PMI): who is covered, until when, and what is to be done. Numbers are of placements (M…)."""


command.add_command(migrants_lists.lists_)
command.add_command(migrants_lists.differences_)
command.add_command(migrants_lists.export)


@command.command("gate")
@click.option("--nik", help="Her NIK.")
@click.option("--passport", help="Her passport.")
@click.option("--number", help="The placement's number.")
@click.option("--departs", type=Day(), help="The day of departure [today].")
@JSON
@AS
@LANG
def gate_(nik: str | None, passport: str | None, number: str | None, departs: dt.date | None, as_json: bool,
          username: str | None, lang: str) -> None:  # fmt: skip
    """May she leave: is she covered on that day? With the reason, and what to do.

    Exit code 0: yes. 3: no. 4: unsure. 1: refused. 2: wrong options.
    """
    say = Words(lang)
    if not (nik or passport or number):
        raise click.UsageError(say("isi --nik, --passport, atau --number", "give --nik, --passport or --number"))
    found = asked(
        lambda: gate.check(by=actor(username, say), on=clock.today(), nik=nik, passport=passport, number=number,
                           departs_on=departs),
        say,
    )  # fmt: skip
    if as_json:
        click.echo(json.dumps({"answer": found.answer, "code": found.code, "until": found.until,
                               "number": found.number, "reason": say(found.reason)}, default=str))  # fmt: skip
    else:
        click.echo(f"{say(ANSWERS[found.answer])}: {say(found.reason)}")
        for one in found.checks:
            click.echo(f"  {'?' if one.ok is None else 'v' if one.ok else 'x'} {say(one.text)}")
        click.echo(say(found.next_step))
    sys.exit({"yes": 0, "no": NO, "unsure": UNSURE}[found.answer])


@command.command("register")
@click.option("--nik", required=True, help="16 digits.")
@click.option("--name", required=True, help="As on the KTP.")
@click.option("--born", required=True, type=Day(), help="Birth date.")
@click.option("--to", "destination", required=True, metavar="XX", help="The destination's two letters, such as TW.")
@click.option("--organisation", metavar="CODE", help="The agency or government body; without it: on one's own.")
@click.option("--abroad", is_flag=True, help="Already abroad.")
@click.option("--passport", help="Passport number.")
@click.option("--passport-until", type=Day(), help="The passport's last day.")
@click.option("--employer", help="The employer abroad.")
@click.option("--job", help="The job.")
@click.option("--starts", type=Day(), help="The agreement's first day.")
@click.option("--ends", type=Day(), help="The agreement's last day.")
@click.option("--phone", help="Her phone.")
@click.option("--consent", is_flag=True, help="She agreed to membership, the identity check and messages.")
@PURPOSE
@AS
@LANG
def register_(organisation: str | None, starts: dt.date | None, ends: dt.date | None, employer: str | None,
              job: str | None, born: dt.date, why: str, username: str | None, lang: str,
              **given: Any) -> None:  # fmt: skip
    """Register one person, before departure or from abroad. Says what is waited for and what is not covered."""
    say = Words(lang)

    def do() -> register.Registered:
        body = queries.organisation(organisation=body_of(organisation)) if organisation else None
        agreed = (
            NewAgreement(starts=starts, ends=ends, employer=employer or "", job=job or "") if starts and ends else None
        )
        newcomer = NewMigrant(
            **given, birth_date=born, agreement=agreed, organisation=body.id if body else None,
            scheme=body.kind if body else "own", papers=(("agreement", None),) if agreed else (),
        )  # fmt: skip
        return register.register(newcomer=newcomer, by=actor(username, say), on=clock.today(), at=clock.now(), why=why)

    done = asked(do, say)
    click.echo(f"{done.number}  {say('terdaftar', 'registered')}")
    _say_all(say("Menunggu", "Waits for"), done.waits_for, say)
    _say_all(say("Tidak dijamin", "Not covered"), done.not_covered, say)


@command.command
@click.argument("number")
@PURPOSE
@AS
@LANG
def show(number: str, why: str, username: str | None, lang: str) -> None:
    """One placement: where it stands, protected until when, gaps, and what to do next."""
    say = Words(lang)
    found = asked(
        lambda: timeline.timeline(placement=placement(number), by=actor(username, say), on=clock.today(), why=why), say
    )
    one = found.placement
    click.echo(f"{one.number}  {one.name}  {say(one.destination.name)}  {say(one.state_name)}")
    until = f"{found.protected_until:%d-%m-%Y}" if found.protected_until else "-"
    click.echo(say(f"Terlindungi sampai {until}" if found.protected else "Tidak terlindungi hari ini",
                   f"Protected until {until}" if found.protected else "Not protected today"))  # fmt: skip
    for phase in found.phases:
        days = f"{phase.starts or '…'} – {phase.until or '…'}"
        click.echo(f"  {say(phase.name):<32} {phase.state:<8} {days}")
    _say_all(say("Celah", "Gap"), tuple(gap.what for gap in found.gaps), say)
    click.echo(say(found.next_step))
    for note in found.unconfirmed:
        click.echo(f"  ({note.status}) {say(note.text)}")


@command.command("list")
@click.option("--only", type=click.Choice(people.ONLY), default="all", show_default=True, help="Which of them.")
@click.option("--within", default=90, show_default=True, type=click.IntRange(0, 366), help="Of `ending`: days.")
@click.option("--search", default="", help="A NIK, a passport, a number, or words of a name.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, people.MOST), help="At most so many.")
@PURPOSE
@AS
@LANG
def list_(only: str, within: int, search: str, limit: int, why: str, username: str | None, lang: str) -> None:
    """Open placements, masked, those that end soonest first, with how many there are of each kind."""
    say = Words(lang)
    found = asked(
        lambda: people.people(by=actor(username, say), on=clock.today(), only=only, within_days=within, search=search,
                              limit=limit, why=why),
        say,
    )  # fmt: skip
    for row in found.rows:
        ends = f"{row.ends_on:%d-%m-%Y}" if row.ends_on else "-"
        click.echo(f"{row.number}  {row.name:<24} {row.destination.code}  {ends:<10}  {say(row.what)}")
    click.echo("  ".join(f"{name} {count:,}" for name, count in found.counts.items()))


@command.command
@NUMBERS
@click.option("--kind", required=True, type=click.Choice(sorted(life.MOVES)), help="What happened.")
@click.option("--on", "day", type=Day(), help="The day on which it happened [today].")
@click.option("--cause", type=click.Choice(sorted(CAUSES)), default=None, help="Of an early end.")
@click.option("--note", default="", help="In your own words.")
@PURPOSE
@AS
@LANG
def tell(numbers: tuple[str, ...], kind: str, day: dt.date | None, cause: str | None, note: str, why: str,
         username: str | None, lang: str) -> None:  # fmt: skip
    """Tell what happened on placements: departed, working, ended, home, failed, missing. All or none."""
    say = Words(lang)
    told = asked(
        lambda: life.tell_many(
            placements=[placement(one) for one in numbers], kind=kind, event_on=day or clock.today(),
            by=actor(username, say), on=clock.today(), at=clock.now(), note=note, cause=cause or "", why=why,
        ),
        say,
    )  # fmt: skip
    click.echo(say(f"{told:,} dicatat.", f"{told:,} told."))


@command.command
@NUMBERS
@click.option("--months", type=click.IntRange(1, extending.MOST_MONTHS), help="So many months more.")
@click.option("--ends", type=Day(), help="Or the new last day.")
@click.option("--pays", metavar="CODE", help="The organisation that pays for all; without it a bill each.")
@PURPOSE
@AS
@LANG
def extend(numbers: tuple[str, ...], months: int | None, ends: dt.date | None, pays: str | None, why: str,
           username: str | None, lang: str) -> None:  # fmt: skip
    """Extend agreements and ask for the fee, in one step. Days that stay without cover are said."""
    say = Words(lang)
    done = asked(
        lambda: extending.extend(
            placements=[placement(one) for one in numbers], months=months, ends=ends, by=actor(username, say),
            on=clock.today(), at=clock.now(), organisation=body_of(pays) if pays else None, why=why,
        ),
        say,
    )  # fmt: skip
    click.echo(say(f"{len(done.agreements):,} perjanjian diperpanjang, {len(done.bills):,} tagihan.",
                   f"{len(done.agreements):,} agreements extended, {len(done.bills):,} bills."))  # fmt: skip
    if done.bill:
        _bill(done.bill, say)
    _say_all(say("Belum dapat ditagih", "Cannot be billed"), tuple(one.what for one in done.refused), say)
    _say_all(say("Celah", "Gap"), tuple(Text(gap.what.id, gap.what.en) for _, gap in done.gaps), say)


@command.command
@NUMBERS
@click.option("--pays", metavar="CODE", help="The organisation that pays for all; needed for more than one.")
@click.option("--quote", is_flag=True, help="Only what would be asked; nothing is written.")
@PURPOSE
@AS
@LANG
def bill(numbers: tuple[str, ...], pays: str | None, quote: bool, why: str, username: str | None, lang: str) -> None:
    """Ask for what placements pay next: a bill with its code, or with --quote the prices and articles."""
    say = Words(lang)
    ids = asked(lambda: [placement(one) for one in numbers], say)
    by, on = actor(username, say), clock.today()
    if quote:
        found = asked(lambda: billing.quote(placements=ids, by=by, on=on, why=why), say)
        for line in found.lines:
            click.echo(f"{line.stage:<10} {rupiah(line.amount):>14}  {'; '.join(line.articles)}")
            for note in line.notes:
                click.echo(f"  ({note.status}) {say(note.id, note.en)}")
        _say_all(say("Belum dapat ditagih", "Cannot be billed"), tuple(one.what for one in found.refused), say)
        click.echo(rupiah(found.total))
        return
    payer = asked(lambda: body_of(pays) if pays else None, say)
    made = asked(lambda: billing.bill(placements=ids, by=by, on=on, at=clock.now(), organisation=payer, why=why), say)
    _bill(made, say)


@command.command("rates")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="Where the rates are from, where the file does not say.")
@AS
@LANG
def rates_(file: Path, source: str, username: str | None, lang: str) -> None:
    """Read exchange rates (CSV: currency, date, rupiah, source), for showing amounts in the worker's currency."""
    say = Words(lang)
    new = asked(
        lambda: rates.load(content=file.read_bytes(), by=actor(username, say), on=clock.today(), source=source), say
    )
    click.echo(say(f"{new:,} kurs baru.", f"{new:,} new rates."))


@command.command
@click.argument("code")
@click.option("--kind", type=click.Choice(OrganisationKind.values), help="With --name: make it.")
@click.option("--name", default="", help="Its name.")
@click.option("--licence", default="", help="An agency's licence (SIP3MI).")
@click.option("--seat", metavar="XX", help="A mission's country.")
@click.option("--serves", multiple=True, metavar="XX", help="Further destinations of a mission; may be repeated.")
@click.option("--desk", metavar="USERNAME", help="An account that acts for it from today.")
@click.option("--role", type=click.Choice(DeskRole.values), default="clerk", show_default=True, help="The desk's role.")
@PURPOSE
@AS
@LANG
def organisation(code: str, kind: str | None, name: str, licence: str, seat: str | None, serves: tuple[str, ...],
                 desk: str | None, role: str, why: str, username: str | None, lang: str) -> None:  # fmt: skip
    """Register an agency, a government body or a mission (CODE), or give an account a desk there; or show it."""
    say = Words(lang)
    by, on = actor(username, say), clock.today()
    if kind and name:
        asked(lambda: organisations.register(code=code, kind=kind, name=name, by=by, on=on, licence=licence, seat=seat,
                                             serves=serves), say)  # fmt: skip
    found = asked(lambda: queries.organisation(organisation=body_of(code)), say)
    if desk:
        asked(
            lambda: organisations.add_desk(organisation=found.id, username=desk, role=role, by=by, on=on, why=why), say
        )
    click.echo(f"{found.code}  {found.name}  {found.kind}  {found.licence}  {' '.join(found.serves)}".rstrip())


@command.command
@click.option("--limit", default=10_000, show_default=True, type=click.IntRange(1), help="At most so many messages.")
@LANG
def remind(limit: int, lang: str) -> None:
    """Write what is due today to workers and relatives: who ends in 90, 60, 30, 14, 7 days; gaps; the return."""
    say = Words(lang)
    told = reminders.remind(on=clock.today(), at=clock.now(), limit=limit)
    click.echo(say(f"{told:,} pesan ditulis.", f"{told:,} messages written."))


@command.command("picture")
@AS
@LANG
def picture_(username: str | None, lang: str) -> None:
    """Protected beside the estimate, by destination, with the estimate's source and day; and who renews."""
    say = Words(lang)
    found = asked(lambda: picture.picture(by=actor(username, say), on=clock.today()), say)
    for row in (found.total, *found.destinations):
        share = "-" if row.share_permille is None else f"{row.share_permille / 10:.1f} %"
        given = "-" if row.estimate is None else f"{row.estimate:,} ({row.estimate_source}, {row.estimate_on})"
        click.echo(f"{say(row.name):<28} {_count(row.protected):>9} {share:>8}  {given}")
    for note in found.notes:
        click.echo(f"  {say(note)}")


def _bill(view: Any, say: Words) -> None:
    click.echo(f"{view.number}  {view.code}  {rupiah(view.remaining)}  {say(view.state_name)}")
    for line in view.stages:
        until = f"{line.until:%d-%m-%Y}" if line.until else ""
        click.echo(f"  {line.number}  {say(line.name):<28} {rupiah(line.amount):>14}  {until}".rstrip())
    for note in view.notes:
        click.echo(f"  {say(note)}")


def _say_all(title: str, texts: tuple[Text, ...], say: Words) -> None:
    for text in texts:
        click.echo(f"  {title}: {say(text)}")


def _count(number: int | None) -> str:
    return "-" if number is None else f"{number:,}"
