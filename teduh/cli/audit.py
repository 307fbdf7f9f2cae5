"""`teduh audit`: seal what was recorded, verify the whole chain, show who did and read what."""

from __future__ import annotations

import sys

import click
from django.db import transaction

from teduh.core.clock import JAKARTA
from teduh.security import queries, seals
from teduh.security.access import SYSTEM


@click.group
def command() -> None:
    """Who did and read what: append-only, sealed in a chain of hashes."""


@command.command
def seal() -> None:
    """Seal what can be sealed now. Keep the hash it prints somewhere else: it proves everything before it."""
    with transaction.atomic():
        done = seals.seal()
    click.echo(f"{done.events} events sealed in {done.links} links")
    click.echo(f"newest hash: {done.head or '(nothing was ever sealed)'}")


@command.command
@click.option("--hash", "known", default="", help="A hash kept elsewhere: must be part of the chain.")
def verify(known: str) -> None:
    """Recompute every link and name the first that is broken. Exit code 1 if one is."""
    found = seals.verify(known_head=known)
    click.echo(f"{found.links} links over {found.events} events, {found.unsealed} wait for the next seal")
    if not found.holds:
        click.echo(f"BROKEN: {found.why}", err=True)
        sys.exit(1)
    click.echo(f"the chain holds; newest hash: {found.head or '(nothing was ever sealed)'}")


@command.command
@click.option("--about", "subject", default="", metavar="SUBJECT", help="For example person:42 or user:3.")
@click.option("--action", default="", help="Begins with this, for example person.read.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, queries.MOST), help="How many.")
@click.option("--before", type=int, help="Continue before this event number.")
def show(subject: str, action: str, limit: int, before: int | None) -> None:
    """The newest events, or those about somebody."""
    for event in queries.events(actor=SYSTEM, subject=subject, action=action, limit=limit, before=before):
        when = event.at.astimezone(JAKARTA)
        why = f"  “{event.why}”" if event.why else ""
        who = f"{event.who} ({event.role.en})"
        click.echo(f"{event.id:>8}  {when:%Y-%m-%d %H:%M:%S}  {who}  {event.action}  {event.subject}{why}")
