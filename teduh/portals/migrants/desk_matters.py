"""Matters of a desk's people: read, answered, taken and closed. What an agency may not see is not there for it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.journeys.migrants import matters
from teduh.portals import doors
from teduh.portals.forms import Asked, Words
from teduh.portals.migrants import desk_door
from teduh.portals.migrants.desk_door import Here

PAGE = 50


class Answer(Asked):
    """What is said."""

    text = Words("Tulis jawaban", "Write an answer", most=2000, widget=forms.Textarea(attrs={"rows": 4}))


@desk_door.desk(officers=True)
def listed(request: HttpRequest, here: Here) -> HttpResponse:
    """The matters this desk may see, newest first."""
    state = request.GET.get("state", "")
    state = state if state in matters.STATES else ""
    after = desk_door.numbers([request.GET.get("after", "")])
    found = matters.mine(by=here.who, state=state, after=after[0] if after else 0, limit=PAGE)
    counts = [(code, word, found.counts.get(code, 0)) for code, word in matters.STATES.items()]
    return desk_door.page(request, here, "matters", {"found": found, "state": state, "counts": counts})


@desk_door.desk(officers=True)
def one(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """One matter with what was said; a POST answers, takes or closes it."""
    form = Answer(request.POST if request.POST.get("do") in ("say", "inside", "wait", "close") else None)
    wrong = None
    try:
        if request.method == "POST" and (not form.is_bound or form.is_valid()):
            _act(request, here, number, form.cleaned_data["text"] if form.is_bound else "")
            return redirect("desk_matter", number)
    except Refused as refused:
        if refused.status == 404:
            raise
        if form.is_bound:
            doors.onto(form, refused)
        else:
            wrong = refused
    view = matters.view(number=number, by=here.who, why=here.why)
    shown = {"view": view, "m": view.row, "form": form, "wrong": wrong, "states": matters.STATES}
    return desk_door.page(request, here, "matter", shown, status=422 if form.errors or wrong else 200)


def _act(request: HttpRequest, here: Here, number: str, text: str) -> None:
    do, at = request.POST.get("do", ""), clock.now()
    if do == "take":
        matters.take(number=number, by=here.who, at=at)
        doors.say(request, "Anda menangani urusan ini.", "You deal with this matter.")
    elif do == "close":
        matters.close(number=number, by=here.who, at=at, text=text)
        doors.say(request, "Urusan selesai.", "The matter is done.")
    elif do in ("say", "inside", "wait"):
        matters.say(number=number, text=text, by=here.who, at=at, inside=do == "inside",
                    state="waiting" if do == "wait" else "")  # fmt: skip
        doors.say(request, "Terkirim.", "Sent.")
