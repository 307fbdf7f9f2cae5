"""What an employer owes and paid: bills with their code and state, payments, penalties, credits, and what is late."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router

from teduh.api import firms, inputs, shapes
from teduh.api.door import operation
from teduh.api.firms import WHO, NPPPath, Purpose
from teduh.api.inputs import BillPath
from teduh.api.tokens import actor
from teduh.contributions import bills as rows
from teduh.contributions import wage_queries
from teduh.core import clock
from teduh.core.errors import not_found
from teduh.journeys.employers import desk, money_view

router = Router(tags=["employers' money"])
shapes.PLAIN[rows.BillRow] = shapes.of(
    rows.BillRow, also=(("state_name", shapes.Words), ("remaining", int), ("is_payable", bool))
)
EmployerBill = shapes.of(desk.Asked)
shapes.PLAIN[wage_queries.ShareTotal] = shapes.of(
    wage_queries.ShareTotal, also=(("payer_name", shapes.Words), ("is_billed", bool))
)
EmployerBillPage = shapes.of(wage_queries.BillPage)
Receipt = shapes.of(money_view.ReceiptRow)
EmployerMoney = shapes.of(money_view.Money)


class EmployerAgeing(shapes.Out):
    """Open contributions by how late they are. `penalty` is what paying all of it today would fix."""

    on: dt.date
    buckets: dict[str, int]
    months: list[str]
    in_a_row: int
    arrears: int
    penalty: int
    fixed: int
    to_pay: int
    open_bills: int


@operation(router, "GET", "/employers/{npp}/bills", needs=WHO, out=list[EmployerBill], may_fail=(404,))  # type: ignore[valid-type]
def employer_bills(
    request: HttpRequest, npp: NPPPath, why: Purpose = "", before: inputs.Before = None, limit: inputs.Limit = 50
) -> Any:
    """A firm's bills, newest first; `before` is the last id seen."""
    employer = firms.find(actor=actor(request), npp=npp, why=why)
    return desk.bills_of(employer=employer, on=clock.today(), before=before, limit=limit)


@operation(router, "GET", "/employers/{npp}/bills/{number}", needs=WHO, out=EmployerBillPage, may_fail=(404,))
def employer_bill(
    request: HttpRequest, npp: NPPPath, number: BillPath, why: Purpose = "", after: inputs.After = 0,
    limit: inputs.Limit = 50,
) -> Any:  # fmt: skip
    """A bill as it stands today: its code, sums with articles, penalties, and its workers a page at a time."""
    bill = _bill(request, npp, number, why)
    return wage_queries.bill_page(row=bill.row, on=clock.today(), after=after, limit=limit)


@operation(router, "GET", "/employers/{npp}/bills/{number}/payments", needs=WHO, out=list[Receipt], may_fail=(404,))  # type: ignore[valid-type]
def employer_bill_payments(request: HttpRequest, npp: NPPPath, number: BillPath, why: Purpose = "") -> Any:
    """What banks told for this bill."""
    return money_view.receipts_of(bill=_bill(request, npp, number, why).row.id)


@operation(router, "GET", "/employers/{npp}/money", needs=WHO, out=EmployerMoney, may_fail=(404,))
def employer_money_of(request: HttpRequest, npp: NPPPath, why: Purpose = "") -> Any:
    """Penalties with how each was reckoned, credits, the plan of instalments, and payments."""
    return money_view.money(employer=firms.find(actor=actor(request), npp=npp, why=why))


@operation(router, "GET", "/employers/{npp}/ageing", needs=WHO, out=EmployerAgeing, may_fail=(404,))
def employer_ageing(request: HttpRequest, npp: NPPPath, why: Purpose = "") -> Any:
    """What is open by months of lateness, and what the lateness has come to so far."""
    employer, on = firms.find(actor=actor(request), npp=npp, why=why), clock.today()
    found = wage_queries.ageing(employers=[employer], on=on).get(employer) or wage_queries.Ageing(employer, on)
    return {
        "on": on, "buckets": found.buckets, "months": [str(month) for month in sorted(found.months)],
        "in_a_row": found.in_a_row, "arrears": found.arrears, "penalty": found.penalty, "fixed": found.fixed,
        "to_pay": found.to_pay, "open_bills": found.open_bills,
    }  # fmt: skip


def _bill(request: HttpRequest, npp: str, number: str, why: str) -> desk.Asked:
    employer = firms.find(actor=actor(request), npp=npp, why=why)
    found = desk.bill(employer=employer, number=number, on=clock.today())
    if found is None:
        raise not_found(firms.NO_BILL)
    return found
