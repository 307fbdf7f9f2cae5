"""A firm's bills and payments: what is open and late, penalties, credits, instalments, and one bill with its lines."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from teduh.contributions import wage_ageing, wage_queries
from teduh.core import clock
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.journeys.employers import desk, money_view
from teduh.portals import employer_door, pictures
from teduh.portals.employer_door import Here

PAGE = 30


@employer_door.firm()
def bills(request: HttpRequest, here: Here) -> HttpResponse:
    """Everything about money on one page: what is owed first, what was paid last."""
    on = clock.today()
    before = request.GET.get("before", "")
    rows = desk.bills_of(
        employer=here.id, on=on, limit=PAGE,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )  # fmt: skip
    now = desk.states(employers=[here.id], on=on)[here.id]
    aged = wage_ageing.ageing(employers=[here.id], on=on).get(here.id)
    money = money_view.money(employer=here.id)
    shown: dict[str, Any] = {
        "bills": rows, "after": rows[-1].row.id if len(rows) == PAGE else "", "now": now, "money": money,
        "buckets": [(wage_ageing.BUCKET_NAMES[code], amount) for code, amount in aged.buckets.items()] if aged else [],
        "aged": aged,
    }  # fmt: skip
    return employer_door.page(request, here, "bills", shown)


@employer_door.firm()
def bill(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """One bill: how to pay it, what it asks for and why, what came in."""
    found = desk.bill(employer=here.id, number=number[:20], on=clock.today())
    if found is None:
        raise not_found(Text("Tagihan ini tidak ditemukan.", "There is no such bill."))
    shown = paying(here, found) | {"receipts": money_view.receipts_of(bill=found.row.id)}
    return employer_door.page(request, here, "bill", shown)


def paying(here: Here, asked: desk.Asked) -> dict[str, Any]:
    """How to pay a bill: its code, its QR, what it asks for, and the words to send to whoever pays."""
    row = asked.row
    found = wage_queries.bill_view(bill=row.id, actor=here.who, on=clock.today(), why=here.why, limit=0)
    return {
        "asked": asked,
        "bill": found,
        "qr": pictures.qr(found.qris) if found.qris else "",
        "share": Text(f"Tagihan Teduh {row.number}: kode bayar {row.code}",
                      f"Teduh bill {row.number}: payment code {row.code}"),
    }  # fmt: skip
