"""The agent's pages: his people by what they need next, and one person's record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.contributions import bills
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import needs
from teduh.coverage import queries as coverage
from teduh.portals import actor, doors, member, paying, pictures, terms
from teduh.registry import queries as registry
from teduh.registry.queries import dossiers, members, people
from teduh.security import queries as audit

PAGE = 20
URGENT = ("grace", "first_bill", "expiring", "lapsed", "ended")


@doors.door("own_people")
def home(request: HttpRequest) -> HttpResponse:
    """People by what they need next, those who lose most first."""
    who, on = actor.of(request), clock.today()
    own = None if who.may("everyone") else who.user
    counts = needs.counts(on=on, agent=own)
    chosen = request.GET.get("need")
    if chosen not in needs.NEEDS:
        chosen = next((need for need in URGENT if counts[need]), "none")
    after = _cursor(request.GET.get("after", ""))
    found = needs.needs(on=on, agent=own, need=chosen, limit=PAGE, after=after)
    shown = people.rows(actor=who, why="Daftar peserta", persons=[one.person for one in found])
    return render(
        request,
        "agent/home.html",
        {
            "counts": [(need, needs.NEEDS[need], counts[need], terms.TONE.get(need, "")) for need in needs.NEEDS],
            "chosen": chosen,
            "chosen_name": needs.NEEDS[chosen],
            "people": [(one, shown[one.person]) for one in found if one.person in shown],
            "after": _after(found[-1].cursor) if len(found) == PAGE else "",
            "chart": pictures.bars(
                [
                    pictures.Bar(label=needs.NEEDS[need], count=counts[need], tone=terms.TONE.get(need, ""))
                    for need in needs.NEEDS
                ],
                Text("Peserta menurut kebutuhan", "People by need"),
            ),
        },
    )


def _after(cursor: tuple[int, Any, int]) -> str:
    return f"{cursor[0]}_{cursor[1].isoformat()}_{cursor[2]}"


def _cursor(text: str) -> tuple[int, Any, int] | None:
    import datetime as dt

    try:
        rank, day, person = text.split("_")
        return int(rank), dt.date.fromisoformat(day), int(person)
    except ValueError:
        return None


@doors.door("own_people", "everyone")
def person(request: HttpRequest, person: int) -> HttpResponse:
    """One person: protection, bills, what was said when joining. Officers say why they look; it is recorded."""
    who, on = actor.of(request), clock.today()
    why = "Mendampingi peserta" if not who.may("everyone") else request.session.get("purpose", "")
    if not why:
        return redirect(f"/petugas/cari/?person={person}")
    record = dossiers.dossier(actor=who, why=why, person=person)
    cover = coverage.protection(person=record.id, on=on)
    return render(
        request,
        "agent/person.html",
        {
            "p": record,
            "cover": cover,
            "bills": bills.bills(on=on, person=record.id, limit=20),
            "why": why,
            "has_account": registry.has_account(person=record.id),
            "months": member.month_card(person=record.id, cover=cover, on=on),
            "is_officer": who.may("everyone"),
            "readers": audit.reads_of(records=members.same_person(person=record.id), limit=20)
            if who.may("everyone")
            else [],
        },
    )


def row_of(request: HttpRequest, person: int, *, why: str) -> people.PersonRow:
    """One person, masked, if the one who asks may see him."""
    row = people.rows(actor=actor.of(request), why=why, persons=[person]).get(person)
    if row is None:
        raise Refused(
            "not_found",
            Text("Peserta ini tidak ditemukan.", "There is no such member."),
            then=Text("Pilih dari daftar peserta Anda.", "Choose from the list of your people."),
            status=404,
        )
    return row


@doors.door("bill", "everyone")
def person_pay(request: HttpRequest, person: int) -> HttpResponse:
    """A bill for somebody, made with him."""
    row = row_of(request, person, why="Tagihan")
    shown = {"own": False, "name": row.name, "person": person}
    return paying.ask(request, person=person, template="member/pay.html", shown=shown)
