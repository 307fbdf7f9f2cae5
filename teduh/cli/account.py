"""`teduh account`: accounts of staff."""

from __future__ import annotations

import secrets

import click
from django.db import transaction

from teduh.security import actions, queries
from teduh.security.access import SYSTEM
from teduh.security.models import Role

PASSWORD = "A password of your own; otherwise one is made and printed."


@click.group
def command() -> None:
    """Accounts of staff and machines. One account, one role."""


@command.command
@click.argument("username")
@click.option("--role", type=click.Choice(Role.values), required=True, help="What it is to the fund.")
@click.option("--name", default="", help="The person's name.")
@click.option("--password", help=PASSWORD)
def create(username: str, role: str, name: str, password: str | None) -> None:
    """Make an account."""
    word = password or secrets.token_urlsafe(12)
    with transaction.atomic():
        actions.create_account(username=username, role=role, name=name, password=word, by=SYSTEM)
    click.echo(f"{username} ({role}) may sign in" + ("" if password else f" with {word}"))


@command.command
@click.argument("username")
@click.option("--password", help=PASSWORD)
def reset(username: str, password: str | None) -> None:
    """Give an account a new password; whoever used the old one is signed out."""
    word = password or secrets.token_urlsafe(12)
    with transaction.atomic():
        actions.set_password(username=username, password=word, by=SYSTEM)
    click.echo(f"{username} has a new password" + ("" if password else f": {word}"))


@command.command
@click.argument("username")
@click.option("--why", required=True, help="Why; it goes into the audit.")
def close(username: str, why: str) -> None:
    """Let an account sign in no more. What it did stays attributed to it."""
    with transaction.atomic():
        actions.close(username=username, why=why, by=SYSTEM)
    click.echo(f"{username} is closed")


@command.command("list")
@click.option("--role", type=click.Choice(Role.values), default=None, help="Only this role.")
def list_(role: str | None) -> None:
    """Accounts of staff, or of one role."""
    for row in queries.accounts(actor=SYSTEM, role=role or ""):
        last = f"last signed in {row.last_sign_in:%Y-%m-%d}" if row.last_sign_in else "never signed in"
        click.echo(f"{row.username:<24} {row.role:<9} {'' if row.is_active else 'closed  '}{last}  {row.name}")
