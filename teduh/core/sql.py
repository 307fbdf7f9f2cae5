"""Plain SQL over Django's connection, for what is said once for many rows. It knows no table."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor

PREPARE = os.environ.get("TEDUH_PREPARE") != "0"


def rows(statement: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Every row that the statement answers with."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall()


def often(statement: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The same for statements on the busiest paths: PostgreSQL plans them once per connection and keeps the plan.

    Values are sent apart from the text, so each needs a type (`%s::bigint[]`) where the statement does not give one.
    TEDUH_PREPARE=0 switches it off behind a pooler that cannot keep plans (PgBouncer before 1.21).
    """
    if not PREPARE:
        return rows(statement, params)
    connection.ensure_connection()
    connection.connection.prepare_threshold = 2
    with connection._prepare_cursor(ServerBindingCursor(connection.connection)) as cursor:
        cursor.execute(statement, params or None)
        result = cursor.pgresult  # asked instead of `description`, which describes every column in Python
        return cursor.fetchall() if result and result.nfields else []


def run(statement: str, params: Sequence[Any] | dict[str, Any] = ()) -> int:
    """Do it; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.rowcount


def copy(into: str, records: Iterable[Sequence[Any]]) -> None:
    """Stream records into `table (columns)` by COPY."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as stream:
        for record in records:
            stream.write_row(record)


def columns(records: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    """Records turned into `width` columns, as `unnest` wants them."""
    return [list(column) for column in zip(*records, strict=True)] if records else [[] for _ in range(width)]
