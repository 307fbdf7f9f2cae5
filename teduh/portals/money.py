"""Money that waits and money that goes back: the queue, using it for a bill, and refunds by two people."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.contributions import bills
from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.money import refund as refunding
from teduh.journeys.money import suspense as waiting
from teduh.payments import queries
from teduh.portals import actor, doors, terms
from teduh.portals.forms import Asked, Digits, Words, said


class Apply(Asked):
    """Which bill the money is for."""

    bill = Words("Nomor tagihan atau kode bayar", "Bill number or payment code", most=40)
    why = Words("Alasan", "Reason", most=200)


class Propose(Asked):
    """Where the money goes back to."""

    bank_code = Words("Kode bank", "Bank code", most=11, hint=said("Misalnya BNI, BRI, 009.", "Such as BNI, BRI, 009."))
    account_number = Digits("Nomor rekening", "Account number")
    account_name = Words("Nama pemilik rekening", "Account holder")
    why = Words("Alasan", "Reason", most=200)


class Paid(Asked):
    """The bank's reference of the transfer."""

    paid_reference = Words("Nomor transfer bank", "The bank's transfer reference", most=64)


@doors.door("suspense")
def suspense(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first."""
    reason = request.GET.get("reason")
    reason = reason if reason in terms.WORDS["reason"] else None
    return render(request, "officer/suspense.html", {
        "rows": waiting.waiting(by=actor.of(request), reason=reason, limit=100), "reason": reason or "",
        "sums": [(code, terms.say("reason", code), *sums) for code, sums in queries.waiting_sums().items()],
    })  # fmt: skip


@doors.door("suspense")
def suspense_one(request: HttpRequest, suspense: int) -> HttpResponse:
    """One sum that waits: use it for a bill, or propose to give it back."""
    row = queries.suspense(id=suspense)
    if row is None:
        raise not_found(Text("Uang yang menunggu tidak ditemukan.", "There is no such waiting money."))
    chosen = request.POST.get("do")
    apply = Apply(request.POST if chosen == "apply" else None, initial={"bill": row.bill_number or ""}, prefix="a")
    back = Propose(request.POST if chosen == "refund" else None, prefix="r")
    try:
        if chosen == "apply" and apply.is_valid():
            return _apply(request, row, apply)
        if chosen == "refund" and back.is_valid():
            return _propose(request, row, back)
    except Refused as refused:
        doors.onto(apply if chosen == "apply" else back, refused)
    shown = {"row": row, "apply": apply, "back": back}
    return render(request, "officer/suspense_one.html", shown, status=422 if apply.errors or back.errors else 200)


def _apply(request: HttpRequest, row: queries.SuspenseRow, form: forms.Form) -> HttpResponse:
    on, sought = clock.today(), form.cleaned_data["bill"]
    target = bills.bill_by_number(number=sought, on=on) or bills.bill_by_code(code=sought, on=on)
    if target is None:
        raise Refused(
            "not_found", Text("Tagihan itu tidak ada.", "There is no such bill."),
            then=Text("Periksa nomor atau kodenya.", "Check the number or the code."), status=404, field="bill",
        )  # fmt: skip
    done = waiting.apply(suspense=row.id, to_bill=target.id, by=actor.of(request), on=on, at=clock.now(),
                         why=form.cleaned_data["why"])  # fmt: skip
    doors.say(request, done.text.id, done.text.en)
    return redirect("suspense")


def _propose(request: HttpRequest, row: queries.SuspenseRow, form: forms.Form) -> HttpResponse:
    told = form.cleaned_data
    refunding.propose(
        suspense=row.id, bank_code=told["bank_code"].upper(), account_number=told["account_number"],
        account_name=told["account_name"], why=told["why"], by=actor.of(request), on=clock.today(),
    )  # fmt: skip
    doors.say(request, "Diusulkan. Petugas lain memutuskan.", "Proposed. Another officer decides.")
    return redirect("refunds")


@doors.door("refund")
def refunds(request: HttpRequest) -> HttpResponse:
    """Refunds: those to be decided first."""
    rows = queries.refunds(limit=100)
    order = {"proposed": 0, "approved": 1}
    shown = {"rows": sorted(rows, key=lambda row: order.get(row.state, 2)), "me": request.user.pk, "form": Paid()}
    return render(request, "officer/refunds.html", shown)


@doors.door("refund")
def refund(request: HttpRequest, refund: int) -> HttpResponse:
    """Approve, reject, or note the transfer. Who proposed may not decide."""
    if request.method != "POST":
        return redirect("refunds")
    who, on, at, do = actor.of(request), clock.today(), clock.now(), request.POST.get("do")
    if do == "approve":
        refunding.approve(refund=refund, by=who, on=on, at=at)
        doors.say(request, "Disetujui; menunggu transfer.", "Approved; to be transferred.")
    elif do == "reject":
        why = " ".join(request.POST.get("why", "").replace("\x00", "").split())[:200] or "Ditolak"
        refunding.reject(refund=refund, by=who, on=on, at=at, why=why)
        doors.say(request, "Ditolak; uangnya menunggu lagi.", "Rejected; the money waits again.")
    elif do == "paid":
        form = Paid(request.POST)
        if form.is_valid():
            refunding.paid(refund=refund, paid_reference=form.cleaned_data["paid_reference"], by=who, on=on, at=at)
            doors.say(request, "Transfer dicatat.", "The transfer is noted.")
    return redirect("refunds")
