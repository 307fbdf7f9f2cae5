"""Where a desk's own register and ours disagree: both sides, what to do, and the choice; and our side as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import differences as journey
from teduh.migrants.exchange.disagreements import KINDS
from teduh.portals import doors
from teduh.portals.migrants import desk_door, desk_lists
from teduh.portals.migrants.desk_door import Here
from teduh.portals.templatetags.words import language

PAGE = 30
#: The choices as whoever sent the list reads them.
HOWS = {
    "theirs": Text("Pakai data dari daftar", "Take what the list says"),
    "ours": Text("Data di sini benar", "What is here is right"),
    "same": Text("Orang yang sama", "The same person"),
    "other": Text("Orang lain", "Another person"),
    "noted": Text("Sudah dicatat, lanjut", "Noted, go on"),
}


@desk_door.desk(officers=True)
def differences(request: HttpRequest, here: Here) -> HttpResponse:
    """The open differences, a page at a time; a POST settles one."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    wrong = None
    if request.method == "POST":
        try:
            _settle(request, here)
            return redirect(f"{reverse('desk_differences')}?kind={kind}")
        except Refused as refused:
            if refused.status == 404:
                raise
            wrong = refused
    after = desk_door.numbers([request.GET.get("after", "")])
    found = journey.open_(by=here.who, kind=kind, organisation=here.id, after=after[0] if after else 0, limit=PAGE,
                          why=here.why)  # fmt: skip
    shown = {
        "rows": [(row, _sides(row), [(code, HOWS[code]) for code, _ in row.hows]) for row in found.rows], "kind": kind,
        "counts": [(code, word, found.counts[code]) for code, word in KINDS.items() if found.counts.get(code)],
        "total": sum(found.counts.values()), "after": found.after, "wrong": wrong,
        "settling": desk_door.words(request.POST.get("difference", ""), 18),
    }  # fmt: skip
    return desk_door.page(request, here, "differences", shown, status=wrong.status if wrong else 200)


def _sides(row: journey.DifferenceView) -> list[tuple[Text, Text, Text]]:
    """Field by field: what the list says and what is here."""
    ours, theirs = {str(k.id): (k, v) for k, v in row.ours}, {str(k.id): (k, v) for k, v in row.theirs}
    dash = Text("–", "–")
    return [
        ((theirs.get(name) or ours[name])[0], theirs.get(name, (dash, dash))[1], ours.get(name, (dash, dash))[1])
        for name in dict.fromkeys((*theirs, *ours))
    ]  # fmt: skip


def _settle(request: HttpRequest, here: Here) -> None:
    wanted = desk_door.numbers([request.POST.get("difference", "")])
    how = request.POST.get("how", "")
    if wanted and how in HOWS:
        journey.settle(difference=wanted[0], how=how, by=here.who, on=clock.today(), at=clock.now(),
                       note=desk_door.words(request.POST.get("note", ""), 300), why=here.why)  # fmt: skip
        doors.say(request, "Diputuskan.", "Decided.")


@desk_door.desk()
def export(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    """Our side, for the organisation's own system: who is here, the agreements, paid until when."""
    assert here.id is not None
    on = clock.today()
    content = journey.export(organisation=here.id, on=on, by=here.who, kind=kind, language=language())
    name = f"penempatan-{here.code.lower()}-{desk_lists.day_of_file(on)}.{kind}"
    return desk_lists.sheet(content, name, desk_lists.XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
