"""What the commands of `teduh migrants` share: how days, placements and organisations are named; refusals said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import click

from teduh.cli.employer import said
from teduh.cli.enrol import Words
from teduh.core.errors import Refused
from teduh.migrants import access, queries

WHY = "teduh migrants"
PURPOSE = click.option("--why", default=WHY, show_default=True, help="Why you do it; kept in the audit.")


class Day(click.ParamType[dt.date]):
    """A date as people type it for machines: 2026-10-31."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        try:
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fail(f"{value!r}: 2026-10-31", param, ctx)


def asked(do: Callable[[], Any], say: Words) -> Any:
    """What it answers; a refusal is said in the language that was chosen."""
    try:
        return do()
    except Refused as refused:
        raise click.ClickException(said(refused, say)) from refused


def placement(number: str) -> int:
    """The placement with this number, as people type it."""
    found = queries.by_number(number=number)
    if found is None:
        raise access.not_yours()
    return found


def body_of(code: str) -> int:
    """The organisation with this code."""
    found = next((row.id for row in queries.organisations(search=code) if row.code == code.upper()), None)
    return queries.organisation(organisation=found or 0).id
