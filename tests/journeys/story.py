"""How a walk is told: steps with what the code answered, as one page of Markdown that is the same each time."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HEAD = """\
# A walk

One fisherman of Cilacap, from joining until he pays again after his cover lapsed. He is made up, and so is his NIK.
This page is written by the test that walks it (`tests/journeys/walk.py`, against a real PostgreSQL): every line in a
box is what the code answered, in Bahasa Indonesia where it speaks to people. When the page and the code differ, the
test fails; `python -m tests.journeys.walk` writes the page again.
"""


@dataclass
class Story:
    """The steps so far, as Markdown."""

    head: str = HEAD
    parts: list[str] = field(default_factory=list)

    def step(self, title: str, prose: str) -> None:
        self.parts.append(f"## {title}\n\n{_wrapped(prose)}")

    def tell(self, prose: str) -> None:
        self.parts.append(_wrapped(prose))

    def show(self, lines: Iterable[object]) -> None:
        self.parts.append("\n".join(["```", *(str(line) for line in lines), "```"]))

    def page(self) -> str:
        return "\n\n".join([self.head.rstrip(), *self.parts]) + "\n"


def _wrapped(prose: str) -> str:
    return textwrap.fill(" ".join(prose.split()), 118, break_long_words=False, break_on_hyphens=False)


def check(is_so: bool, what: str) -> None:
    """The walk goes on only where the code answers as the story says."""
    if not is_so:
        raise AssertionError(what)


def moment(day: dt.date, hour: int = 10) -> dt.datetime:
    from teduh.core.clock import JAKARTA

    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=JAKARTA)


def table(rows: list[tuple[object, ...]]) -> list[str]:
    """Rows in columns that line up."""
    widths = [max(len(str(row[k])) for row in rows) for k in range(len(rows[0]))]
    return ["  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def begin() -> None:
    """Numbers start as in an empty house, so that the page is the same each time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.seqrelid::regclass::text, t.relname, a.attname FROM pg_sequence s "
            "LEFT JOIN pg_depend d ON d.objid = s.seqrelid AND d.refobjsubid > 0 AND d.classid = 'pg_class'::regclass "
            "LEFT JOIN pg_class t ON t.oid = d.refobjid "
            "LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
        )
        for sequence, owner, column in cursor.fetchall():
            if owner is None:
                cursor.execute(f"ALTER SEQUENCE {sequence} RESTART")
            else:
                cursor.execute(f'SELECT setval(%s, coalesce(max("{column}"), 0) + 1, false) FROM "{owner}"', [sequence])


@contextmanager
def no_database():
    """Inside this block a single statement is an error: what happens here needs no server."""
    from django.db import connection

    def refuse(*_args):
        raise AssertionError("the database was asked")

    with connection.execute_wrapper(refuse):
        yield


def write(page: Path, walk: Callable[[], str]) -> None:
    """Walk in a database of its own and write the page."""
    with tempfile.TemporaryDirectory(prefix="teduh-walk-") as folder:
        os.environ |= {"TEDUH_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "teduh.site.settings"}
        from teduh.site import embedded

        data = Path(folder)
        with embedded.running(data, options=embedded.FORGETFUL) as socket:
            embedded.ensure_database(data)
            os.environ["DATABASE_URL"] = f"postgresql:///teduh?host={socket}&user=postgres"
            import django

            django.setup()
            from django.core.management import call_command
            from django.db import connections

            from teduh.employers import reference
            from teduh.migrants import reference as destinations
            from teduh.registry import actions

            call_command("migrate", verbosity=0)
            actions.load_reference()
            reference.load_reference()
            destinations.load_reference()
            page.write_text(walk(), "utf-8")
            connections.close_all()
    sys.stdout.write(f"{page}\n")
