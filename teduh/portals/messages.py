"""The member's inbox, how and where he is told, and, for operators, how sending goes in numbers without words."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys import messages
from teduh.outreach import queries, webpush
from teduh.outreach.facts import Wishes
from teduh.outreach.models import Sms
from teduh.portals import actor, doors
from teduh.portals.forms import Asked, OneOf, Yes, said

WORKER = Path(__file__).parent / "static" / "messages" / "worker.js"
PAGE = 30
COUNTED_DAYS = 7
LONGEST_BODY = 4_000
ZONES = (
    ("Asia/Jakarta", Text("WIB (Jakarta, Sumatra, Jawa, Kalimantan barat)", "WIB (Jakarta, Sumatra, Java)")),
    ("Asia/Makassar", Text("WITA (Bali, Nusa Tenggara, Sulawesi)", "WITA (Bali, Nusa Tenggara, Sulawesi)")),
    ("Asia/Jayapura", Text("WIT (Maluku, Papua)", "WIT (Maluku, Papua)")),
    ("Asia/Kuala_Lumpur", Text("Malaysia, Singapura, Brunei", "Malaysia, Singapore, Brunei")),
    ("Asia/Hong_Kong", Text("Hong Kong, Taiwan", "Hong Kong, Taiwan")),
    ("Asia/Tokyo", Text("Jepang, Korea", "Japan, Korea")),
    ("Asia/Riyadh", Text("Arab Saudi, Kuwait, Qatar", "Saudi Arabia, Kuwait, Qatar")),
)
SMS = (
    (Sms.OTHERWISE, Text("Hanya bila tidak ada perangkat yang memberi tahu", "Only when no device tells me")),
    (Sms.ALWAYS, Text("Selalu", "Always")),
    (Sms.NEVER, Text("Tidak usah", "Not at all")),
)


class Clock(forms.TimeField):
    """A time of day, `21.00` or `21:00`."""

    def __init__(self, bahasa: str, english: str) -> None:
        super().__init__(
            label=said(bahasa, english), input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": said("Tulis jam seperti 21:00.", "Write a time such as 21:00.")},
        )  # fmt: skip


class Settings(Asked):
    """How somebody wants to be told."""

    push = Yes("Beri tahu saya di perangkat saya", "Tell me on my devices", required=False)
    show_amounts = Yes(
        "Tampilkan jumlah di layar kunci", "Show amounts on the lock screen", required=False,
        hint=said("Bila tidak dicentang, layar kunci hanya menampilkan judul: tanpa jumlah, tanpa nama perusahaan.",
                  "If it is not ticked, the lock screen shows the title only: no amount, no employer's name."),
    )  # fmt: skip
    sms = OneOf("SMS", "SMS", choices=SMS)
    quiet_from = Clock("Jangan ganggu mulai pukul", "Do not disturb from")
    quiet_until = Clock("sampai pukul", "until")
    zone = forms.ChoiceField(label=said("Waktu setempat", "Local time"), choices=ZONES)


@doors.door("self")
def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first; what is unread stands out. A POST marks all as read."""
    who = actor.of(request)
    if request.method == "POST":
        messages.mark_read(messages=None, by=who, at=clock.now())
        return redirect("messages")
    before = request.GET.get("before", "")
    found = queries.inbox(actor=who, before=int(before) if _is_id(before) else None, limit=PAGE + 1)
    shown = {"found": found[:PAGE], "older": found[PAGE - 1].id if len(found) > PAGE else None, **button()}
    return render(request, "messages/inbox.html", shown)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


@doors.door("self")
def message(request: HttpRequest, message: int) -> HttpResponse:
    """One message in full, with the way to what it speaks of. Opened, it has been read."""
    found = messages.read(message=message, by=actor.of(request), at=clock.now())
    return render(request, "messages/message.html", {"one": found, "sent": queries.sent(message=message)})


def button() -> dict[str, Any]:
    """What the button needs that asks a browser to tell."""
    return {"push_key": webpush.server_key()}


@doors.door("self")
def wishes(request: HttpRequest) -> HttpResponse:
    """How to be told, when not, and on which devices."""
    who = actor.of(request)
    now = queries.wishes(actor=who)
    form = Settings(request.POST or None, initial={name: getattr(now, name) for name in Settings.base_fields})
    if request.method == "POST" and form.is_valid():
        messages.prefer(wishes=Wishes(**form.cleaned_data), by=who)
        doors.say(request, "Pengaturan pesan disimpan.", "Your wishes are stored.")
        return redirect("message_wishes")
    shown = {"form": form, "devices": queries.devices(actor=who), **button()}
    return render(request, "messages/wishes.html", shown, status=422 if form.errors else 200)


@require_POST
@doors.door("self")
def remove_device(request: HttpRequest, device: int) -> HttpResponse:
    """This device is told no more."""
    messages.unsubscribe(subscription=device, by=actor.of(request), at=clock.now())
    doors.say(request, "Perangkat itu tidak diberi tahu lagi.", "That device is told no more.")
    return redirect("message_wishes")


@require_POST
@doors.door("self")
def add_device(request: HttpRequest) -> HttpResponse:
    """A browser's own subscription, as its script sends it; answered as its script reads it."""
    try:
        given = _given(request)
        messages.subscribe(**given, by=actor.of(request), at=clock.now())
    except Refused as refused:
        return JsonResponse(refused.as_dict(), status=refused.status)
    return JsonResponse({"ok": True}, status=201)


def _given(request: HttpRequest) -> dict[str, str]:
    try:
        said_ = json.loads(request.body[:LONGEST_BODY])
        keys = said_["keys"]
        given = {"endpoint": said_["endpoint"], "p256dh": keys["p256dh"], "auth": keys["auth"],
                 "device": said_.get("device", "")}  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        given = {}
    if not given or not all(isinstance(value, str) for value in given.values()):
        raise Refused(
            "invalid",
            Text("Langganan peramban ini tidak terbaca.", "This browser's subscription cannot be read."),
            then=Text("Muat ulang halaman lalu coba lagi.", "Load the page again, then try once more."),
        )
    return given


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that shows a message on the device; it lives at /pesan/ and keeps nothing."""
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@doors.door("runs")
def state(request: HttpRequest) -> HttpResponse:
    """How sending goes: counts and states, never words, names or numbers."""
    now = clock.now()
    found = queries.counts(since=now - dt.timedelta(days=COUNTED_DAYS))
    late = found.oldest_due is not None and found.oldest_due < now - dt.timedelta(minutes=15)
    return render(request, "messages/state.html", {
        "counts": found, "outbox": queries.outbox(), "late": late, "days": COUNTED_DAYS,
        "is_simulator": settings.SMS == "simulator",
    })  # fmt: skip
