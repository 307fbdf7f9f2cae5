"""`teduh migrate`: the tables of this version, and the reference data every database needs."""

from __future__ import annotations

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from teduh.core import secrets
from teduh.employers import reference
from teduh.migrants import reference as destinations
from teduh.registry import actions
from teduh.site.embedded import Trouble

OLDEST = 150000


def server_version() -> str:
    """The server's version in words; refuses one that is too old."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
        number, words = cursor.fetchone()
    if number < OLDEST:
        raise Trouble(f"DATABASE_URL leads to PostgreSQL {words}. Teduh needs 15 or newer.")
    return str(words).split(" ")[0]


def tables() -> int:
    """Applies what is missing; says how many migrations that were. The field keys are there before any field is."""
    from django.db.migrations.executor import MigrationExecutor

    secrets.key_ring(settings.DATA_DIR)
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
    return missing


@click.command
def command() -> None:
    """Bring the database's tables up to this version and load regions and occupations. Safe to repeat."""
    click.echo(f"PostgreSQL {server_version()}")
    applied = tables()
    click.echo(f"{applied} migrations applied" if applied else "tables are up to date")
    actions.load_reference()
    reference.load_reference()
    destinations.load_reference()
    click.echo("regions and occupations are loaded")
