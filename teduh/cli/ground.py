"""What a command stands on: settings of the right data folder, and a database that answers while it runs."""

from __future__ import annotations

import contextlib
import copy
import os
from collections.abc import Iterator
from typing import Any

import click

from teduh.site import embedded, place
from teduh.site.embedded import Trouble


def prepare() -> None:
    """Django, set up once for the data folder named by the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teduh.site.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


@contextlib.contextmanager
def database(*, make: bool = False) -> Iterator[None]:
    """The database answers inside this block. Without `make`, data must be there already."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    data_dir = place.data_dir()
    if not make and not _holds_data(data_dir):
        raise Trouble(f"There is no data in {data_dir} yet. Run `teduh up` first, or name another --data-dir.")
    with embedded.running(data_dir, say=lambda text: click.echo(f"\n    {text}", err=True)):
        embedded.ensure_database(data_dir)
        try:
            yield
        finally:
            from django.apps import apps

            if apps.ready:
                from django.db import connections

                connections.close_all()


def _holds_data(data_dir: Any) -> bool:
    try:
        return (embedded.cluster(data_dir) / "PG_VERSION").exists()
    except PermissionError as error:
        raise Trouble(f"{data_dir} belongs to somebody else; name another folder with --data-dir.") from error


def stand(command: click.Command, *, make: bool = False) -> click.Command:
    """The same command (and those under it), run inside `database()`, with the option --data-dir."""
    standing = copy.copy(command)
    if isinstance(standing, click.Group):
        standing.commands = {name: stand(part, make=make) for name, part in standing.commands.items()}
        return standing
    standing.params = [*command.params, data_dir_option()]

    def invoke(ctx: click.Context) -> Any:
        with database(make=make):
            return type(command).invoke(standing, ctx)

    standing.invoke = invoke  # type: ignore[method-assign]
    return standing


def data_dir_option() -> click.Option:
    """Already read by `main`, before settings were; named here so that help shows it."""
    return click.Option(
        ["--data-dir"], expose_value=False, metavar="FOLDER", help="Where Teduh keeps everything [TEDUH_DATA_DIR]."
    )
