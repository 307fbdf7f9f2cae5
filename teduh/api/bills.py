"""Bills: asked for, shown, paid by the code or the QR on them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from teduh.api import inputs, seeing, shapes
from teduh.api.door import operation
from teduh.api.inputs import BillPath, MemberNumber
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.money import pay
from teduh.payments import pictures

router = Router(tags=["bills"])
Bill = shapes.of(pay.BillView)
WHO = ("bill", "self", "everyone")


class Asked(inputs.In):
    people: Annotated[list[MemberNumber], Field(max_length=20_000)] = []
    group: inputs.Ident | None = Field(
        default=None, description="The group that pays; empty `people`: all its members."
    )
    months: inputs.Count = 1
    first: inputs.MonthWord | None = Field(default=None, description="Without it: each one's next unpaid months.")
    programmes: Annotated[list[Literal["JKK", "JKM", "JHT"]], Field(max_length=3)] | None = None


@operation(
    router, "POST", "", needs=WHO, out=Bill, status=201, idempotent=True, may_fail=(404,),
    example={"people": ["26000000017"], "months": 3},
)  # fmt: skip
def make_bill(request: HttpRequest, body: Asked) -> Any:
    """A bill for one person, or for a group's people, for one or several months."""
    return pay.bill(
        people=seeing.persons(numbers=body.people), group=body.group, months=body.months,
        first=inputs.month(body.first), programmes=body.programmes, by=actor(request), on=clock.today(),
    )  # fmt: skip


@operation(router, "GET", "/{number}", needs=WHO, out=Bill, may_fail=(404,))
def bill(request: HttpRequest, number: BillPath) -> Any:
    """A bill as it stands today: lines with articles, what is settled, what its code still asks for."""
    today = clock.today()
    return pay.view(bill=seeing.bill(actor=actor(request), number=number, on=today).id, on=today)


@operation(router, "GET", "/{number}/qr.svg", needs=WHO, out=None, media="image/svg+xml", may_fail=(404, 409))
def bill_qr(request: HttpRequest, number: BillPath) -> Any:
    """The bill's QRIS code, drawn."""
    today = clock.today()
    shown = pay.view(bill=seeing.bill(actor=actor(request), number=number, on=today).id, on=today)
    if not shown.qris:
        raise Refused(
            "nothing_to_pay",
            Text("Tagihan ini tidak perlu dibayar lagi.", "There is nothing to pay on this bill."),
            then=Text("Buat tagihan baru bila ada bulan lain.", "Make a new bill for other months."),
            status=409,
        )
    return HttpResponse(pictures.qr_svg(shown.qris), content_type="image/svg+xml")
