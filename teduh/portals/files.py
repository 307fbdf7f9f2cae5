"""Sheets of people: handed in, reported row by row, given back mended, and enrolled with progress to look at."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from teduh.core import clock, jobs
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining import enrol_file
from teduh.portals import actor, doors, regions, terms
from teduh.portals.forms import Asked, Yes, said
from teduh.portals.templatetags.words import language
from teduh.registry.queries import groups
from teduh.security.access import Actor

MOST = 20 * 1024 * 1024
#: Fewer rows than this are enrolled while one waits; more go on in the background.
AT_ONCE = 300
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class HandIn(Asked):
    """The sheet, and what holds for all in it."""

    file = forms.FileField(
        label=said("Berkas", "The sheet"),
        max_length=4_000,
        help_text=said(
            "Excel (XLSX, XLS) atau CSV, dengan judul kolom apa saja. Paling besar 20 MB.",
            "Excel (XLSX, XLS) or CSV, with any column titles. 20 MB at most.",
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.ods"}),
    )
    group = forms.ChoiceField(
        label=said("Kelompok atau sponsor (bila ada)", "Group or sponsor (if any)"), required=False
    )
    jht = Yes("Semua ikut tabungan hari tua (JHT)", "All with old-age savings (JHT)", required=False)
    consent = Yes(
        "Orang-orang dalam berkas ini setuju didaftarkan",
        "The people in this sheet agreed to be enrolled",
        hint=said("Simpan bukti persetujuannya.", "Keep the proof of their consent."),
    )

    def __init__(self, *args: Any, who: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(one.id), one.name) for one in groups.groups(actor=who, on=clock.today())]
        self.fields["group"].choices = [("", Text("Tidak ada", "None")), *found]

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > MOST:
            raise forms.ValidationError(
                str(Text("Berkas lebih dari 20 MB; bagi dahulu.", "More than 20 MB; split it first."))
            )
        return self.cleaned_data["file"]


@doors.door("upload")
def upload(request: HttpRequest) -> HttpResponse:
    """Hand a sheet in: it is checked, nobody is enrolled yet."""
    who = actor.of(request)
    more = "more" in request.POST
    form = HandIn(request.POST or None, request.FILES or None, who=who)
    region = regions.chosen(request.POST, "lives_in")
    if request.method == "POST" and not more and form.is_valid():
        told = form.cleaned_data
        defaults = enrol_file.Defaults(
            region=region or None,
            group=int(told["group"]) if told["group"] else None,
            programmes=("JKK", "JKM", "JHT") if told["jht"] else ("JKK", "JKM"),
        )
        try:
            report = enrol_file.check(
                content=told["file"].read(), name=told["file"].name, by=who, on=clock.today(), defaults=defaults
            )
        except Refused as refused:
            doors.onto(form, refused)
        else:
            return redirect("file", report.id)
    if more:
        form = HandIn(initial={k: request.POST.get(k) for k in ("group", "jht", "consent")}, who=who)
    shown = {"form": form, "lives_in": regions.levels("lives_in", region), "files": enrol_file.files(by=who, limit=20)}
    return render(request, "agent/upload.html", shown, status=422 if form.errors else 200)


@doors.door("upload")
def file(request: HttpRequest, file: int) -> HttpResponse:
    """The report: how the sheet was read, and every row that needs something."""
    page = request.GET.get("page", "1")
    state = request.GET.get("state", "")
    report = enrol_file.show(
        file=file,
        by=actor.of(request),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        only=(state,) if state in terms.WORDS["row"] else (),
    )
    order = ("mend", "warned", "ready", "enrolled", "known", "repeated", "blank")
    return render(
        request,
        "agent/file.html",
        {
            "report": report,
            "state": state,
            "going_on": _is_going_on(file),
            "counts": [
                (one, terms.say("row", one), report.counts[one], terms.TONE.get(one, ""))
                for one in order
                if report.counts.get(one)
            ],
        },
    )


@doors.door("upload")
def sheet(request: HttpRequest, file: int) -> HttpResponse:
    """The original as XLSX with what to mend beside each row."""
    content = enrol_file.mended_sheet(file=file, by=actor.of(request), language=language())
    answer = HttpResponse(content, content_type=SHEET)
    answer["Content-Disposition"] = f'attachment; filename="teduh-{file}.xlsx"'
    return answer


@doors.door("upload")
def commit(request: HttpRequest, file: int) -> HttpResponse:
    """Enrol what is ready. Sent twice, nobody is enrolled twice."""
    who = actor.of(request)
    report = enrol_file.show(file=file, by=who)
    if request.method != "POST" or report.is_committed:
        return redirect("file", file)
    on, at = clock.today(), clock.now()
    if report.usable <= AT_ONCE:
        enrol_file.commit(file=file, by=who, on=on, at=at)
        jobs.soon("ask_civil_registry", at=at)
        return redirect("file", file)
    if not _is_going_on(file):
        _tell(file, 0, report.usable, Text("Menunggu giliran", "Waiting its turn"))
        threading.Thread(target=_commit, args=(file, who, on, at), name=f"file-{file}", daemon=False).start()
    return redirect("file_progress", file)


def _commit(file: int, who: Actor, on: Any, at: Any) -> None:
    """In the background: the file stays uncommitted if this is interrupted, and may be sent again."""
    try:
        enrol_file.commit(
            file=file, by=who, on=on, at=at, progress=lambda done, total, what: _tell(file, done, total, what)
        )
        jobs.soon("ask_civil_registry", at=at)
    except Refused as refused:
        _tell(file, 0, 0, Text(f"{refused.what.id} {refused.then.id}", f"{refused.what.en} {refused.then.en}"))
    finally:
        _place(file).unlink(missing_ok=True)
        connection.close()


def _place(file: int) -> Path:
    return Path(settings.DATA_DIR) / "progress" / f"{file}.json"


def _tell(file: int, done: int, total: int, what: Text) -> None:
    """Progress is a small file, so that every worker of this machine can tell it."""
    place = _place(file)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps({"done": done, "total": total, "what": what.as_dict(), "by": os.getpid()}))
    aside.replace(place)


def _told(file: int) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        told: dict[str, Any] = json.loads(_place(file).read_text())
        return told
    return {}


def _is_going_on(file: int) -> bool:
    """Whether somebody is at it: what a process that is gone left behind does not count."""
    told = _told(file)
    if not told:
        return False
    try:
        os.kill(told["by"], 0)
    except OSError:
        return False
    return True


@doors.door("upload")
def progress(request: HttpRequest, file: int) -> HttpResponse:
    """How far it is; without a script one presses 'look again'."""
    report = enrol_file.show(file=file, by=actor.of(request))
    going_on = _is_going_on(file)
    if not going_on and "fragment" not in request.GET:
        return redirect("file", file)
    told = _told(file) or {"done": 0, "total": report.usable, "what": {"id": "", "en": ""}}
    shown = {"report": report, "told": told, "finished": "" if going_on else reverse("file", args=[file])}
    return render(request, "parts/progress.html" if "fragment" in request.GET else "agent/progress.html", shown)
