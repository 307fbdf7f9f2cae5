"""The returns of a firm month by month, the three ways to hand one in, and what may be downloaded to begin with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock, dates
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.employers import desk
from teduh.journeys.wages import wage_return
from teduh.law.months import Month
from teduh.portals import doors, employer_door
from teduh.portals.employer_door import Here
from teduh.portals.forms import Asked, Words, Yes, said
from teduh.portals.templatetags.words import language

MOST = 60 * 1024 * 1024
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": SHEET, "csv": "text/csv; charset=utf-8"}


class HandIn(Asked):
    """The month's sheet."""

    file = forms.FileField(
        label=said("Berkas upah", "The wage sheet"),
        max_length=200,
        help_text=said(
            "Excel (XLSX, XLS) atau CSV, judul kolom apa saja. Paling besar 60 MB.",
            "Excel (XLSX, XLS) or CSV, any column titles. 60 MB at most.",
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.ods"}),
    )

    only_changes = Yes(
        "Berkas ini hanya berisi baris yang berubah", "This file holds only the rows that changed", required=False,
        hint=said(
            "Tanpa centang, berkas dianggap daftar lengkap: pekerja yang tidak ada di dalamnya ditarik dari bulan ini.",
            "Without it the file is taken for the whole list: workers who are not on it are withdrawn from the month.",
        ),
    )  # fmt: skip

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > MOST:
            raise forms.ValidationError(str(Text("Berkas lebih dari 60 MB.", "The file is more than 60 MB.")))
        return self.cleaned_data["file"]


class Nil(Asked):
    """Why nobody was paid in a month."""

    why = Words(
        "Mengapa tidak ada upah bulan ini?", "Why were no wages paid this month?", most=200,
        hint=said("Misalnya: belum punya pekerja; usaha berhenti sementara.", "Such as: no workers yet; closed."),
    )  # fmt: skip


@employer_door.firm()
def returns(request: HttpRequest, here: Here) -> HttpResponse:
    """Every month, newest first, with what was filed."""
    rows = desk.months(employer=here.id, on=clock.today())
    return employer_door.page(request, here, "returns", {"rows": rows})


@employer_door.firm()
def month(request: HttpRequest, here: Here, month: Month) -> HttpResponse:
    """One month: what was filed, what is in hand, and the ways to hand it in."""
    form = HandIn(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["file"]
        try:
            report = wage_return.check(
                employer=here.id, month=month, content=told.read(), name=told.name[:200], source="file", by=here.who,
                on=clock.today(), at=clock.now(), why=here.why, only_changes=form.cleaned_data["only_changes"],
            )  # fmt: skip
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            doors.onto(form, refused)
        else:
            return redirect("employer_check", here.id, report.wage_return)
    row = desk.month(employer=here.id, month=month, on=clock.today())
    versions = wage_return.versions(employer=here.id, month=month, by=here.who, why=here.why)
    shown = {"form": form, "month": month, "row": row, "versions": versions, "before": month.plus(-1)}
    return employer_door.page(request, here, "month", shown, status=422 if form.errors else 200)


@employer_door.firm("prepare")
def template(request: HttpRequest, here: Here, month: Month) -> HttpResponse:
    """An empty sheet with the columns and how to fill them."""
    return sheet(wage_return.template(month=month, language=language()), f"laporan-upah-{month}.xlsx")


@employer_door.firm("prepare")
def prefilled(request: HttpRequest, here: Here, month: Month) -> HttpResponse:
    """Last month's workers and wages, ready to be changed."""
    content = wage_return.prefilled(
        employer=here.id, month=month, by=here.who, on=clock.today(), why=here.why, language=language()
    )
    return sheet(content, f"laporan-upah-{here.npp}-{month}.xlsx")


@employer_door.firm("file")
def nil(request: HttpRequest, here: Here, month: Month) -> HttpResponse:
    """Nobody was paid in this month: said, so that no reminder comes."""
    form = Nil(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            wage_return.nil(
                employer=here.id, month=month, why=form.cleaned_data["why"], by=here.who, on=clock.today(),
                at=clock.now(), purpose=here.why,
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            name = dates.month(month)
            doors.say(request, f"{name.id} dilaporkan nihil.", f"{name.en} is filed as nil.")
            return redirect("employer_month", here.id, month)
    shown = {"form": form, "month": month, "row": desk.month(employer=here.id, month=month, on=clock.today())}
    return employer_door.page(request, here, "nil", shown, status=422 if form.errors else 200)


def sheet(content: bytes, name: str, media_type: str = SHEET) -> HttpResponse:
    """A file to keep."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def no_return() -> Refused:
    """There is no such return, or it is another firm's; both read the same."""
    return not_found(Text("Laporan ini tidak ditemukan.", "There is no such return."))


def month_of(here: Here, wage_return_id: int) -> Month:
    """The month of a return of this firm."""
    found = desk.where(wage_return=wage_return_id)
    if found is None or found.employer != here.id:
        raise no_return()
    return found.month
