"""Paying for a placement from anywhere: what is due by stages, in rupiah and in the money of the place; the code, the
QR, and a link that anybody can pay by."""

from __future__ import annotations

from urllib.parse import quote as quoted

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from teduh.contributions import bills, placement_queries
from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.migrants import billing, sharing
from teduh.journeys.money import bill_view
from teduh.migrants import queries, rates
from teduh.portals import doors, pictures
from teduh.portals.migrants import costs, worker_forms
from teduh.portals.migrants.side import Side, side
from teduh.portals.migrants.worker import bills_of
from teduh.portals.templatetags.there import in_share


def currency_of(here: Side) -> str:
    """The money of the place where the worker is; rupiah where this side may not see where that is."""
    if "see" not in here.may:
        return "IDR"
    return queries.placement(by=here.who, placement=here.placement, on=clock.today()).destination.currency


@doors.door("self", "family")
def pay(request: HttpRequest, relative: int | None = None) -> HttpResponse:
    """What is due now; then one bill. Sent twice with one key, there is one."""
    here, on = side(request, relative, "pay"), clock.today()
    asked = {"placements": [here.placement], "by": here.who, "on": on}
    placed = placement_queries.placed(placements=[here.placement])[0]
    form = worker_forms.Pay(request.POST if request.method == "POST" else None, saves=placed.savings_monthly > 0)
    if request.method == "POST" and form.is_valid():
        months = int(form.cleaned_data.get("savings_months") or 0)
        try:
            made = billing.bill(**asked, at=clock.now(), savings_months=months, key=doors.key(request))
        except Refused as refused:
            doors.onto(form, refused)
        else:
            return redirect(here.address("bill", made.number))
    quote = billing.quote(**asked)
    open_bills = [one for one in bills_of(here, on) if one.remaining and one.state in ("open", "part")]
    return render(request, "migrants/worker/pay.html", {
        "side": here, "form": form, "quote": quote, "lines": costs.lines(quote.lines), "key": doors.key(request),
        "savings": placed.savings_monthly, "open_bills": [(b, here.address("bill", b.number)) for b in open_bills],
        "local": rates.local(rupiah=quote.total, currency=currency_of(here), on=on) if quote.total else None,
    }, status=422 if form.errors else 200)  # fmt: skip


@require_safe
@doors.door("self", "family")
def bill(request: HttpRequest, number: str, relative: int | None = None) -> HttpResponse:
    """One bill: code, QR, and the link to send; once paid, until when that protects."""
    here, on = side(request, relative, "pay"), clock.today()
    row = bills.bill_by_number(number=number, on=on)
    mine = row and row.id in placement_queries.bills_of(placement=here.placement, limit=500) and row.person is not None
    if row is None or not mine:
        raise not_found(Text("Tagihan ini tidak ditemukan.", "There is no such bill."))
    link = sharing.share(bill=row.id, by=here.who, at=clock.now())
    shown = sharing.shared(token=link.token, on=on)
    address = request.build_absolute_uri(link.path)
    text = in_share(link.text, address)
    return render(request, "migrants/worker/bill.html", {
        "side": here, "bill": shown, "qr": pictures.qr(shown.qris) if shown.qris else "", "address": address,
        "share": text, "whatsapp": f"https://wa.me/?text={quoted(text)}",
        "lines": bill_view.view(bill=row.id, on=on).stages,
        "simulator": reverse("bank") + f"?code={shown.code}&amount={shown.remaining}",
    })  # fmt: skip
