"""Construction projects on a firm's pages: what one would cost, registering, its terms and workers, an addendum."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.contributions import projects as reckoning
from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers import projects as rows
from teduh.employers.projects import NewProject
from teduh.journeys.projects import projects
from teduh.journeys.projects import workers as project_workers
from teduh.portals import actor, doors, employer_door, regions
from teduh.portals.forms import Asked, Day, Money, OneOf, Words, Yes, said

MOST_BYTES = 2_000_000
TERMS = [(str(n), Text("Sekaligus", "At once") if n == 1 else Text(f"{n} termin", f"{n} terms")) for n in range(1, 13)]
VAT = said(
    "Centang hanya bila angkanya termasuk PPN; lalu dibagi 1,11. PP 44/2015 tidak menyebut PPN (sumber kedua).",
    "Tick only if the figure includes VAT; it is then divided by 1.11. PP 44/2015 is silent on VAT (second-hand).",
)


class Register(Asked):
    """What a project is, and what its contribution is reckoned from."""

    name = Words("Nama proyek", "Name of the project", most=200)
    contract_number = Words("Nomor kontrak (boleh kosong)", "Contract number (may stay empty)", most=80, required=False)
    owner = Words("Pemilik proyek (boleh kosong)", "Owner (may stay empty)", most=120, required=False)
    basis = OneOf(
        "Dasar hitungan", "Reckoned from",
        choices=[
            ("contract", Text("Nilai kontrak: upah pekerja tidak diketahui", "Contract value: wages are not known")),
            ("wages", Text("Upah semua pekerja sebulan: upah diketahui", "All workers' wages of a month: known")),
        ],
    )  # fmt: skip
    value = Money("Nilainya", "The value", least=1, most=10**14)
    with_vat = Yes("Nilai kontrak ini termasuk PPN", "This contract value includes VAT", required=False, hint=VAT)
    starts = Day("Hari pertama", "First day")
    ends = Day("Hari terakhir", "Last day")
    ordered_on = Day("Tanggal SPK (boleh kosong)", "Day of the work order (may stay empty)", required=False)
    workers_expected = Money("Perkiraan jumlah pekerja", "Workers expected", required=False, most=100_000, help_text="")
    instalments = OneOf("Cara membayar", "How it is paid", choices=TERMS, initial="1")

    def __init__(self, *args: Any, officer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not officer:
            self.fields["instalments"].choices = [one for one in TERMS if int(one[0]) in projects.TERMS]


class Change(Asked):
    """An addendum."""

    value = Money("Nilai kontrak atau upah sebulan yang baru", "The new value or month's wages", least=1, most=10**14)
    with_vat = Yes("Nilai kontrak ini termasuk PPN", "This contract value includes VAT", required=False, hint=VAT)
    ends = Day("Hari terakhir yang baru", "The new last day")
    why = Words("Nomor adendum atau alasannya", "The addendum's number, or why", most=200)


class AddWorkers(Asked):
    """A list typed or pasted, or a file."""

    text = Words(
        "Tempel daftar pekerja, satu per baris", "Paste the workers, one to a line", most=200_000, required=False,
        hint=said("NIK; nama; pekerjaan; mulai; sampai. Tanggal boleh kosong.",
                  "NIK; name; work; first day; last day. The days may stay empty."),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(
        label=said("Atau unggah berkas (XLSX, XLS, ODS, CSV)", "Or upload a file (XLSX, XLS, ODS, CSV)"),
        required=False, allow_empty_file=True,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        file = told.get("file")
        if not told.get("text") and not file:
            self.add_error("text", str(Text("Tempel daftarnya atau unggah berkas.", "Paste the list or a file.")))
        if file and file.size > MOST_BYTES:
            self.add_error("file", str(Text("Berkasnya lebih dari 2 MB.", "The file is larger than 2 MB.")))
        return told


@employer_door.firm()
def listed(request: HttpRequest, here: employer_door.Here) -> HttpResponse:
    """A firm's projects."""
    return employer_door.page(request, here, "projects/list", {"rows": rows.projects(employer=here.id)})


@employer_door.firm("file")
def new(request: HttpRequest, here: employer_door.Here) -> HttpResponse:
    """First what it costs, then registering: the same form, two buttons."""
    on, who = clock.today(), actor.of(request)
    form = Register(request.POST or None, officer=who.may("employers"))
    region = regions.chosen(request.POST, "built_in")
    quote = None
    if request.method == "POST" and "more" not in request.POST and form.is_valid():
        project = _project(here.id, form.cleaned_data, region)
        try:
            if request.POST.get("do") == "register":
                made = projects.register(project=project, by=who, on=on, why=here.why)
                doors.say(request, "Proyek terdaftar. Bayar termin pertama agar pekerjanya terlindungi.",
                          "Registered. Pay the first term so that its workers are covered.")  # fmt: skip
                return redirect("employer_project", here.id, made.row.number)
            quote = projects.quote(project=project, on=on)
        except Refused as refused:
            doors.onto(form, refused)
    shown = {"form": form, "quote": quote, "built_in": regions.levels("built_in", region), "without_vat": _plain(form)}
    return employer_door.page(request, here, "projects/new", shown, status=422 if form.errors else 200)


