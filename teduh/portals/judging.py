"""What officers decide about people: duplicates, identities that differ, corrections on evidence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock, jobs
from teduh.journeys.joining import data, identity, merge
from teduh.portals import actor, corrections, doors
from teduh.registry import queries

WHY = {"merge": "Memeriksa data ganda", "identity": "Memeriksa identitas", "correction": "Memeriksa perbaikan data"}
SIDE_BY_SIDE = ("member_number", "name", "nik", "birth_year", "sex", "phone", "place", "identity", "joined_on")


def _why(request: HttpRequest) -> str:
    return " ".join(request.POST.get("why", "").replace("\x00", "").split())[:200]


@doors.door("merge")
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs side by side, their differences marked."""
    pairs = queries.duplicates(actor=actor.of(request), why=WHY["merge"], limit=30)
    shown = [
        (pair, [(name, getattr(pair.first, name), getattr(pair.second, name)) for name in SIDE_BY_SIDE])
        for pair in pairs
    ]
    return render(request, "officer/duplicates.html", {"pairs": shown, "me": request.user.pk})


@doors.door("merge")
def duplicate(request: HttpRequest, duplicate: int) -> HttpResponse:
    """Propose, then decide; two people."""
    if request.method != "POST":
        return redirect("duplicates")
    who, on, at, why, do = actor.of(request), clock.today(), clock.now(), _why(request), request.POST.get("do", "")
    if do.startswith("keep-") and do[5:].isdigit():
        merge.propose(duplicate=duplicate, keep=int(do[5:]), why=why, by=who, on=on, at=at)
        doors.say(request, "Diusulkan digabung; petugas lain memutuskan.", "Merge proposed; another officer decides.")
    elif do in ("merge", "distinct"):
        merge.decide(duplicate=duplicate, merge=do == "merge", why=why, by=who, on=on, at=at)
        if do == "merge":
            doors.say(request, "Digabung menjadi satu orang.", "Merged into one person.")
        else:
            doors.say(request, "Dicatat sebagai dua orang.", "Noted as two people.")
    return redirect("duplicates")


@doors.door("identity")
def identities(request: HttpRequest) -> HttpResponse:
    """People whom the civil registry did not know, or knows otherwise."""
    rows = queries.identities(actor=actor.of(request), why=WHY["identity"], limit=50)
    return render(request, "officer/identities.html", {"rows": rows})


@doors.door("identity")
def identity_of(request: HttpRequest, person: int) -> HttpResponse:
    """Papers were seen, or the registry is asked again."""
    if request.method != "POST":
        return redirect("identities")
    who, on, at, why = actor.of(request), clock.today(), clock.now(), _why(request)
    if request.POST.get("do") == "confirm":
        identity.confirm(person=person, why=why, by=who, on=on, at=at)
        doors.say(request, "Dicatat: diperiksa petugas.", "Noted: checked by an officer.")
    elif request.POST.get("do") == "again":
        identity.ask_again(person=person, why=why or "Periksa ulang", by=who, on=on, at=at)
        jobs.soon("ask_civil_registry", at=at)
        doors.say(request, "Dukcapil akan ditanya lagi.", "The civil registry will be asked again.")
    return redirect("identities")


@doors.door("identity")
def wishes(request: HttpRequest) -> HttpResponse:
    """Corrections that wait."""
    rows = queries.corrections(actor=actor.of(request), why=WHY["correction"], limit=50)
    shown = {"rows": rows, "me": request.user.pk, "fields": corrections.FIELDS}
    return render(request, "officer/corrections.html", shown)


@doors.door("identity")
def wish(request: HttpRequest, correction: int) -> HttpResponse:
    """Grant or decline."""
    if request.method == "POST" and request.POST.get("do") in ("approve", "decline"):
        approve = request.POST["do"] == "approve"
        data.decide(correction=correction, approve=approve, why=_why(request), by=actor.of(request), on=clock.today(),
                    at=clock.now())  # fmt: skip
        doors.say(request, "Diputuskan.", "Decided.")
    return redirect("corrections")
