"""Plain SQL over Django's connection, for what is said once for many rows. It knows no table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection


def rows(statement: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Every row that the statement answers with."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall()


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
