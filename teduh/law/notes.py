"""Points to show beside an assessment: what is unconfirmed, in conflict or easily misread. Changes no
amount.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from teduh.law import placements, rulebook
from teduh.law.facts import Construction, Facts, Migrant, SelfEmployed, WageEarner
from teduh.law.messages import Note
from teduh.law.months import Month

ROUNDED = Note(
    "rounding",
    "Tidak ada naskah yang menyebut pembulatan; setengah rupiah atau lebih dibulatkan ke atas, satu kali.",
    "No text names a rounding; half a rupiah or more is rounded up, once.",
    ("keputusan/decision: half up",),
    "unconfirmed",
)
ADVANCE = Note(
    "advance",
    "Jangka pembayaran di muka (1, 2, 3, 6, 12 bulan) belum dikonfirmasi dari naskah; tiap bulan dihitung sendiri.",
    "How many months may be paid in advance is not confirmed by any text read; each month is reckoned by itself.",
    ("Permenaker 5/2021",),
    "unconfirmed",
)
PMI_23 = Note(
    "pmi_excess_dearer",
    "Kontrak ini lebih mahal daripada paket yang lebih panjang; naskah tidak memberi aturan “yang termurah”.",
    "This contract costs more than the next longer package; the text has no cheapest-package rule.",
    ("Permenaker 4/2023 Pasal 18(3)",),
    "unconfirmed",
)
PMI_JHT = Note(
    "pmi_jht_monthly",
    "JHT adalah iuran bulanan; baris lainnya dibayar sekali di muka.",
    "JHT is a monthly amount; the other lines are paid once, in advance.",
    ("Permenaker 4/2023",),
    "secondary",
)
PMI_EXCESS = Note(
    "pmi_excess_package",
    "Bulan kelebihan dihitung dari paket terpanjang yang lebih pendek; naskah tidak menyebut paket mana, tetapi jumlah "
    "yang diumumkan untuk 36 bulan (Rp494.500) dihitung begitu.",
    "Months in excess count from the longest package that is shorter; the text does not name it, but the sum published "
    "for 36 months (Rp494,500) was reckoned so.",
    ("Permenaker 4/2023 Pasal 18(3)",),
    "unconfirmed",
)
PMI_WAIT = Note(
    "pmi_before_length",
    "Perlindungan sebelum berangkat paling lama 5 bulan menurut sumber kedua; bila habis, naskah tidak mengatur "
    "perpanjangannya.",
    "Cover before departure lasts 5 months at most by a second-hand source; when it runs out, no text extends it.",
    ("Permenaker 4/2023 Pasal 15", "Permenaker 18/2018"),
    "secondary",
)
PMI_ALONE = Note(
    "pmi_individual_before",
    "Perseorangan: sebelum berangkat hanya kematian (JKM) yang dijamin, paling lama 1 bulan sejak dibayar.",
    "An individual: before departure only death (JKM) is covered, for 1 month from payment at most.",
    ("Permenaker 4/2023 Pasal 16(3)",),
    "gazette",
)
GOVERNMENT = Note(
    "paid_by_government",
    "Keringanan PP 50/2025 tidak berlaku bagi iuran yang dibayar dari APBN atau APBD.",
    "The relief of PP 50/2025 does not apply where the state or regional budget pays.",
    ("PP 50/2025 Pasal 3",),
    "official",
)
JKP_RELIEVED = Note(
    "jkp_within_relief",
    "Besarnya rekomposisi 0,14% selama keringanan padat karya belum ditemukan; dipakai 0,14% penuh, yang "
    "pada "
    "risiko sangat rendah melebihi iuran JKK yang ditagih.",
    "How the moved 0.14 % shrinks under the labour-intensive relief was not found; the full 0.14 % is "
    "used, which in "
    "the lowest risk class exceeds the JKK billed.",
    ("PP 7/2025", "PP 37/2021 Pasal 11(5)a"),
    "unconfirmed",
)
TOO_FEW = Note(
    "labour_intensive_workers",
    "Keringanan padat karya tidak diberikan: pekerja kurang dari 50, atau tunggakan dibayar setelah 30 Juni 2026.",
    "No labour-intensive relief: fewer than 50 workers, or arrears paid after 30 June 2026.",
    ("PP 7/2025", "PP 36/2025 Pasal 11"),
    "secondary",
)
CONDITIONS_2020 = Note(
    "pp_49_2020_conditions",
    "Keringanan ini mensyaratkan iuran lunas sampai Juli 2020; peserta baru membayar penuh dua bulan pertama.",
    "This relief needs contributions settled up to July 2020; new participants pay the first two months in full.",
    ("PP 49/2020",),
    "secondary",
)
MID_MONTH = Note(
    "mid_month",
    "Aturan JKP berubah di tengah bulan ini; dipakai aturan pada hari terakhir bulan. Naskah peralihan "
    "tidak ditemukan.",
    "JKP rules changed within this month; the rule of its last day is used. No transitional text was found.",
    ("PP 37/2021", "PP 6/2025"),
    "unconfirmed",
)
VAT = Note(
    "contract_without_vat",
    "Nilai kontrak tanpa PPN; naskah tidak mengatur PPN, E-Jakon membaginya 1,11.",
    "The contract value without VAT; the text is silent on VAT, the agency's form divides by 1.11.",
    ("PP 44/2015 Pasal 54(2)",),
    "secondary",
)

CEILING = Note(
    "jp_ceiling_not_announced",
    "Batas atas upah JP untuk bulan ini belum diumumkan; dipakai angka tahun sebelumnya.",
    "The JP ceiling for this month is not announced yet; last year's figure is used.",
    ("PP 45/2015 Pasal 29(4)",),
    "unconfirmed",
)

Steps = Sequence[Any]


def _applied(steps: Steps, name: str) -> bool:
    return any(step.rule == name for step in steps)


def _rounding(facts: Facts, month: Month, day: dt.date, steps: Steps) -> bool:
    """True where a rounding really dropped or added a part of a rupiah."""
    return any(s.rule == "rounded" and s.inputs[0][1] % s.inputs[1][1] for s in steps)


def _dearer(facts: Facts, month: Month, day: dt.date, steps: Steps) -> bool:
    """True where the contract costs more than a longer package of the same day."""
    paid = [step.result for step in steps if step.rule == "package_fee"]
    if not (isinstance(facts, Migrant) and paid):
        return False
    packages = zip(
        *(rulebook.in_force(name, day).number for name in ("pmi_package_months", "pmi_package_fee")),
        strict=True,
    )
    return any(months > facts.contract_months and fee < paid[0] for months, fee in packages)


def _excess(facts: Facts, month: Month, day: dt.date, steps: Steps) -> bool:
    """True where months in excess of a package are paid."""
    if not (isinstance(facts, Migrant) and _applied(steps, "package_fee")):
        return False
    return facts.contract_months not in rulebook.in_force("pmi_package_months", day).number


def _waits(facts: Facts, month: Month, day: dt.date, steps: Steps) -> bool:
    return isinstance(facts, Migrant) and facts.route == "implementer" and _applied(steps, "before_departure")


def _alone(facts: Facts, month: Month, day: dt.date, steps: Steps) -> bool:
    """True where an individual's one sum is paid, under the regulation whose text on the wait was read."""
    return isinstance(facts, Migrant) and facts.route == "individual" and _applied(steps, "package_fee")