def _project(employer: int, told: dict[str, Any], region: str) -> NewProject:
    return NewProject(
        employer=employer, name=told["name"], basis=told["basis"], value=told["value"], starts=told["starts"],
        ends=told["ends"], with_vat=told["with_vat"], instalments=int(told["instalments"]),
        contract_number=told["contract_number"], owner=told["owner"], region=region or None,
        workers_expected=told["workers_expected"] or 0, ordered_on=told["ordered_on"],
    )  # fmt: skip


def _plain(form: forms.Form) -> int | None:
    """What a value without VAT is, where somebody said that it includes it."""
    told = getattr(form, "cleaned_data", {})
    if told.get("with_vat") and told.get("basis") == "contract" and told.get("value"):
        return reckoning.without_vat(told["value"])
    return None


@employer_door.firm()
def one(request: HttpRequest, here: employer_door.Here, number: str) -> HttpResponse:
    """A project: its terms with their codes, its workers, an addendum, the end."""
    view = _of(here, number)
    initial = {"value": view.row.value, "ends": view.row.ends.strftime("%d-%m-%Y")}
    did = request.POST.get("do") if request.method == "POST" else None
    change = Change(request.POST if did == "change" else None, initial=initial, prefix="c")
    people = AddWorkers(*((request.POST, request.FILES) if did == "workers" else ()), prefix="w")
    added = None
    try:
        if did == "workers" and people.is_valid():
            added = _add(request, here, number, people.cleaned_data)
            people, view = _again(people.cleaned_data["text"], added), _of(here, number)
        elif did == "change" and change.is_valid():
            told = change.cleaned_data
            projects.change(project=view.row.id, by=here.who, on=clock.today(), **told)
            doors.say(request, "Adendum dicatat; tagihannya disesuaikan.", "The addendum is noted; bills are adjusted.")
            return redirect("employer_project", here.id, number)
        elif did in ("cancel", "finish"):
            _end(request, here, view, did)
            return redirect("employer_project", here.id, number)
        elif did == "leave":
            _leave(request, here, number)
            return redirect("employer_project", here.id, number)
    except Refused as refused:
        if did not in ("change", "workers"):
            raise
        doors.onto(change if did == "change" else people, refused)
    after = request.GET.get("after", "")
    workers = project_workers.workers(number=number, by=here.who, why=here.why,
                                      after=int(after) if after.isdigit() and len(after) < 18 else 0)  # fmt: skip
    shown = {"view": view, "change": change, "people": people, "workers": workers, "added": added,
             "today": clock.today(), "more": workers[-1].id if len(workers) == 100 else ""}  # fmt: skip
    return employer_door.page(request, here, "projects/one", shown,
                              status=422 if change.errors or people.errors else 200)  # fmt: skip


def _of(here: employer_door.Here, number: str) -> projects.ProjectView:
    """The project, if it is this firm's."""
    view = projects.view(number=number, by=here.who, why=here.why)
    if view.row.employer != here.id:
        raise not_found(Text("Proyek tidak ditemukan.", "There is no such project."))
    return view


def _add(request: HttpRequest, here: employer_door.Here, number: str, told: dict[str, Any]) -> project_workers.Added:
    asked = {"number": number, "by": here.who, "on": clock.today(), "why": here.why}
    if told["file"]:
        return project_workers.add(content=told["file"].read(), name=told["file"].name[:200], **asked)
    return project_workers.add_typed(text=told["text"], **asked)


def _again(text: str, added: project_workers.Added) -> AddWorkers:
    """The form again, with the lines that are to be mended."""
    lines = text.splitlines()
    wrong = [lines[one.number - 1] for one in added.wrong if one.number <= len(lines)]
    return AddWorkers(initial={"text": "\n".join(wrong)}, prefix="w")


def _end(request: HttpRequest, here: employer_door.Here, view: projects.ProjectView, did: str) -> None:
    why = " ".join(request.POST.get("why", "").replace("\x00", "").split())[:200]
    if did == "cancel":
        projects.cancel(project=view.row.id, why=why, by=here.who, on=clock.today())
        doors.say(request, "Proyek dibatalkan; tagihannya ditarik.", "Cancelled; its bills are withdrawn.")
    else:
        projects.finish(project=view.row.id, why=why or here.why, by=here.who, on=clock.today())
        doors.say(request, "Proyek selesai.", "The project is finished.")


def _leave(request: HttpRequest, here: employer_door.Here, number: str) -> None:
    chosen = [int(one) for one in request.POST.getlist("worker") if one.isdigit() and len(one) < 18][:200]
    count = project_workers.leave(number=number, workers=chosen, until=clock.today(), by=here.who, on=clock.today(),
                                  why=here.why)  # fmt: skip
    doors.say(request, f"{count} pekerja diakhiri hari ini.", f"{count} workers end today.")


@doors.door("everyone")
def officer_list(request: HttpRequest) -> HttpResponse:
    """All projects, for officers: each opens on its firm's pages, for a purpose."""
    text, state = request.GET.get("q", "")[:80], request.GET.get("state", "")
    state = state if state in rows.STATES else ""
    shown = {"rows": rows.projects(text=text, state=state), "q": text, "state": state, "states": rows.STATES.items()}
    return render(request, "officer/projects.html", shown)
