"""Lists of an agency or a mission: the template, the upload, the report of each row, and doing what was checked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import lists
from teduh.migrants.exchange.disagreements import KINDS
from teduh.migrants.exchange.report import STATES
from teduh.portals import doors
from teduh.portals.forms import Asked, Day, OneOf, Yes, said
from teduh.portals.migrants import desk_door, desk_forms
from teduh.portals.migrants.desk_door import Here
from teduh.portals.templatetags.words import language

MOST_BYTES = 20_000_000
SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PURPOSES = [
    ("enter", Text("Mendaftarkan orang-orang dalam daftar", "Register the people of the list")),
    ("compare", Text("Mencocokkan data lembaga dengan data di sini", "Compare your data with ours")),
]


class Upload(Asked):
    """Which list, what for, and of which day it speaks."""

    purpose = OneOf("Untuk apa daftar ini", "What this list is for", choices=PURPOSES, initial="enter")
    file = forms.FileField(
        label=said("Berkas daftar", "The file"),
        help_text=said("Excel atau CSV, seperti adanya. Judul kolom dibaca sendiri.",
                       "Excel or CSV, as it is. Column titles are read as they are."),
    )  # fmt: skip
    as_of = Day("Daftar ini keadaan tanggal", "The list speaks of the day", hint=desk_forms.DAY)
    whole = Yes(
        "Daftar ini memuat semua orang lembaga ini", "The list holds everybody of this organisation", required=False,
        hint=said("Untuk pencocokan: yang tidak ada di daftar ikut ditandai.",
                  "For comparing: who is not in the list is marked too."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(str(Text("Berkasnya lebih dari 20 MB.", "The file is over 20 MB.")))
        return file


@desk_door.desk(officers=True)
def all_lists(request: HttpRequest, here: Here) -> HttpResponse:
    """The lists so far; an upload is checked at once and its report opened."""
    on = clock.today()
    form = Upload(request.POST or None, request.FILES or None, initial={"as_of": desk_forms.today_in_words(on)})
    if request.method == "POST" and here.id is not None and here.enters and form.is_valid():
        told = form.cleaned_data
        try:
            made = lists.check(
                organisation=here.id, purpose=told["purpose"], content=told["file"].read(), name=told["file"].name,
                as_of=told["as_of"], whole=told["whole"], by=here.who, on=on, at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            doors.onto(form, refused)
        else:
            return redirect("desk_list", made.list)
    rows = lists.lists_of(by=here.who, organisation=here.id, why=here.why)
    return desk_door.page(request, here, "lists", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@desk_door.desk(officers=True)
def template(request: HttpRequest, here: Here, purpose: str) -> HttpResponse:
    """An empty list to fill in."""
    return sheet(lists.template(purpose=purpose, language=language()), f"daftar-{purpose}.xlsx")


@desk_door.desk(officers=True)
def one(request: HttpRequest, here: Here, list_: int) -> HttpResponse:
    """What became of each row, and what a commit would do; a POST does it or throws the list away."""
    wrong = None
    if request.method == "POST":
        try:
            return _decide(request, here, list_)
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            wrong = refused
    report = lists.report(list=list_, by=here.who, why=here.why)
    only = request.GET.get("state", "")
    after = desk_door.numbers([request.GET.get("after", "")])
    rows = lists.rows(list=list_, by=here.who, only=(only,) if only in STATES else (), after=after[0] if after else 0,
                      limit=SHOWN, why=here.why)  # fmt: skip
    shown = {
        "report": report, "rows": rows, "wrong": wrong, "only": only if only in STATES else "",
        "counts": [(code, word, report.counts[code]) for code, word in STATES.items() if report.counts.get(code)],
        "differences": [(KINDS.get(code, code), n) for code, n in report.differences.items()],
        "after": rows[-1].number if len(rows) == SHOWN else "", "purpose": dict(PURPOSES)[report.purpose],
    }  # fmt: skip
    return desk_door.page(request, here, "list", shown, status=wrong.status if wrong else 200)


def _decide(request: HttpRequest, here: Here, list_: int) -> HttpResponse:
    if request.POST.get("do") == "discard":
        lists.discard(list=list_, by=here.who, why=here.why)
        doors.say(request, "Daftar dibuang. Tidak ada yang didaftarkan.", "Discarded. Nobody was registered.")
        return redirect("desk_lists")
    done = lists.commit(
        list=list_, by=here.who, on=clock.today(), at=clock.now(),
        without_stopped=request.POST.get("do") == "without", why=here.why,
    )  # fmt: skip
    if done.purpose == "enter":
        doors.say(request, f"{done.entered} orang didaftarkan. Tagih mereka di halaman Orang.",
                  f"{done.entered} people registered. Bill them on the page People.")  # fmt: skip
    else:
        count = sum(done.differences.values())
        doors.say(request, f"Dicocokkan: {count} selisih.", f"Compared: {count} differences.")
    return redirect("desk_list", list_)


@desk_door.desk(officers=True)
def mended(request: HttpRequest, here: Here, list_: int) -> HttpResponse:
    """The list as it came, with what to mend beside each row."""
    content = lists.mended_sheet(list=list_, by=here.who, language=language(), why=here.why)
    return sheet(content, f"daftar-{list_}-perbaikan.xlsx")


def sheet(content: bytes, name: str, kind: str = XLSX) -> HttpResponse:
    """A file to keep."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def day_of_file(on: dt.date) -> str:
    """A day in a file's name."""
    return f"{on:%Y%m%d}"
