"""A return typed in the page: filled from the month before, new workers below; or single corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import queries
from teduh.journeys.employers import desk
from teduh.journeys.wages import wage_return
from teduh.journeys.wages.report import TypedRow
from teduh.law.months import Month
from teduh.portals import employer_door, employer_forms
from teduh.portals.employer_door import Here
from teduh.portals.forms import Asked, Day, Digits, Money, Words, said

MOST = 60
FRESH = 1
#: How many empty rows come when one asks for more without a script.
MORE = 5
WORDS = {"autocomplete": "off", "spellcheck": "false"}


class Row(Asked):
    """One worker: somebody known, or a new one with NIK, name and birth date."""

    member_number = forms.CharField(required=False, max_length=11, widget=forms.HiddenInput)
    worker = forms.CharField(required=False, max_length=160, widget=forms.HiddenInput)
    nik = Digits("NIK", "NIK", length=16, required=False)
    name = Words("Nama", "Name", required=False, widget=forms.TextInput(attrs=WORDS))
    birth_date = Day("Tanggal lahir", "Birth date", required=False, hint=" ")
    started_on = Day("Mulai bekerja", "First day of work", required=False, hint=" ")
    pay = Money("Upah pokok", "Basic wage", required=False, help_text="")
    allowances = Money("Tunjangan tetap", "Fixed allowances", required=False, help_text="")
    wage_type = forms.ChoiceField(
        label=said("Cara dibayar", "Paid"), required=False, choices=employer_forms.listed("wage_type")
    )
    worksite = forms.ChoiceField(label=said("Lokasi", "Site"), required=False)
    ended_on = Day("Berhenti tanggal", "Last day of work", required=False, hint=" ")
    cause = forms.ChoiceField(
        label=said("Sebab berhenti", "Why it ended"), required=False,
        choices=[("", Text("–", "–")), *employer_forms.listed("cause")],
    )  # fmt: skip

    def __init__(self, *args: Any, sites: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worksite"].choices = sites
        for field in self.fields.values():
            field.help_text = ""

    @property
    def known(self) -> bool:
        return bool(self["member_number"].value())

    @property
    def heading(self) -> str:
        return self["worker"].value() or ""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        missing = Text("Perlu diisi.", "This needs an answer.")
        if told.get("member_number") or not (told.get("nik") or told.get("name") or told.get("pay")):
            if told.get("ended_on") and not told.get("cause"):
                self.add_error("cause", str(missing))
            return told
        for name in ("nik", "name", "pay"):
            if told.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, str(missing))
        return told


def _grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") if amount else ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a row begins with."""

    member_number: str
    worker: str
    pay: int
    allowances: int
    wage_type: str
    worksite: str

    def as_dict(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in self.__slots__}
        return told | {"pay": _grouped(self.pay), "allowances": _grouped(self.allowances)}


RowForms = forms.formset_factory(Row, extra=0, max_num=MOST, validate_max=True, absolute_max=MOST)


@employer_door.firm("prepare")
def typing(request: HttpRequest, here: Here, month: Month) -> HttpResponse:
    """The grid; a POST makes a canonical sheet of it, which is checked like any other."""
    row = desk.month(employer=here.id, month=month, on=clock.today())
    sought = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    shown: dict[str, Any] = {"month": month, "row": row, "sought": sought, "correcting": bool(row.wage_return)}
    if request.method == "POST" and "more" not in request.POST:
        made = _forms(request, here, month)
        if made.is_valid():
            try:
                return _checked(request, here, month, made, correcting=bool(row.wage_return))
            except Refused as refused:
                if refused.status in (403, 404):
                    raise
                shown["refused"] = refused
    else:
        began = _again(request) if request.method == "POST" else _began(here, row, month, sought)
        if began is None:
            return employer_door.page(request, here, "too_many", shown)
        made = RowForms(initial=began, prefix="w", form_kwargs={"sites": _sites(here, month)})
    wrong = made.is_bound and not made.is_valid()
    shown |= {"forms": made, "one_site": len(_sites(here, month)) < 2}
    return employer_door.page(request, here, "typing", shown, status=422 if wrong or "refused" in shown else 200)


def _sites(here: Here, month: Month) -> list[tuple[str, str]]:
    force = queries.in_force(employer=here.id, month=month)
    return [(str(number), f"{number}. {site.name}") for number, site in force.worksites.items()]


def _forms(request: HttpRequest, here: Here, month: Month) -> Any:
    return RowForms(request.POST, prefix="w", form_kwargs={"sites": _sites(here, month)})


def _again(request: HttpRequest) -> list[dict[str, Any]]:
    """What was typed so far, with more empty rows below."""
    count = request.POST.get("w-TOTAL_FORMS", "0")
    rows = min(int(count), MOST) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    names = list(Row.base_fields)
    typed = [{name: request.POST.get(f"w-{n}-{name}", "") for name in names} for n in range(rows)]
    return [*typed, *({} for _ in range(min(MORE, MOST - rows)))]


def _began(here: Here, row: Any, month: Month, sought: str) -> list[dict[str, Any]] | None:
    """Last month's workers, or (correcting) the filed lines that were searched; None if they are too many to type."""
    if row.wage_return and not sought and row.workers > MOST:
        return [{}]
    known = wage_return.typing_rows(
        employer=here.id, month=month, by=here.who, on=clock.today(), search=sought, limit=MOST, why=here.why
    )  # fmt: skip
    if known is None or len(known) > MOST - FRESH:
        return None
    return [*(Filled(*one).as_dict() for one in known), *({} for _ in range(FRESH))]


def _checked(request: HttpRequest, here: Here, month: Month, made: Any, *, correcting: bool) -> HttpResponse:
    rows = [_typed(form.cleaned_data) for form in made if form.cleaned_data and _says_something(form)]
    content = wage_return.typed(employer=here.id, month=month, rows=rows)
    report = wage_return.check(
        employer=here.id, month=month, content=content, name=f"diketik-{month}.csv", source="page", by=here.who,
        on=clock.today(), at=clock.now(), why=here.why, only_changes=correcting,
    )  # fmt: skip
    return redirect("employer_check", here.id, report.wage_return)


def _says_something(form: Row) -> bool:
    told = form.cleaned_data
    return bool(told.get("member_number") or told.get("nik") or told.get("name"))


def _typed(told: dict[str, Any]) -> TypedRow:
    def word(value: Any) -> str:
        return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)

    fields = (
        "nik", "member_number", "name", "birth_date", "started_on", "ended_on", "cause", "wage_type", "pay",
        "allowances", "worksite",
    )  # fmt: skip
    return TypedRow(**{name: word(told.get(name)) for name in fields})