def _window_50(facts: Facts, month: Month, day: dt.date, steps: Steps) -> bool:
    if not (isinstance(facts, SelfEmployed) and facts.paid_by_government):
        return False
    return not rulebook.in_force(f"pp_50_2025_{facts.sector}_payable", day).neutral


def _window_7(facts: Facts, month: Month, day: dt.date, steps: Steps) -> bool:
    if not (isinstance(facts, WageEarner) and facts.labour_intensive) or _applied(steps, "pp_7_2025"):
        return False
    return not rulebook.in_force("pp_7_2025_payable", day).neutral


def _jkp_relieved(facts: Facts, month: Month, day: dt.date, steps: Steps) -> bool:
    return _applied(steps, "pp_7_2025") and _applied(steps, "jkp_from_jkk")


def _ceiling(facts: Facts, month: Month, day: dt.date, steps: Steps) -> bool:
    """True where the ceiling read is more than a year old: it changes every March."""
    if not _applied(steps, "jp_wage"):
        return False
    return month.minus(Month.of(rulebook.in_force("jp_ceiling", day).since)) >= 12


WHEN: tuple[tuple[Callable[[Facts, Month, dt.date, Steps], bool], Note], ...] = (
    (_rounding, ROUNDED),
    (_dearer, PMI_23),
    (lambda facts, month, day, steps: isinstance(facts, Migrant) and facts.jht_monthly > 0, PMI_JHT),
    (_excess, PMI_EXCESS),
    (_waits, PMI_WAIT),
    (_alone, PMI_ALONE),
    (lambda facts, month, day, steps: _applied(steps, "extension_fee"), placements.RETURN_MONTH),
    (_window_50, GOVERNMENT),
    (_jkp_relieved, JKP_RELIEVED),
    (_window_7, TOO_FEW),
    (_ceiling, CEILING),
    (lambda facts, month, day, steps: _applied(steps, "pp_49_2020"), CONDITIONS_2020),
    (
        lambda facts, month, day, steps: (
            isinstance(facts, WageEarner) and facts.jkp_participant and month in (Month(2021, 2), Month(2025, 2))
        ),
        MID_MONTH,
    ),
    (
        lambda facts, month, day, steps: isinstance(facts, Construction) and _applied(steps, "jkk_contract"),
        VAT,
    ),
)


def of(facts: Facts, month: Month, day: dt.date, steps: Steps) -> tuple[Note, ...]:
    """The notes that bite for these facts in this month."""
    return tuple(note for bites, note in WHEN if bites(facts, month, day, steps))
