"""`teduh card`: the verifier as one file, and the keys that sign cards. It needs no database."""

from __future__ import annotations

from pathlib import Path

import click

from teduh.cli import ground
from teduh.core import clock


@click.group
def command() -> None:
    """Cards: the verifier as one file, the signing keys, and whether a card is genuine."""
    ground.prepare()


@command.command
@click.option(
    "--to",
    default="verify.html",
    show_default=True,
    help="The file to write.",
    type=click.Path(dir_okay=False, path_type=Path),
)
def verifier(to: Path) -> None:
    """Write the verifying page as one HTML file: it works from a memory stick, without a network or a server."""
    from teduh.portals import verify

    to.write_text(verify.single_page(on=clock.today()), encoding="utf-8")
    click.echo(f"{to}: open it in a browser; it knows the keys of {clock.today()}")


@command.command
@click.argument("text")
def check(text: str) -> None:
    """Say whether TEXT (TDH1:...) is a genuine card, and what it means today."""
    from teduh.coverage import card

    found = card.verify(text=text, on=clock.today())
    claims = found.claims
    click.echo(found.what.en)
    click.echo(f"{claims.name}, {claims.member_number}: {', '.join(claims.programmes) or 'no cover'}", nl=False)
    click.echo(f" until {claims.protected_until}" if claims.protected_until else "")


@command.command
def keys() -> None:
    """The keys that cards are signed with; the first one signs."""
    from teduh.coverage import card_keys

    ring = card_keys.ring(on=clock.today())
    for key in sorted(ring.keys.values(), key=lambda key: key.kid != ring.current.kid):
        click.echo(f"{key.kid.hex()}  made {key.made}{'  signs now' if key.kid == ring.current.kid else ''}")


@command.command
def rotate() -> None:
    """Sign with a new key from now on; cards of the old ones stay genuine until they expire."""
    from teduh.coverage import card_keys

    click.echo(f"signing with {card_keys.rotate(on=clock.today()).current.kid.hex()}; publish the verifier anew")


@command.command
@click.argument("kid")
@click.confirmation_option(prompt="Every card signed with it becomes worthless. Go on?")
def withdraw(kid: str) -> None:
    """Trust KID no more, because it was lost or stolen."""
    from teduh.coverage import card_keys

    known = {key.hex() for key in card_keys.ring(on=clock.today()).keys}
    if kid not in known:
        raise click.ClickException(f"No such key. There are: {', '.join(sorted(known))}.")
    card_keys.withdraw(kid=bytes.fromhex(kid), on=clock.today())
    click.echo(f"{kid} is withdrawn; publish the verifier anew")


for part in command.commands.values():
    part.params.append(ground.data_dir_option())
