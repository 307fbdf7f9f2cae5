"""How the parts of an explanation are written for people, in both languages: inputs, results, values, units.

Works on plain values, so that an assessment stored years ago reads like one made today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from teduh.law import codes
from teduh.law.messages import Message

#: The units of values and promises. The word in the parameter files is English.
UNITS: dict[str, Message] = {
    "rupiah": Message("rupiah", "rupiah"),
    "rupiah a month": Message("rupiah sebulan", "rupiah a month"),
    "rupiah, once": Message("rupiah, sekali bayar", "rupiah, once"),
    "percent": Message("persen", "percent"),
    "per hundred": Message("persen", "per hundred"),
    "date": Message("", ""),  # a date needs no unit
    "day": Message("(tanggal dalam bulan)", "(day of the month)"),
    "hours": Message("jam", "hours"),
    "days": Message("hari", "days"),
    "working_days": Message("hari kerja", "working days"),
    "months": Message("bulan", "months"),
    "years": Message("tahun", "years"),
    "workers": Message("pekerja", "workers"),
    "times": Message("kali", "times"),
    "occupations": Message("pekerjaan", "occupations"),
    "children": Message("anak", "children"),
}

#: What goes into a rule or a question: the names of their arguments and fields.
INPUTS: dict[str, Message] = {
    "age_months": Message("umur dalam bulan", "age in months"),
    "amount": Message("jumlah", "amount"),
    "arrears_months": Message("bulan tunggakan yang dibolehkan", "months of arrears allowed"),
    "base": Message("dasar", "base"),
    "carried": Message("sisa tahun lalu", "left over from last year"),
    "ceiling": Message("batas atas upah", "wage ceiling"),
    "children": Message("anak", "children"),
    "contract_months": Message("bulan kontrak", "months of the contract"),
    "contract_value": Message("nilai kontrak", "contract value"),
    "cost": Message("biaya", "cost"),
    "departed": Message("bulan berangkat", "month of departure"),
    "due_days": Message("tanggal jatuh tempo", "due dates"),
    "eligible_2020": Message("memenuhi syarat PP 49/2020", "conditions of PP 49/2020"),
    "excluded": Message("sebab yang dikecualikan", "excluded cause"),
    "extension_months": Message("bulan perpanjangan", "months of the extension"),
    "first": Message("bulan pertama tabel", "first month of the tables"),
    "funeral": Message("biaya pemakaman", "funeral sum"),
    "highest": Message("paling banyak", "highest"),
    "income": Message("penghasilan", "income"),
    "index": Message("indeks (sepermiliar)", "index (thousand-millionths)"),
    "indexed_wages": Message("jumlah upah terindeks", "sum of indexed wages"),
    "insured": Message("dibayar jaminan setempat", "paid by local insurance"),
    "jht_monthly": Message("iuran JHT sebulan", "JHT a month"),
    "labour_intensive": Message("padat karya", "labour-intensive"),
    "last_days": Message("hari terakhir tiap bulan", "last days of months"),
    "last_months": Message("upah bulan-bulan terakhir", "wages of the last months"),
    "lowest": Message("paling sedikit", "lowest"),
    "monthly_wages": Message("upah sebulan", "month's wages"),
    "most": Message("paling banyak", "at most"),
    "most_children": Message("anak paling banyak", "children at most"),
    "needed_months": Message("masa iur yang diperlukan", "months needed"),
    "numerator": Message("pembilang", "numerator"),
    "opening": Message("saldo awal", "opening balance"),
    "own_fault": Message("kesalahan atau kehendak sendiri", "own fault or wish"),
    "paid_by_government": Message("dibayar APBN/APBD", "paid from a state budget"),
    "paid_months": Message("masa iur", "months paid"),
    "paid_on": Message("dibayar pada", "paid on"),
    "paid_until": Message("bulan terakhir dibayar", "last month paid"),
    "pension_age": Message("usia pensiun", "pension age"),
    "per_year": Message("setahun menurut jenjang", "a year, by level"),
    "percentage": Message("persentase (seperseratus)", "percentage (hundredths)"),
    "periodic": Message("santunan berkala", "periodic sum"),
    "programmes": Message("program", "programmes"),
    "rate": Message("tarif (sepersepuluh juta)", "rate (ten-millionths)"),
    "return_months": Message("bulan untuk pulang", "months to come home"),
    "return_rate": Message("tingkat pengembangan (sepersepuluh juta)", "rate of return (ten-millionths)"),
    "risk_class": Message("tingkat risiko", "risk class"),
    "route": Message("jalur", "route"),
    "row": Message("lapisan ke-", "slice"),
    "sector": Message("sektor", "sector"),
    "service_months": Message("bulan bekerja", "months worked"),
    "stage": Message("tahap", "stage"),
    "sum": Message("santunan", "sum"),
    "tier_cash": Message("uang tunai tiap lapisan", "cash of the tiers"),
    "tier_months": Message("bulan kerja tiap lapisan", "months of the tiers"),
    "unit": Message("penyebut", "divided by"),
    "wage": Message("upah", "wage"),
    "wage_type": Message("cara pengupahan", "wage type"),
    "wages": Message("upah sebulan", "month's wages"),
    "weighted_credits": Message("iuran kali sisa bulan", "contributions times months left"),
    "workers": Message("pekerja", "workers"),
}

#: The words behind an input that is a code, in the order of `codes`.
CODED: dict[str, dict[int, Message]] = {
    "sector": {
        codes.OTHER: Message("selain transportasi", "other"),
        codes.TRANSPORT: Message("transportasi", "transport"),
    },
    "wage_type": {
        codes.MONTHLY: Message("bulanan", "monthly"),
        codes.DAILY: Message("harian", "daily"),
        codes.PIECE: Message("borongan, jumlah 3 bulan terakhir", "piece work, sum of the last 3 months"),
        codes.WEATHER: Message(
            "borongan tergantung cuaca, jumlah 12 bulan terakhir", "piece work by weather, sum of the last 12 months"
        ),
    },
    "route": {
        codes.IMPLEMENTER: Message("pelaksana penempatan", "implementer"),
        codes.INDIVIDUAL: Message("perseorangan", "individual"),
    },
    "stage": {
        codes.ALL_STAGES: Message("sebelum, selama, dan setelah bekerja", "all"),
        codes.BEFORE: Message("sebelum bekerja", "before"),
        codes.DURING: Message("selama dan setelah bekerja", "during and after"),
        codes.EXTENSION: Message("perpanjangan", "extension"),
    },
}

#: What an input has when it changes nothing: not worth a reader's time.
NEUTRAL = {
    "paid_by_government": 0,
    "eligible_2020": 1,
    "contract_value": 0,
    "wages": 0,
    "extension_months": 0,
    "jht_monthly": 0,
    "labour_intensive": 0,
    "workers": codes.RATE_UNIT,
    "paid_on": 0,
    "wage_type": codes.MONTHLY,
}
FLAGS = ("paid_by_government", "eligible_2020", "labour_intensive")
YES_NO = (Message("tidak", "no"), Message("ya", "yes"))

#: Decisions of ours, where no article is cited.
OWN: dict[str, Message] = {
    "keputusan/decision: half up": Message("keputusan sendiri: setengah ke atas", "our decision: half up"),
    "keputusan/decision: nothing is lost": Message(
        "keputusan sendiri: tidak ada yang hilang", "our decision: nothing is lost"
    ),
    "keputusan/decision: in order of enactment": Message(
        "keputusan sendiri: menurut urutan pengundangan", "our decision: in order of enactment"
    ),
}


def said(message: Message, lang: str) -> str:
    """The message in `id` or `en`."""
    return message.en if lang == "en" else message.id


def number(value: Any, lang: str) -> str:
    """`12.345` and `0,24` in Bahasa, `12,345` and `0.24` in English; dates as 2026-06-30."""
    if isinstance(value, tuple | list):
        return "; ".join(number(item, lang) for item in value)
    if type(value) is int:
        return f"{value:,}".replace(",", "." if lang == "id" else ",")
    if isinstance(value, str) and value.replace(".", "", 1).isdecimal():
        return value.replace(".", ",") if lang == "id" else value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def unit(word: str, lang: str) -> str:
    """The unit of a value; one that is not known is shown as it stands."""
    return said(UNITS[word], lang) if word in UNITS else word


def amount(value: Any, of: str, lang: str) -> str:
    """A value with its unit: `0,24 persen`, `11.086.300 rupiah sebulan`, `2026-06-30`."""
    return f"{number(value, lang)} {unit(of, lang)}".strip()


def citation(article: str, lang: str) -> str:
    """An article as it is cited, or whose decision it is."""
    return said(OWN[article], lang) if article in OWN else article


def _given(name: str, value: int, lang: str) -> str:
    label = said(INPUTS[name], lang) if name in INPUTS else name.replace("_", " ")
    if name == "programmes":
        return f"{label} {'+'.join(word for word, bit in codes.PROGRAMMES.items() if value & bit)}"
    if name == "row":
        return f"{label}{value + 1}" if lang == "id" else f"{label} {value + 1}"
    if name in CODED:
        return f"{label} {said(CODED[name][value], lang)}" if value in CODED[name] else f"{label} {value}"
    if name in FLAGS:
        return f"{label}: {said(YES_NO[bool(value)], lang)}"
    if name == "paid_on":
        return f"{label} {value // 10_000}-{value // 100 % 100:02}-{value % 100:02}"
    return f"{label} {number(value, lang)}"


def inputs(given: Iterable[Any], lang: str) -> str:
    """What went into a step, without what changes nothing."""
    return ", ".join(_given(name, value, lang) for name, value in given if NEUTRAL.get(name) != value)


def result(rule: str, found: Any, lang: str) -> str:
    """What came out of a step: of a whole bill its total, of the income its bracket."""
    if isinstance(found, tuple | list) and len(found) == len(codes.BILL):
        return number(found[codes.BILL.index("total")], lang)
    if rule == "income_bracket":
        return said(Message("golongan ke-", "bracket "), lang) + str(found + 1)
    return number(found, lang)
