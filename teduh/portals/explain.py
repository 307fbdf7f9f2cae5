"""What a month costs and why, for anybody: every segment, any month since July 2015, every rule, article and value."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teduh.core import clock
from teduh.core.text import Text, rupiah
from teduh.law import assessment, facts, rulebook
from teduh.law.messages import RulebookError
from teduh.law.months import Month
from teduh.portals import doors, pictures, terms
from teduh.portals.forms import Asked, Money, OfMonth, OneOf, SomeOf, Yes, said

CHOSEN = "JKK", "JKM"


class AskSelfEmployed(Asked):
    """A self-employed person: income, sector, old-age savings or not."""

    income = Money("Penghasilan sebulan", "Income a month")
    sector = OneOf(
        "Bidang kerja",
        "Field of work",
        choices=[
            ("other", Text("Selain transportasi", "Anything but transport")),
            ("transport", Text("Transportasi (ojek, sopir, kurir)", "Transport (ride, driver, courier)")),
        ],
        initial="other",
    )
    jht = Yes("Ikut tabungan hari tua (JHT)", "With old-age savings (JHT)", required=False)
    paid_by_government = Yes("Iuran dibayar APBN atau APBD", "Paid from the state or a regional budget", required=False)

    def facts(self) -> facts.Facts:
        told = self.cleaned_data
        return facts.SelfEmployed(
            income=told["income"],
            sector=told["sector"],
            programmes=(*CHOSEN, "JHT") if told["jht"] else CHOSEN,
            paid_by_government=told["paid_by_government"],
        )


class AskWageEarner(Asked):
    """A wage earner: wage, risk class, programmes."""

    wage = Money("Upah sebulan (pokok + tunjangan tetap)", "Monthly wage (basic + fixed allowances)")
    risk_class = forms.TypedChoiceField(
        label=said("Tingkat risiko pekerjaan", "Risk class of the work"),
        coerce=int,
        initial=1,
        choices=[
            (n, Text(f"Tingkat {n}: {a}", f"Class {n}: {b}"))
            for n, a, b in (
                (1, "sangat rendah", "very low"),
                (2, "rendah", "low"),
                (3, "sedang", "medium"),
                (4, "tinggi", "high"),
                (5, "sangat tinggi", "very high"),
            )
        ],
    )
    programmes = SomeOf(
        "Program",
        "Programmes",
        choices=[(p, terms.say("programme", p)) for p in ("JKK", "JKM", "JHT", "JP")],
        initial=["JKK", "JKM", "JHT", "JP"],
    )
    jkp = Yes("Peserta jaminan kehilangan pekerjaan (JKP)", "In the job-loss programme (JKP)", required=False)
    labour_intensive = Yes("Industri padat karya (PP 7/2025)", "Labour-intensive industry (PP 7/2025)", required=False)

    def facts(self) -> facts.Facts:
        told = self.cleaned_data
        return facts.WageEarner(
            wage=told["wage"],
            risk_class=told["risk_class"],
            programmes=tuple(told["programmes"]),
            jkp_participant=told["jkp"],
            labour_intensive=told["labour_intensive"],
        )


class AskConstruction(Asked):
    """A construction project: its contract value, or the month's wages."""

    contract_value = Money("Nilai kontrak tanpa PPN", "Contract value without VAT", required=False, most=10**14)
    monthly_wages = Money(
        "Atau: upah bulan itu, bila diketahui", "Or: the month's wages, where known", required=False, most=10**13
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not (told.get("contract_value") or told.get("monthly_wages")):
            said = Text("Isi nilai kontrak atau upah bulan itu.", "Give the contract value or the month's wages.")
            self.add_error("contract_value", str(said))
        return told

    def facts(self) -> facts.Facts:
        told = self.cleaned_data
        return facts.Construction(contract_value=told["contract_value"], monthly_wages=told["monthly_wages"])


class AskMigrant(Asked):
    """A migrant worker: route, months, what is paid for."""

    route = OneOf(
        "Berangkat lewat",
        "Placed by",
        choices=[
            ("implementer", Text("Pelaksana penempatan (P3MI, BP2MI)", "A placement agency or the State")),
            ("individual", Text("Perseorangan", "Oneself")),
        ],
        initial="implementer",
    )
    stage = OneOf(
        "Untuk",
        "For",
        choices=[
            ("all", Text("Sebelum, selama dan setelah bekerja", "Before, during and after the work")),
            ("before", Text("Sebelum bekerja saja", "Before departure only")),
            ("during", Text("Selama dan setelah bekerja", "During and after")),
            ("extension", Text("Perpanjangan kontrak", "An extension of the contract")),
        ],
        initial="all",
    )
    months = forms.IntegerField(
        label=said("Lama kontrak atau perpanjangan (bulan)", "Months of the contract or extension"),
        min_value=1,
        max_value=600,
        initial=24,
        widget=forms.NumberInput(attrs={"class": "is-short"}),
    )
    jht_monthly = forms.TypedChoiceField(
        label=said("Tabungan hari tua sebulan (sukarela)", "Old-age savings a month (voluntary)"),
        coerce=int,
        initial=0,
        choices=[(0, Text("Tidak", "None"))]
        + [(n, f"Rp{n:,}".replace(",", ".")) for n in (50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000)],
    )

    def facts(self) -> facts.Facts:
        told = self.cleaned_data
        extended = told["stage"] == "extension"
        return facts.Migrant(
            route=told["route"],
            stage=told["stage"],
            jht_monthly=told["jht_monthly"],
            contract_months=0 if extended else told["months"],
            extension_months=told["months"] if extended else 0,
        )


SEGMENTS: dict[str, tuple[Text, Text, type[Asked]]] = {
    "bpu": (
        Text("Bekerja mandiri (BPU)", "Self-employed (BPU)"),
        Text("Nelayan, petani, pedagang, sopir, pekerja lepas", "Fishers, farmers, traders, drivers, freelancers"),
        AskSelfEmployed,
    ),
    "pu": (
        Text("Penerima upah (PU)", "Wage earner (PU)"),
        Text("Bekerja pada perusahaan atau orang lain", "Working for a company or somebody else"),
        AskWageEarner,
    ),
    "jakon": (
        Text("Jasa konstruksi (Jakon)", "Construction (Jakon)"),
        Text("Satu proyek bangunan", "One building project"),
        AskConstruction,
    ),
    "pmi": (
        Text("Pekerja migran (PMI)", "Migrant worker (PMI)"),
        Text("Bekerja di luar negeri", "Working abroad"),
        AskMigrant,
    ),
}


class AskMonth(Asked):
    """Of which month."""

    month = OfMonth("Bulan iuran", "Contribution month")


@require_safe
@doors.door()
def explain(request: HttpRequest) -> HttpResponse:
    """Ask, then answer on the same page; the address holds the question, so that an answer can be sent to somebody."""
    segment = request.GET.get("segment", "bpu")
    if segment not in SEGMENTS:
        segment = "bpu"
    asked = "month" in request.GET
    now = Month.of(clock.today())
    form = SEGMENTS[segment][2](request.GET if asked else None)
    month = AskMonth(request.GET if asked else None, initial={"month": str(now)})
    shown: dict[str, Any] = {"segment": segment, "segments": SEGMENTS, "form": form, "month": month}
    if asked and form.is_valid() and month.is_valid():
        shown.update(_answer(form, month.cleaned_data["month"] or now))
    return render(request, "public/explain.html", shown)


def _answer(form: Any, month: Month) -> dict[str, Any]:
    try:
        result = assessment.assess(form.facts(), month=month)
    except RulebookError as error:
        return {"refused": doors.of_law(error)}
    except (ValueError, OverflowError) as error:
        return {"refused": doors.of_law(_unfit(error))}
    billed = [
        (
            f"{terms.say('programme', line.programme)} ({terms.say('payer', line.payer)}): {rupiah(line.amount)}",
            line.amount,
        )
        for line in result.lines
        if line.amount and line.payer not in ("moved", "state")
    ]
    return {
        "result": result.as_dict(),
        "chart": pictures.split(billed, Text("Bagian tiap program", "Each programme's part"))
        if len(billed) > 1
        else "",
    }


def _unfit(error: Exception) -> RulebookError:
    from teduh.law.messages import Message

    return RulebookError(
        "not_fitting",
        what=Message("Isian ini tidak cocok satu sama lain.", "These answers do not fit together."),
        why=Message(getattr(error, "id", str(error)), str(error)),
        next=Message("Ubah isiannya lalu hitung lagi.", "Change the answers and ask again."),
    )


@require_safe
@doors.door()
def values(request: HttpRequest) -> HttpResponse:
    """Every dated value that the law's pages use, superseded ones too, with article, source and status."""
    tables = [(rows[0], rows) for rows in rulebook.parameters().values()]
    return render(request, "public/values.html", {"tables": tables, "version": rulebook.version()})
