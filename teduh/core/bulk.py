"""Columns of whole numbers into PostgreSQL as fast as it takes them, and tables that are filled aside and shown whole.

A table filled aside is an ordinary one until it becomes a partition of its parent: nobody sees a part of it. It knows
no table; names and numbers come from code, never from people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from teduh.core import sql

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
#: How COPY's binary form writes a column, by the array's own type: bigint, integer, smallint.
BINARY = {"int64": (">i8", 8), "int32": (">i4", 4), "int16": (">i2", 2)}
#: Rows of one message to PostgreSQL.
MESSAGE = 32_768

ASIDE = """
CREATE TABLE IF NOT EXISTS {table} (
    LIKE {parent} INCLUDING CONSTRAINTS INCLUDING INDEXES, CONSTRAINT {table}_is_of_one_booking CHECK ({same})
)
"""
DEFAULT = "ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {value}"
GUARD = """
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {parent}_is_append_only()
"""
SHOWN = "SELECT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass(%s))"


def aside(*, table: str, parent: str, same: Mapping[str, str]) -> None:
    """A table like a partition of `parent`, filled aside and append-only from the first row on.

    `same`: columns that are the same in all its rows, with their value as SQL. They are checked, and filled in by
    PostgreSQL, so that only what differs is sent.
    """
    said = " AND ".join(f'"{column}" = {value}' for column, value in same.items())
    sql.run(ASIDE.format(table=table, parent=parent, same=said))
    for column, value in same.items():
        sql.run(DEFAULT.format(table=table, column=f'"{column}"', value=value))
    sql.run(GUARD.format(table=table, parent=parent))


def show(*, table: str, parent: str, value: str) -> None:
    """Make a table that was filled aside the partition of `parent` for this value."""
    sql.run(f"ALTER TABLE {parent} ATTACH PARTITION {table} FOR VALUES IN ({value})")
    sql.run(f"ANALYZE {table}")


def hide(*, table: str, parent: str) -> None:
    """Take a partition out of its parent; the table and its rows stay."""
    sql.run(f"ALTER TABLE {parent} DETACH PARTITION {table}")


def is_shown(*, table: str) -> bool:
    """Whether the table is a partition now."""
    return bool(sql.rows(SHOWN, [table])[0][0])


def copy(into: str, columns: Mapping[str, Any]) -> int:
    """Rows from NumPy columns (int64, int32, int16; no NULL) into a table by binary COPY; how many."""
    import numpy as np

    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name, values in columns.items():
        kind, _ = BINARY[values.dtype.name]
        fields += [(f"{name} width", ">i4"), (name, kind)]
    count = len(next(iter(columns.values())))
    block = np.empty(min(count, MESSAGE), np.dtype(fields))
    block["fields"] = len(columns)
    for name, values in columns.items():
        block[f"{name} width"] = BINARY[values.dtype.name][1]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {into} ({names}) FROM STDIN (FORMAT binary)") as stream:
            stream.write(HEADER)
            for first in range(0, count, MESSAGE):
                part = block[: min(MESSAGE, count - first)]
                for name, values in columns.items():
                    part[name] = values[first : first + MESSAGE]
                stream.write(part.tobytes())
            stream.write(TRAILER)
        return cursor.rowcount
