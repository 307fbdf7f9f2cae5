"""The auditor's pages: the books and what was done by whom. No personal data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teduh.core import clock
from teduh.ledger import queries as ledger
from teduh.portals import actor, doors
from teduh.portals.forms import Asked, Day, Words
from teduh.security import queries as audit
from teduh.security import seals


class On(Asked):
    """Up to which day."""

    on = Day("Sampai dengan tanggal", "Up to and with the day")


class Wanted(Asked):
    """What to look for in the audit."""

    subject = Words(
        "Tentang (misalnya person:42, bill:7)", "About (such as person:42, bill:7)", most=80, required=False
    )
    action = Words("Tindakan diawali", "Action begins with", most=60, required=False)


@require_safe
@doors.door("books")
def trial_balance(request: HttpRequest) -> HttpResponse:
    """Every account of every fund, and whether each fund balances."""
    form = On(request.GET if "on" in request.GET else None, initial={"on": clock.today().strftime("%d-%m-%Y")})
    on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else clock.today()
    shown = ledger.trial_balance(on=on)
    return render(request, "books/trial_balance.html", {
        "form": form, "balance": shown, "on": on, "findings": ledger.check(on=on),
        "funds": [(fund, [row for row in shown.rows if row.fund == fund.fund]) for fund in shown.funds],
    })  # fmt: skip


@require_safe
@doors.door("audit")
def trail(request: HttpRequest) -> HttpResponse:
    """What was done and read, newest first, and whether the chain of seals holds."""
    form = Wanted(request.GET if "subject" in request.GET else None)
    told = form.cleaned_data if form.is_bound and form.is_valid() else {}
    before = request.GET.get("before", "")
    rows = audit.events(
        actor=actor.of(request), subject=told.get("subject", ""), action=told.get("action", ""),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None, limit=100,
    )  # fmt: skip
    sealed = seals.verify() if "seal" in request.GET else None
    return render(request, "books/audit.html", {"form": form, "rows": rows, "sealed": sealed, "head": seals.head()})
