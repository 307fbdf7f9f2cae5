"""An assessment as text for a terminal: the amounts, then every rule as an indented trace, then every value."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from teduh.law import words as law
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
        "moved": "direkomposisi dari {part}, tidak ditagih lagi",
        "before": "sebelum",
        "during": "selama dan setelah",
        "extension": "perpanjangan",
        "why": "Mengapa",
        "values": "Nilai yang dibaca",
        "notes": "Perlu diketahui",
        "from": "sejak",
        "until": "sampai",
        "list": "{count} nilai, dari {first} sampai {last}",
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
        "list": "{count} values, {first} to {last}",
        "rulebook": "Rulebook",
        "gazette": "gazette",
        "official": "official statement",
        "secondary": "secondary source",
        "unconfirmed": "unconfirmed",
    },
}


def text(found: Assessment, *, lang: str) -> str:
    """The whole answer."""
    words = WORDS[lang]
    lines = [f"{words[found.segment]}, {found.month}: {_rupiah(found.total)}", ""]
    lines += [line for each in found.lines for line in _line(each, words)]
    lines += ["", words["why"]]
    lines += [line for step in found.steps for line in _step(step, lang)]
    lines += ["", words["values"]]
    lines += [line for value in found.values for line in _value(value, words, lang)]
    if found.notes:
        lines += ["", words["notes"]]
        for note in found.notes:
            cited = f"({'; '.join(law.citation(one, lang) for one in note.articles)}; {words[note.status]})"
            lines += _wrap(f"• {getattr(note, lang)} {cited}", 2, hanging=2)
    return "\n".join([*lines, "", f"{words['rulebook']} {found.rulebook}"])


def _line(line: Line, words: dict[str, str]) -> Iterator[str]:
    payer = words[line.payer].format(part=line.part)
    if line.part in ("before", "during", "extension"):
        payer = f"{payer}, {words[line.part]}"
    head = f"  {line.programme:<8} {_rupiah(line.amount):>14}  {payer}"
    yield head
    yield from _wrap("; ".join(line.articles), 27)


def _step(step: Step, lang: str) -> Iterator[str]:
    indent = 2 + 2 * step.depth
    cited = "; ".join(law.citation(article, lang) for article in step.citation)
    yield from _wrap(
        f"{getattr(step, lang)} = {law.result(step.rule, step.result, lang)}  [{cited}]", indent, hanging=2
    )
    yield from _wrap(step.says_id if lang == "id" else step.says, indent + 2)
    if inputs := law.inputs(step.inputs, lang):
        yield from _wrap(f"({inputs})", indent + 2)


def _value(value: Value, words: dict[str, str], lang: str) -> Iterator[str]:
    until = f" {words['until']} {value.until}" if value.until else ""
    since = f"{words['from']} {value.since}{until}"
    yield from _wrap(f"{getattr(value, lang)}: {_shown(value, lang)}, {since} · {words[value.status]}", 2, 2)
    yield from _wrap(f"{value.citation} · {value.source_id if lang == 'id' else value.source}", 4)


def _shown(value: Value, lang: str) -> str:
    if isinstance(value.value, tuple) and len(value.value) > 5:
        first, last = (law.number(value.value[at], lang) for at in (0, -1))
        listed = WORDS[lang]["list"].format(count=len(value.value), first=first, last=last)
        return f"{listed} {law.unit(value.unit, lang)}".strip()
    return law.amount(value.value, value.unit, lang)


def _rupiah(amount: int) -> str:
    return f"Rp{law.number(amount, 'id')}"


def _wrap(words: str, indent: int, hanging: int = 0) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + hanging), break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip
