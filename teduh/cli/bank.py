"""`teduh bank`: play the bank. Pay a code as banks do, take a payment back, list what was paid."""

from __future__ import annotations

import datetime as dt

import click

from teduh.core import clock
from teduh.core.text import rupiah


@click.group(help="Play the bank: pay a bill, twice, late, too little; reverse it.")
def command() -> None:
    pass


def _bank(name: str):
    """The simulator, wired to the journey that books what banks tell."""
    from teduh.journeys.money import pay
    from teduh.payments import simulator
    from teduh.security.access import SYSTEM

    def deliver(notices):
        now = max([clock.now(), *(notice.paid_at for notice in notices)])
        return pay.receive(notices=notices, on=clock.today(), at=now, by=SYSTEM)

    def take_back(bank, reference, reversal):
        return pay.reverse(
            bank=bank,
            bank_reference=reference,
            reversal_reference=reversal,
            on=clock.today(),
            at=clock.now(),
            by=SYSTEM,
        )

    return simulator.Bank(name=name, deliver=deliver, take_back=take_back)


def _bill(code: str):
    from teduh.contributions import bills

    return bills.bill_by_code(code=code, on=clock.today())


@command.command()
@click.argument("code")
@click.option("--amount", type=int, help="Whole rupiah; otherwise what the bill still asks for.")
@click.option("--twice", is_flag=True, help="Tell the same transaction twice.")
@click.option("--again", is_flag=True, help="Make two transactions.")
@click.option("--late", type=int, metavar="DAYS", help="Pay this many days after the code's last day.")
@click.option("--at", "moment", help="When the bank took the money, ISO 8601; otherwise now.")
@click.option("--bank", "name", default="BNI", show_default=True, help="Which bank.")
def pay(
    code: str, amount: int | None, twice: bool, again: bool, late: int | None, moment: str | None, name: str
) -> None:
    """Pay CODE: a virtual account number, or a QRIS payload of the simulator."""
    from teduh.payments import qris

    if code.startswith("0002"):
        asked = qris.parse(code)
        code, amount = asked.reference, amount or asked.amount
    bill = _bill(code)
    amount = amount or (bill.remaining or bill.amount if bill else None)
    if not amount:
        raise click.UsageError("No bill has this code: say --amount to pay it anyway.")
    at = _moment(moment)
    bank = _bank(name)
    if late is not None:
        if bill is None:
            raise click.UsageError("--late needs a code that belongs to a bill.")
        outcomes = bank.pay_late(code=code, amount=amount, expires_on=bill.expires_on, days=late, at=at)
    elif twice:
        outcomes = bank.pay_twice(code=code, amount=amount, at=at)
    else:
        outcomes = (bank.pay_again if again else bank.pay)(code=code, amount=amount, at=at)
    for outcome in outcomes:
        _say(outcome)


def _moment(text: str | None) -> dt.datetime:
    if not text:
        return clock.now().astimezone(clock.JAKARTA)
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError("--at is written like 2026-04-20T10:15") from error
    return at if at.tzinfo else at.replace(tzinfo=clock.JAKARTA)


def _say(outcome) -> None:
    from teduh.payments import queries

    found = queries.receipt_by_id(id=outcome.receipt)
    click.echo(f"{found.bank} {found.bank_reference}  {outcome.state:10}  {outcome.text.id} / {outcome.text.en}")
    ends = sorted(set(outcome.protected.values()))
    if ends:
        click.echo(
            f"  {len(outcome.protected)} protected, paid until {ends[0]}" + (f" to {ends[-1]}" if ends[1:] else "")
        )


@command.command()
@click.argument("reference")
@click.option("--bank", "name", default="BNI", show_default=True, help="Which bank.")
def reverse(reference: str, name: str) -> None:
    """Take the payment REFERENCE back."""
    outcome = _bank(name).reverse(bank_reference=reference)
    click.echo(f"{name} {reference}  {outcome.state:10}  {outcome.text.id} / {outcome.text.en}")


@command.command("list")
@click.option("--bank", "name", help="Only this bank.")
@click.option("--limit", default=20, show_default=True, help="How many.")
def list_(name: str | None, limit: int) -> None:
    """The last payments told."""
    from teduh.payments import queries

    for row in queries.receipts(bank=name, limit=limit):
        when = row.paid_at.astimezone(clock.JAKARTA)
        click.echo(
            f"{when:%Y-%m-%d %H:%M}  {row.bank:8} {row.bank_reference:24} {row.code:20} {rupiah(row.amount):>14}"
            f"  {row.state:9}  {row.bill_number or ''}".rstrip()
        )
