"""An assessment as text for a terminal: the amounts, then every rule as an indented trace, then every value."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from teduh.law import codes
from teduh.law.assessment import Assessment, Line, Step
from teduh.law.rulebook import Value

WIDTH = 110
WORDS: dict[str, dict[str, str]] = {
    "id": {
        "self_employed": "Bukan penerima upah (BPU)",
        "wage_earner": "Penerima upah (PU)",
        "construction": "Jasa konstruksi",
        "migrant": "Pekerja migran Indonesia (PMI)",
        "participant": "peserta",
        "employer": "pemberi kerja",
        "worker": "pekerja",
        "state": "Pemerintah, tidak ditagih",
        "moved": "dipindahkan dari {part}, tidak ditagih lagi",
        "before": "sebelum",
        "during": "selama dan setelah",
        "extension": "perpanjangan",
        "why": "Mengapa",
        "values": "Nilai yang dibaca",
        "notes": "Perlu diketahui",
        "from": "sejak",
        "until": "sampai",
        "bracket": "golongan ke-{number}",
        "list": "{count} nilai, dari {first} sampai {last}",
        "outside": "di luar masa keringanan",
        "rulebook": "Buku aturan",
        "gazette": "dari teks resmi",
        "official": "dari pernyataan resmi",
        "secondary": "dari sumber kedua",
        "unconfirmed": "belum dikonfirmasi",
    },
    "en": {
        "self_employed": "Self-employed (BPU)",
        "wage_earner": "Wage earner (PU)",
        "construction": "Construction project",
        "migrant": "Migrant worker (PMI)",
        "participant": "participant",
        "employer": "employer",
        "worker": "worker",
        "state": "the State, not billed",
        "moved": "moved out of {part}, not billed again",
        "before": "before",
        "during": "during and after",
        "extension": "extension",
        "why": "Why",
        "values": "Values read",
        "notes": "To be known",
        "from": "from",
        "until": "until",
        "bracket": "bracket {number}",
        "list": "{count} values, {first} to {last}",
        "outside": "outside the relief's window",
        "rulebook": "Rulebook",
        "gazette": "gazette",
        "official": "official statement",
        "secondary": "secondary source",
        "unconfirmed": "unconfirmed",
    },
}


#: What an input has when it changes nothing: not worth a reader's time.
NEUTRAL = {
    "paid_by_government": 0,
    "eligible_2020": 1,
    "labour_intensive": 0,
    "workers": codes.RATE_UNIT,
    "paid_on": 0,
    "wage_type": codes.MONTHLY,
}
CODED = {
    "sector": codes.SECTORS,
    "wage_type": codes.WAGE_TYPES,
    "route": codes.ROUTES,
    "stage": codes.STAGES,
}
LABELS: dict[str, dict[str, str]] = {
    "id": {
        "income": "penghasilan",
        "wage": "upah",
        "sector": "sektor",
        "programmes": "program",
        "amount": "jumlah",
        "paid_by_government": "dibayar APBN/APBD",
        "eligible_2020": "syarat PP 49/2020",
        "risk_class": "tingkat risiko",
        "labour_intensive": "padat karya",
        "workers": "pekerja",
        "paid_on": "dibayar pada",
        "numerator": "pembilang",
        "unit": "penyebut",
        "contract_months": "bulan kontrak",
        "extension_months": "bulan perpanjangan",
        "contract_value": "nilai kontrak",
        "monthly_wages": "upah sebulan",
        "route": "jalur",
        "stage": "tahap",
        "months": "bulan",
    },
    "en": {
        "paid_by_government": "paid from a state budget",
        "eligible_2020": "conditions of PP 49/2020",
        "unit": "divided by",
    },
}


def text(found: Assessment, *, lang: str) -> str:
    """The whole answer."""
    words = WORDS[lang]
    lines = [f"{words[found.segment]}, {found.month}: {_rupiah(found.total)}", ""]
    lines += [line for each in found.lines for line in _line(each, words)]
    lines += ["", words["why"]]
    lines += [line for step in found.steps for line in _step(step, words, lang)]
    lines += ["", words["values"]]
    lines += [line for value in found.values for line in _value(value, words, lang)]
    if found.notes:
        lines += ["", words["notes"]]
        for note in found.notes:
            cited = f"({'; '.join(note.articles)}; {words[note.status]})"
            lines += _wrap(f"• {getattr(note, lang)} {cited}", 2, hanging=2)
    return "\n".join([*lines, "", f"{words['rulebook']} {found.rulebook}"])


def _line(line: Line, words: dict[str, str]) -> Iterator[str]:
    payer = words[line.payer].format(part=line.part)
    if line.part in ("before", "during", "extension"):
        payer = f"{payer}, {words[line.part]}"
    head = f"  {line.programme:<8} {_rupiah(line.amount):>14}  {payer}"
    yield head
    yield from _wrap("; ".join(line.articles), 27)


def _step(step: Step, words: dict[str, str], lang: str) -> Iterator[str]:
    indent = 2 + 2 * step.depth
    yield from _wrap(f"{getattr(step, lang)} = {_result(step, words)}  [{'; '.join(step.citation)}]", indent, hanging=2)
    if lang == "en" and step.says:
        yield from _wrap(step.says, indent + 2)
    inputs = ", ".join(_input(name, value, lang) for name, value in step.inputs if NEUTRAL.get(name) != value)
    if inputs:
        yield from _wrap(f"({inputs})", indent + 2)


def _input(name: str, value: int, lang: str) -> str:
    label = LABELS[lang].get(name, name.replace("_", " "))
    if name == "programmes":
        return f"{label} {'+'.join(word for word, bit in codes.PROGRAMMES.items() if value & bit)}"
    if name in CODED:
        return f"{label} {next((word for word, code in CODED[name].items() if code == value), value)}"
    return label if name in NEUTRAL and value == 1 else f"{label} {_number(value)}"


def _result(step: Step, words: dict[str, str]) -> str:
    if isinstance(step.result, tuple) and len(step.result) == len(codes.BILL):
        return _number(step.result[codes.BILL.index("total")])
    if step.rule == "income_bracket":
        return words["bracket"].format(number=step.result + 1)
    return _number(step.result)


def _value(value: Value, words: dict[str, str], lang: str) -> Iterator[str]:
    until = f" {words['until']} {value.until}" if value.until else ""
    shown = f"{_shown(value.value, words)} {value.unit}".strip()
    yield from _wrap(
        f"{getattr(value, lang)}: {shown}, {words['from']} {value.since}{until} · {words[value.status]}", 2, 2
    )
    yield from _wrap(f"{value.citation} · {value.source}", 4)


def _shown(value: Any, words: dict[str, str]) -> str:
    if isinstance(value, tuple | list) and len(value) > 5:
        return words["list"].format(count=len(value), first=_number(value[0]), last=_number(value[-1]))
    if isinstance(value, tuple | list):
        return ", ".join(_number(item) for item in value)
    return _number(value)


def _number(value: Any) -> str:
    return f"{value:,}".replace(",", ".") if type(value) is int else str(value)


def _rupiah(amount: int) -> str:
    return f"Rp{_number(amount)}"


def _wrap(words: str, indent: int, hanging: int = 0) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + hanging), break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip
