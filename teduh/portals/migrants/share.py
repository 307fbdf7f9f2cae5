"""A bill behind a link, for whoever was sent it: a shop that sends money, a neighbour, the family. No account, no
cookie, nobody's data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.journeys.migrants import sharing
from teduh.portals import pictures

LANGUAGES = ("id", "en")


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What it is for, how much in which money, the code, the QR, and whether it is paid."""
    chosen = request.GET.get("bahasa", "")
    with translation.override(chosen if chosen in LANGUAGES else translation.get_language()):
        try:
            bill = sharing.shared(token=token, on=clock.today())
        except Refused as refused:
            answer = render(request, "migrants/share/gone.html", {"refused": refused}, status=refused.status)
        else:
            shown = {"bill": bill, "qr": pictures.qr(bill.qris) if bill.qris else ""}
            answer = render(request, "migrants/share/bill.html", shown)
        answer.headers["Content-Language"] = translation.get_language() or "id"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
