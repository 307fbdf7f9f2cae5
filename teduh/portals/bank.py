"""The simulator bank's counter, for operators: it pays as real payers do, rightly and wrongly, and takes money back."""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from teduh.contributions import bills
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.money import pay
from teduh.payments import queries, simulator
from teduh.payments.facts import Outcome
from teduh.portals import actor, doors
from teduh.portals.forms import Asked, Money, OneOf, Words, said

NAME = "SIMULASI"
LATE_DAYS = 3


class Counter(Asked):
    """What to pay, and how wrongly."""

    code = Words(
        "Kode bayar",
        "Payment code",
        most=64,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    amount = Money("Jumlah", "Amount", least=1, most=10**15)
    do = OneOf(
        "Caranya", "How", initial="pay", choices=[(k, v) for k, v in simulator.MISCHIEF.items() if k != "reverse"]
    )
    differ = Money(
        "Selisih (untuk kurang atau lebih bayar)",
        "Difference (for too little or too much)",
        least=1,
        required=False,
        help_text=said("Kosong berarti Rp5.000.", "Empty means Rp5,000."),
    )


class TakeBack(Asked):
    """Which receipt the bank reverses."""

    bank_reference = Words("Nomor transaksi bank", "The bank's reference", most=64)


def _bank(request: HttpRequest) -> simulator.Bank:
    who, on, at = actor.of(request), clock.today(), clock.now()

    def deliver(notices: Sequence[pay.Notice]) -> Sequence[Outcome]:
        late = max((notice.paid_at for notice in notices), default=at)
        moment = max(at, late)
        return pay.receive(notices=notices, on=max(on, moment.astimezone(clock.JAKARTA).date()), at=moment, by=who)

    def take_back(bank: str, reference: str, reversal: str) -> Outcome:
        return pay.reverse(bank=bank, bank_reference=reference, reversal_reference=reversal, on=on, at=at, by=who)

    return simulator.Bank(NAME, deliver, take_back)


@doors.door("bank")
def counter(request: HttpRequest) -> HttpResponse:
    """Pay, twice, late, too little, too much, wrongly; or take a payment back."""
    if settings.CIVIL_REGISTRY != "simulator":
        raise Http404
    form = Counter(
        request.POST if "do" in request.POST else None,
        initial={"code": request.GET.get("code", "")[:64], "amount": request.GET.get("amount", "")[:20]},
    )
    back = TakeBack(request.POST if "bank_reference" in request.POST else None)
    outcomes: list[Outcome] = []
    try:
        if form.is_bound and form.is_valid():
            outcomes = _done(_bank(request), form.cleaned_data)
        elif back.is_bound and back.is_valid():
            outcomes = [_bank(request).reverse(bank_reference=back.cleaned_data["bank_reference"])]
    except Refused as refused:
        doors.onto(form if form.is_bound else back, refused)
    return render(
        request,
        "bank/counter.html",
        {
            "form": form,
            "back": back,
            "outcomes": [(one, _protected(one)) for one in outcomes],
            "receipts": queries.receipts(bank=NAME, limit=20),
            "open_bills": _open_bills(),
        },
        status=422 if form.errors or back.errors else 200,
    )


def _open_bills() -> list[bills.BillRow]:
    return [one for one in bills.bills(on=clock.today(), limit=30) if one.is_payable][:8]


def _protected(outcome: Outcome) -> list[tuple[dt.date, int]]:
    """How many people are paid until when; a bank is not told who they are."""
    return sorted(collections.Counter(outcome.protected.values()).items())


def _done(bank: simulator.Bank, told: dict[str, Any]) -> list[Outcome]:
    code, amount, do, at = told["code"], told["amount"], told["do"], clock.now()
    differ = told["differ"] or 5_000
    if do == "unknown_code":
        return bank.unknown_code(amount=amount, at=at)
    if not code:
        raise Refused(
            "code_missing",
            Text("Kode bayar belum diisi.", "The payment code is missing."),
            then=Text("Salin dari tagihan.", "Copy it from the bill."),
            field="code",
        )
    if do == "late":
        bill = bills.bill_by_code(code=code, on=clock.today())
        day = bill.expires_on if bill else clock.today()
        return bank.pay_late(code=code, amount=amount, expires_on=day, days=LATE_DAYS, at=at)
    if do == "too_little":
        return bank.too_little(code=code, amount=amount, short=differ, at=at)
    if do == "too_much":
        return bank.too_much(code=code, amount=amount, extra=differ, at=at)
    plain = {"pay": bank.pay, "twice": bank.pay_twice, "again": bank.pay_again, "wrong_code": bank.wrong_code}
    return plain[do](code=code, amount=amount, at=at)
