"""`teduh employer`: the firms on record, and how one stands. For operators and for scripts of a firm's own accounts."""

from __future__ import annotations

import click

from teduh.cli.enrol import Words
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text, rupiah
from teduh.employers import access, queries
from teduh.journeys.employers import desk
from teduh.security.access import SYSTEM, Actor, actor_of
from teduh.security.models import User

WHY = "teduh employer"
STATES = {
    "arrears": Text("menunggak", "in arrears"),
    "late": Text("terlambat melapor", "late in reporting"),
    "pay": Text("ada tagihan", "has a bill to pay"),
    "due": Text("perlu melapor", "has a month to report"),
    "good": Text("tertib", "in order"),
    "ended": Text("berhenti", "ended"),
}
LANG = click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="The language of the answer."
)
AS = click.option("--as", "username", metavar="USERNAME", help="The account that asks; without it the system itself.")


@click.group
def command() -> None:
    """Employers: who is on record, and how one stands with its returns and bills."""


@command.command("list")
@click.argument("text", required=False, default="")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100), help="At most so many.")
@AS
@LANG
def list_(text: str, limit: int, username: str | None, lang: str) -> None:
    """Employers whose name holds TEXT, or with this NPP, NIB or NPWP; with --as those of an employer's account."""
    say = Words(lang)
    by = actor(username, say)
    try:
        rows = _rows(by, text, limit)
    except Refused as refused:
        raise click.ClickException(said(refused, say)) from refused
    states = desk.states(employers=[id_ for id_, *_ in rows], on=clock.today()) if rows else {}
    for id_, npp, name in rows:
        now = states[id_]
        missing = say(f"{len(now.missing)} bulan belum dilaporkan", f"{len(now.missing)} months not reported")
        owed = say(f"tagihan {rupiah(now.to_pay)}", f"bills {rupiah(now.to_pay)}")
        click.echo(f"{npp}  {name:<40} {say(STATES[now.state]):<20} {missing}, {owed}")
    if not rows:
        click.echo(say("Tidak ada.", "None."))


@command.command
@click.argument("npp")
@click.option("--why", default=WHY, show_default=True, help="Why you look; kept in the audit.")
@AS
@LANG
def show(npp: str, why: str, username: str | None, lang: str) -> None:
    """One employer: sites with their risk class, programmes, months and bills. Staff and contacts are masked."""
    say = Words(lang)
    by = actor(username, say)
    try:
        employer = find(npp)
        firm = queries.firm(by=by, employer=employer, why=why)
    except Refused as refused:
        raise click.ClickException(said(refused, say)) from refused
    _firm(firm, say)
    now = desk.states(employers=[employer], on=clock.today())[employer]
    click.echo(f"{say('Keadaan', 'State')}: {say(STATES[now.state])}")
    _months(employer, say)
    _bills(employer, say)


def find(npp: str) -> int:
    """The employer with this number, or a refusal."""
    found = queries.by_npp(npp=npp)
    if found is None:
        raise access.not_yours()
    return found


def actor(username: str | None, say: Words) -> Actor:
    """Who asks: an account, or the system."""
    if username is None:
        return SYSTEM
    account = User.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise click.BadParameter(say("akun itu tidak ada", "there is no such account"), param_hint="--as")
    return actor_of(account)


def said(refused: Refused, say: Words) -> str:
    """A refusal in the language that was chosen."""
    return "\n".join(say(text) for text in (refused.what, refused.why, refused.then) if text)


def _rows(by: Actor, text: str, limit: int) -> list[tuple[int, str, str]]:
    if by.role != "system" and by.may("own_employers"):
        own = queries.firms_of(by=by)
        return [(row.id, row.npp, row.name) for row in own if text.casefold() in f"{row.name} {row.npp}".casefold()][
            :limit
        ]
    found = queries.find_employers(by=by, why=WHY, text=text or "", limit=limit)
    return [(row.id, row.npp, row.name) for row in found]


def _firm(firm: queries.Firm, say: Words) -> None:
    click.echo(f"{firm.npp}  {firm.name} ({firm.legal_form})")
    for site in firm.worksites:
        where = site.region_name or site.region or "-"
        risk = say(f"kelas risiko {site.risk_class or '-'}", f"risk class {site.risk_class or '-'}")
        click.echo(f"  {site.number}. {site.name}, {where}: {site.activity or '-'} ({risk})")
    if firm.profile:
        since = say(f"sejak {firm.profile.from_month}", f"since {firm.profile.from_month}")
        click.echo(f"  {firm.profile.size}, {', '.join(firm.profile.programmes)} ({since})")
    for text in firm.missing:
        click.echo(f"  {say('Belum ada', 'Missing')}: {say(text)}")


def _months(employer: int, say: Words) -> None:
    click.echo(say("Laporan upah:", "Wage returns:"))
    for row in desk.months(employer=employer, on=clock.today(), limit=12):
        told = say(f"{row.workers:,} pekerja, upah {rupiah(row.wages)}, versi {row.version}",
                   f"{row.workers:,} workers, wages {rupiah(row.wages)}, version {row.version}")  # fmt: skip
        none = say(f"belum; paling lambat {row.due_on:%d-%m-%Y}", f"not yet; by {row.due_on:%d-%m-%Y}")
        click.echo(f"  {row.month}  {told if row.wage_return else none}")


def _bills(employer: int, say: Words) -> None:
    click.echo(say("Tagihan:", "Bills:"))
    for one in desk.bills_of(employer=employer, on=clock.today(), limit=12):
        row = one.row
        left = say(f"sisa {rupiah(row.remaining)}", f"left {rupiah(row.remaining)}") if row.is_payable else ""
        name = say(row.state_name)
        click.echo(
            f"  {row.number}  {row.code}  {str(one.month or '-'):<8} {rupiah(row.amount):>18}  {name} {left}".rstrip()
        )
