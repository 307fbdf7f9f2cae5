"""What banks tell: money arrived, or was taken back. Told twice, booked once."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import AfterValidator, AwareDatetime, Field
from pydantic_core import PydanticCustomError

from teduh.api import inputs, shapes
from teduh.api.door import operation
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.journeys.money import pay
from teduh.payments.facts import Notice, Outcome

router = Router(tags=["bank"])
Told = shapes.of(Outcome, omit=("protected",))
Reference = Annotated[inputs.text(64, 1), Field(examples=["BNI-20260417-000123"])]


def _this_century(moment: dt.datetime) -> dt.datetime:
    """A moment that a calendar in Jakarta can hold."""
    if not 2000 <= moment.year < 2100:
        raise PydanticCustomError("date_range", "is not of this century")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_this_century)]


class NoticeIn(inputs.In):
    bank: inputs.text(20, 1) = Field(examples=["BNI"])  # type: ignore[valid-type]
    bank_reference: Reference
    code: inputs.text(64, 1) = Field(description="The payment code as the payer typed it.")  # type: ignore[valid-type]
    amount: inputs.Money
    paid_at: Moment = Field(examples=["2026-04-17T09:30:00+07:00"])


class Notices(inputs.In):
    notices: Annotated[list[NoticeIn], Field(min_length=1, max_length=5_000)]


class Reversal(inputs.In):
    bank: inputs.text(20, 1)  # type: ignore[valid-type]
    bank_reference: Reference
    reversal_reference: Reference


@operation(
    router, "POST", "/notices", needs=("bank",), out=list[Told], idempotent=True,
    example={"notices": [{"bank": "BNI", "bank_reference": "BNI-20260417-000123", "code": "8808100000012345",
                          "amount": 16800, "paid_at": "2026-04-17T09:30:00+07:00"}]},
)  # fmt: skip
def bank_notices(request: HttpRequest, body: Notices) -> Any:
    """Tell that money arrived; one outcome for each notice, in order.

    (bank, bank_reference) is the bank's own key: `repeated` when told again, `conflict` when told differently.
    """
    now = clock.now()
    notices = [Notice(one.bank, one.bank_reference, one.code, one.amount, one.paid_at) for one in body.notices]
    return pay.receive(notices=notices, on=clock.today(), at=now, by=actor(request))


@operation(router, "POST", "/reversals", needs=("bank",), out=Told, idempotent=True, may_fail=(404, 409))
def bank_reversals(request: HttpRequest, body: Reversal) -> Any:
    """Take a payment back: what it settled is owed again, and cover is worked out anew."""
    return pay.reverse(
        bank=body.bank, bank_reference=body.bank_reference, reversal_reference=body.reversal_reference,
        on=clock.today(), at=clock.now(), by=actor(request),
    )  # fmt: skip
