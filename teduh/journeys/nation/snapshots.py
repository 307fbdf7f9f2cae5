"""Everyone at once: a snapshot of the database for runs over the population, and who stands behind a key of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from teduh.core import secrets
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.security import actions as audit
from teduh.security.access import Actor

SNAPSHOTS = ("people", "savings", "wages", "booked")
#: One moment of the whole database, however long the reading takes.
ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def keys() -> Any:
    """The fund's surrogate keys."""
    from teduh.national.surrogates import Keys

    return Keys(secrets.surrogate_key(Path(settings.DATA_DIR)))


def snapshot(
    *,
    what: str,
    as_of: dt.date,
    month: Month,
    target: str,
    by: Actor,
    shard_rows: int = 1_000_000,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Everyone as columns, as of a day: `people`, their `savings` in the month's year, `wages` they paid JP for, or
    what was `booked` for a month. Its manifest; the same again is found, and a half-done one is made anew.

    Raises Refused: not_allowed, snapshot_is_there (something else is kept at `target`).
    """
    from teduh.journeys.nation import columns
    from teduh.national import snapshot as files

    by.require("runs")
    if shard_rows < 1 or what not in SNAPSHOTS:
        raise Refused("no_such_snapshot", Text("Snapshot itu tidak ada.", "There is no such snapshot."),
                      then=Text(f"Pilih: {', '.join(SNAPSHOTS)}.", f"Choose: {', '.join(SNAPSHOTS)}."))  # fmt: skip
    statement, layout = columns.KINDS_OF_SNAPSHOT[what]
    asked, fund = files.Asked(what=what, as_of=as_of, month=month, shard_rows=shard_rows), keys()
    made = files.found(target, asked=asked, keys=fund)
    if made is None:
        with transaction.atomic():
            audit.record(by=by, action="nation.snapshot", detail=asked.as_dict())
        given = {"as_of": as_of, "month": month.first, "january": dt.date(month.year, 1, 1)}
        made = files.write(rows=_rows(statement, given), layout=layout, asked=asked, keys=fund, target=target,
                           progress=progress)  # fmt: skip
    return made


def _rows(statement: str, given: dict[str, Any]) -> Iterator[Any]:
    """The rows as CSV lines, streamed out of one transaction that sees one moment."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(ONE_MOMENT)
        cursor.execute("SET LOCAL jit = off")
        with cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)", given) as stream:
            yield from stream


def behind(*, key: int, by: Actor, why: str) -> tuple[str, int]:
    """What a surrogate key stands for: the kind of row and its number. For a stated purpose, and it is recorded.

    Raises Refused: not_allowed, no_purpose, not_found.
    """
    from teduh.national import surrogates

    by.require("runs")
    if not why.strip():
        raise Refused("no_purpose", Text("Tujuannya belum disebutkan.", "The purpose is missing."),
                      then=Text("Tulis untuk apa kunci ini dibuka.", "Write what this key is opened for."),
                      field="why")  # fmt: skip
    import numpy as np

    try:
        kind, row = surrogates.named(int(keys().open(np.array([key], np.int64))[0]))
    except (ValueError, OverflowError, IndexError):
        raise not_found(Text("Kunci itu bukan dari dana ini.", "That key is not of this fund.")) from None
    with transaction.atomic():
        audit.record(by=by, action="nation.key_opened", subjects=[f"{kind}:{row}"], why=why)
    return kind, row
