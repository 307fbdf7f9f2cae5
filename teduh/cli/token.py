"""`teduh token`: keys of machines to the API."""

from __future__ import annotations

import click
from django.db import transaction

from teduh.core import clock
from teduh.security import tokens
from teduh.security.access import SYSTEM


@click.group
def command() -> None:
    """Keys of machines to the API. A key acts as an account, and opens only its scopes."""


@command.command
@click.argument("username")
@click.option("--name", required=True, help="What the key is for, for example “BNI notifications”.")
@click.option(
    "--scope", "scopes", multiple=True, required=True, help=f"May be repeated. One of: {', '.join(tokens.SCOPES)}."
)
@click.option(
    "--days", default=90, show_default=True, type=click.IntRange(1, tokens.LONGEST_DAYS), help="How long it lives."
)
@click.option(
    "--firm", metavar="NPP", default="", help="An employer's registration number: the key opens this firm alone."
)
@click.option(
    "--organisation", metavar="CODE", default="", help="An agency's or mission's code: the key opens this one alone."
)
def create(username: str, name: str, scopes: tuple[str, ...], days: int, firm: str, organisation: str) -> None:
    """Make a key for an account. It is shown once and cannot be read back."""
    with transaction.atomic():
        made = tokens.create(
            username=username, name=name, scopes=scopes, days=days, at=clock.now(), by=SYSTEM, firm=firm,
            organisation=organisation,
        )  # fmt: skip
    click.echo(f"token {made.id}, until {made.expires_at:%Y-%m-%d}; send it as Authorization: Bearer …")
    click.echo(made.secret)


@command.command
@click.argument("token", type=int)
def revoke(token: int) -> None:
    """Make a key open nothing any more. TOKEN is the number that `list` shows."""
    with transaction.atomic():
        tokens.revoke(token=token, at=clock.now(), by=SYSTEM)
    click.echo(f"token {token} is revoked")


@command.command("list")
def list_() -> None:
    """The keys that open something now."""
    for token in tokens.usable(at=clock.now()):
        until = f"until {token.expires_at:%Y-%m-%d}" if token.expires_at else "without end"
        used = f"last used {token.last_used_on}" if token.last_used_on else "never used"
        click.echo(
            f"{token.pk:>5}  {token.user.username:<20} {token.name:<30} {until}, {used}  {' '.join(token.scopes)}"
        )
