"""`teduh books`: trial balance, a member's statement, and whether the books hold together."""

from __future__ import annotations

import datetime as dt

import click

from teduh.core import clock
from teduh.core.text import rupiah

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(help="Trial balance, a member's statement, and whether the books hold together.")
def command() -> None:
    pass


def _day(on: dt.datetime | None) -> dt.date:
    return on.date() if on else clock.today()


@command.command("trial-balance")
@click.option("--on", type=DAY, help="Up to and with this day; otherwise today.")
def trial_balance(on: dt.datetime | None) -> None:
    """Every account's debits, credits and balance, fund by fund."""
    from teduh.ledger import queries

    trial = queries.trial_balance(on=_day(on))
    click.echo(f"{'account':20} {'debit':>20} {'credit':>20} {'balance':>20}  on {trial.on}")
    for fund in trial.funds:
        for row in trial.rows:
            if row.fund == fund.fund and (row.debit or row.credit):
                click.echo(
                    f"{row.account:20} {rupiah(row.debit):>20} {rupiah(row.credit):>20} {rupiah(row.balance):>20}"
                )
        if fund.debit:
            state = "balanced" if fund.balanced else "OUT OF BALANCE"
            click.echo(f"  {fund.fund:18} {rupiah(fund.debit):>20} {rupiah(fund.credit):>20} {state:>20}")
    if not trial.balanced:
        raise SystemExit(1)


@command.command()
@click.argument("member_number")
@click.option("--on", type=DAY, help="Up to and with this day; otherwise today.")
def statement(member_number: str, on: dt.datetime | None) -> None:
    """What was paid for MEMBER_NUMBER, month by month, and the JHT account."""
    from teduh.journeys.money import statement as journey
    from teduh.security.access import SYSTEM

    found = journey.of_member(member_number=member_number, by=SYSTEM, on=_day(on), why="teduh books statement")
    for line in found.lines:
        click.echo(
            f"{line.month}  {line.programme:4} {rupiah(line.amount):>14}  paid {line.paid_on}  {line.bill_number}"
            f"  {', '.join(line.articles)}"
        )
    click.echo(f"{found.months} months, {rupiah(found.paid)} paid")
    for movement in found.jht.lines:
        click.echo(
            f"JHT {movement.on}  {movement.month}  {rupiah(movement.amount):>14}  {rupiah(movement.balance):>14}"
        )
    click.echo(f"JHT balance {rupiah(found.jht.balance)}")


@command.command()
@click.option("--on", type=DAY, help="Up to and with this day; otherwise today.")
def check(on: dt.datetime | None) -> None:
    """Look for what should be impossible: in the books, and between the books and what they speak of."""
    from teduh.journeys.money import statement as journey

    findings = journey.check(on=_day(on))
    for finding in findings:
        click.echo(f"SALAH / WRONG  {finding.what.id} / {finding.what.en}: {finding.amount}", err=True)
    if findings:
        raise SystemExit(1)
    click.echo("The books balance, fund by fund, and agree with bills, receipts and what waits.")
