"""`teduh backup`: the embedded database into one file, and back. The keys are not in it: they are kept apart."""

from __future__ import annotations

import os
from pathlib import Path

import click

from teduh.cli import ground
from teduh.site import embedded, place
from teduh.site.embedded import Trouble

NEWEST = "SELECT greatest((SELECT max(xact) FROM security_event), (SELECT max(upto_xact) FROM security_seal), 0)"


@click.group
def command() -> None:
    """The embedded database into one file, and back.

    A backup holds no keys. Copy the folder keys/ of the data folder to another place: without it, nobody can read the
    names and numbers in a backup. With DATABASE_URL, use the server's own tools.
    """


@command.command
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def make(file: Path) -> None:
    """Write the database to FILE, while it is in use."""
    _only_embedded()
    with ground.database():
        embedded.dump(place.data_dir(), file.resolve())
    keys = place.data_dir() / "keys"
    click.echo(f"{file} ({file.stat().st_size:,} bytes). Keep a copy of {keys} somewhere else: it opens this file.")


@command.command
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(file: Path) -> None:
    """Read FILE into a data folder that holds no database yet; put its keys there first."""
    _only_embedded()
    folder = place.data_dir()
    if (embedded.cluster(folder) / "PG_VERSION").exists():
        raise Trouble(f"{folder} holds a database already. Name a new folder with --data-dir.")
    if not (folder / "keys" / "fields.json").exists():
        raise Trouble(f"Put the keys of the backup into {folder / 'keys'} first: they open what is in it.")
    with ground.database(make=True):
        embedded.restore(folder, file.resolve())
        newest = embedded.connect(folder, database="teduh").execute(NEWEST).fetchone()
    embedded.count_on_from(folder, newest[0] if newest else 0)
    click.echo(f"{file} is in {folder}. Run: teduh doctor --data-dir {folder}")


def _only_embedded() -> None:
    if os.environ.get("DATABASE_URL"):
        raise Trouble("DATABASE_URL is set: back up that server with its own tools (pg_dump, pg_basebackup).")


for _part in (make, restore):
    _part.params.append(ground.data_dir_option())
