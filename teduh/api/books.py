"""For those who check: the books' trial balance, and the record of who did what."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AfterValidator, Field

from teduh.api import inputs, shapes
from teduh.api.door import operation
from teduh.api.inputs import storable
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.ledger import queries as ledger
from teduh.security import queries as audit

router = Router(tags=["books and audit"])
Row = shapes.of(ledger.TrialRow, also=(("balance", int),))
Fund = shapes.of(ledger.FundBalance, also=(("balanced", bool),))
Happened = shapes.of(audit.Happened)
Word = Annotated[str, Query(max_length=80, pattern=r"^[^\u0000]*$"), AfterValidator(storable)]


class TrialBalance(shapes.Out):
    """All accounts up to and with a day; each fund balances by itself."""

    on: dt.date
    balanced: bool
    rows: list[Row]  # type: ignore[valid-type]
    funds: list[Fund]  # type: ignore[valid-type]


class Events(shapes.Out):
    rows: list[Happened]  # type: ignore[valid-type]
    next: int | None = Field(description="Give it as `before` for the next page; null: there is none.")


@operation(router, "GET", "/books/trial-balance", needs=("books",), out=TrialBalance)
def trial_balance(request: HttpRequest, on: Annotated[dt.date | None, Query()] = None) -> Any:
    """Every account's debits and credits up to and with a day, and whether each fund balances."""
    return ledger.trial_balance(on=inputs.day(on, clock.today()))


@operation(router, "GET", "/audit/events", needs=("audit",), out=Events)
def audit_events(
    request: HttpRequest,
    subject: Word = "",
    action: Word = "",
    by: Annotated[int | None, Query(ge=1, le=inputs.MOST_ID)] = None,
    before: Annotated[int | None, Query(ge=1, le=inputs.MOST_ID)] = None,
    limit: inputs.Limit = 100,
) -> Any:
    """Who did or read what, newest first; `subject` such as person:42, `action` by its beginning."""
    rows = audit.events(actor=actor(request), subject=subject, by=by, action=action, before=before, limit=limit)
    return {"rows": rows, "next": rows[-1].id if len(rows) == limit else None}
