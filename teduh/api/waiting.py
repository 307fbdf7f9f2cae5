"""Money that waits for an officer: used for a bill, or given back by two people."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from teduh.api import inputs, seeing, shapes
from teduh.api.door import operation
from teduh.api.inputs import IdPath, Why
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.journeys.money import refund as refunds
from teduh.journeys.money import suspense
from teduh.payments import queries
from teduh.payments.facts import Outcome

router = Router(tags=["waiting money"])
Waiting = shapes.of(queries.SuspenseRow, also=(("reason_name", Text),))
Told = shapes.of(Outcome, omit=("protected",))
Refund = shapes.of(queries.RefundRow)
Cursor = Annotated[
    str, Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,18})?$", description="`next` of the last page.")
]
Reason = Literal["unknown_code", "expired", "already_paid", "too_much", "too_little", "cancelled"]


class WaitingPage(shapes.Out):
    rows: list[Waiting]  # type: ignore[valid-type]
    next: str = Field(description="Where the next page begins, or empty.")


class Apply(inputs.In):
    bill: inputs.BillNumber
    why: Why


class Refunding(inputs.In):
    bank_code: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,11}$", examples=["BNI"])]
    account_number: Annotated[str, Field(pattern=r"^[0-9]{5,34}$")]
    account_name: Annotated[inputs.text(100, 2), Field()]
    why: Why


class Proposed(shapes.Out):
    refund: int


class Decision(inputs.In):
    decision: Literal["approve", "reject", "paid"]
    why: Why
    paid_reference: inputs.text(64) = Field(default="", description="The bank's reference, when paid.")  # type: ignore[valid-type]


@operation(router, "GET", "/suspense", needs=("suspense", "books"), out=WaitingPage)
def waiting_money(
    request: HttpRequest, after: Cursor = "", limit: inputs.Limit = 50, reason: Reason | None = None
) -> Any:
    """Money that waits, oldest first."""
    rows = suspense.waiting(by=actor(request), reason=reason, after=_cursor(after), limit=limit)
    last = rows[-1] if len(rows) == limit else None
    return {"rows": rows, "next": f"{last.opened_on}.{last.id}" if last else ""}


@operation(router, "POST", "/suspense/{id}/apply", needs=("suspense",), out=Told, idempotent=True, may_fail=(404,))
def apply_waiting(request: HttpRequest, id: IdPath, body: Apply) -> Any:
    """Use waiting money for a bill; what is left waits again."""
    who, today = actor(request), clock.today()
    to = seeing.bill(actor=who, number=body.bill, on=today)
    return suspense.apply(suspense=id, to_bill=to.id, by=who, on=today, at=clock.now(), why=body.why)


@operation(
    router, "POST", "/suspense/{id}/refund", needs=("refund",), out=Proposed, status=201, idempotent=True,
    may_fail=(404,),
)  # fmt: skip
def propose_refund(request: HttpRequest, id: IdPath, body: Refunding) -> Any:
    """Propose to give waiting money back to a payer's account; another officer decides."""
    made = refunds.propose(suspense=id, **body.model_dump(), by=actor(request), on=clock.today())
    return {"refund": made}


@operation(router, "GET", "/refunds", needs=("refund", "books"), out=list[Refund])
def list_refunds(
    request: HttpRequest,
    state: Literal["proposed", "approved", "paid", "rejected"] | None = None,
    before: Annotated[int | None, Query(ge=1, le=inputs.MOST_ID, description="The last id seen.")] = None,
    limit: inputs.Limit = 50,
) -> Any:
    """Refunds, newest first."""
    return queries.refunds(state=state, before=before, limit=limit)


@operation(router, "POST", "/refunds/{id}/decision", needs=("refund",), out=Refund, idempotent=True, may_fail=(404,))
def decide_refund(request: HttpRequest, id: IdPath, body: Decision) -> Any:
    """Approve or reject what another officer proposed, or note that the transfer was made."""
    common = {"refund": id, "by": actor(request), "on": clock.today(), "at": clock.now()}
    if body.decision == "paid":
        refunds.paid(**common, paid_reference=body.paid_reference)
    else:
        {"approve": refunds.approve, "reject": refunds.reject}[body.decision](**common, why=body.why)
    found = queries.refunds(before=id + 1, limit=1)
    if not found or found[0].id != id:
        raise not_found(Text("Pengembalian tidak ditemukan.", "There is no such refund."))
    return found[0]


def _cursor(text: str) -> tuple[dt.date, int] | None:
    day, _, id_ = text.partition(".")
    try:
        return (dt.date.fromisoformat(day), int(id_)) if text else None
    except ValueError:
        return None
