"""The member's own pages: the big answer first, then paying, card, statement, data, and who read his record."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.contributions import bills, queries
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import card, card_pdf
from teduh.coverage import queries as coverage
from teduh.journeys.money import statement as statements
from teduh.journeys.worker import worker
from teduh.law.months import Month
from teduh.migrants import queries as migrants
from teduh.portals import actor, doors, messages, paying, pictures, tracker
from teduh.registry.queries import dossiers, members
from teduh.security import queries as audit

OWN = "Melihat data sendiri"


def own_person(request: HttpRequest) -> int:
    who = actor.of(request)
    if who.person is None:
        raise Refused(
            "no_member",
            Text("Akun ini belum terhubung dengan seorang peserta.", "This account belongs to no member yet."),
            then=Text(
                "Daftar dahulu, atau minta petugas menghubungkannya.", "Join first, or ask an officer to link it."
            ),
            status=404,
        )
    return who.person


def month_card(*, person: int, cover: coverage.Protection | None, on: dt.date) -> str:
    """The twelve months around today as a picture."""
    first = tracker.first(on)
    settled = queries.settled(people=[person], since=first).get(person, set())
    paid = {month for month, programme in settled if programme == "JKK"}
    shown = tracker.tiles(
        paid=paid, enrolled_on=cover.enrolled_on if cover else None, state=cover.state if cover else "never",
        until=min((p.paid_until for p in cover.mandatory if p.paid_until), default=None) if cover else None, on=on,
    )  # fmt: skip
    return pictures.months(shown, tracker.says(shown))


@doors.door("self")
def home(request: HttpRequest) -> HttpResponse:
    """Protected until when; what lapses when; what to do next."""
    me, on = own_person(request), clock.today()
    who = actor.of(request)
    cover = coverage.protection(person=me, on=on)
    abroad, jobs = migrants.current(person=me), worker.jobs_of(actor=who, person=me)
    if abroad and not jobs and queries.enrolled(people=[me]).get(me) is None:
        return redirect("migrant_home")  # nothing else at home: one page answers him
    record = dossiers.dossier(actor=who, why=OWN, person=me)
    waiting = [one for one in bills.bills(on=on, person=me, limit=10) if one.is_payable]
    return render(request, "member/home.html", {
        "cover": cover, "me": record, "open_bills": waiting, "months": month_card(person=me, cover=cover, on=on),
        "days_left": (cover.protected_until - on).days if cover and cover.protected_until else None, "today": on,
        "jobs": jobs, "abroad": abroad, **messages.button(),
    })  # fmt: skip


@doors.door("self")
def pay(request: HttpRequest) -> HttpResponse:
    """How many months."""
    return paying.ask(request, person=own_person(request), template="member/pay.html", shown={"own": True})


def _card(request: HttpRequest) -> tuple[card.Card, dossiers.Dossier]:
    me, on = own_person(request), clock.today()
    record = dossiers.dossier(actor=actor.of(request), why=OWN, person=me)
    cover = coverage.protection(person=me, on=on)
    return card.issue(
        person=record.id, name=record.name, member_number=record.member_number, cover=cover, on=on
    ), record


@doors.door("self")
def show_card(request: HttpRequest) -> HttpResponse:
    """The card with its QR."""
    made, record = _card(request)
    return render(request, "member/card.html", {"card": made, "me": record})


@doors.door("self")
def print_card(request: HttpRequest) -> HttpResponse:
    """The card as a PDF to print and laminate."""
    made, record = _card(request)
    cover = coverage.protection(person=record.id, on=clock.today())
    page = card_pdf.draw(card=made, name=record.name, nik=record.nik, next_step=cover.next_step if cover else None)
    answer = HttpResponse(page, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="kartu-{made.claims.member_number}.pdf"'
    return answer


@doors.door("self")
def statement(request: HttpRequest) -> HttpResponse:
    """Everything paid for me, and my savings."""
    me, on = own_person(request), clock.today()
    cover = coverage.protection(person=me, on=on)
    found = statements.statement(person=me, by=actor.of(request), on=on, why=OWN)
    by_month: dict[Month, list[Any]] = {}
    for line in found.lines:
        by_month.setdefault(line.month, []).append(line)
    return render(request, "member/statement.html", {
        "statement": found, "by_month": by_month, "months": month_card(person=me, cover=cover, on=on),
        "bills": bills.bills(on=on, person=me, limit=50), "on": on,
    })  # fmt: skip


@doors.door("self")
def readers(request: HttpRequest) -> HttpResponse:
    """Who looked at my record, when, in which role, for what."""
    records = members.same_person(person=own_person(request))
    return render(request, "member/readers.html", {"reads": audit.reads_of(records=records)})
