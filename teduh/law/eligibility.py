"""Who may join as a self-employed person, decided at entry, and what will end or limit cover, said before
payment.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from teduh.law import rulebook
from teduh.law.messages import Reason


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of someone who wants to join on a day. `foreigner_months`: None for an Indonesian
    citizen.
    """

    on: dt.date
    age: int
    is_working: bool = True
    occupations: int = 1
    foreigner_months: int | None = None
    nik_problems: tuple[Reason, ...] = ()
    nik_warnings: tuple[Reason, ...] = ()
    has_other_employer: bool = False
    is_employer: bool = False
    programmes: tuple[str, ...] = ("JKK", "JKM")
    sector: str = "other"
    paid_by_government: bool = False
    sponsor_until: dt.date | None = None


class Verdict(NamedTuple):
    """The answer at entry, its reasons, and what the person must know before paying."""

    outcome: str  # eligible, conditional, refused
    because: tuple[Reason, ...]
    limits: tuple[Reason, ...]


NOT_WORKING = Reason(
    "not_working",
    "Hanya orang yang bekerja atau berusaha dapat menjadi peserta.",
    "Only someone who works or runs a business can take part.",
    ("PP 44/2015 Pasal 5(3)", "PP 44/2015 Pasal 34(1)"),
    "gazette",
)
OTHER_EMPLOYER = Reason(
    "has_other_employer",
    "Pada pemberi kerja itu ia penerima upah dan didaftarkan olehnya; sebagai BPU hanya untuk usahanya sendiri.",
    "There he is a wage earner, to be enrolled by that employer; as self-employed only for his own business.",
    ("PP 44/2015 Pasal 15(3)", "PP 46/2015 Pasal 5"),
    "gazette",
)
JP_NOT = Reason(
    "jp_not_available",
    "JP tidak tersedia bagi bukan penerima upah.",
    "JP is not open to the self-employed.",
    ("PP 45/2015 Pasal 2",),
    "gazette",
)
JHT_NOT = Reason(
    "jht_not_chosen",
    "JHT tidak termasuk kecuali dipilih.",
    "JHT is not included unless chosen.",
    ("PP 46/2015 Pasal 18", "Permenaker 5/2021 Pasal 31-32"),
    "secondary",
)
JHT_EMPLOYER = Reason("jht_for_employers", "Bagi BPU yang juga pemberi kerja JHT wajib menurut sumber kedua.",
                      "For a self-employed employer JHT is mandatory, says a second-hand source.",
                      ("Permenaker 5/2021 Pasal 31-32",), "secondary")  # fmt: skip
AGE_LIMIT = Reason(
    "age_limit",
    "Batas usia 65 tahun saat mendaftar sering disebut, tetapi naskahnya belum dibaca.",
    "A limit of 65 years at registration is often named, but no text of it was read.",
    ("Permenaker 5/2021",),
    "unconfirmed",
)
TOO_YOUNG = Reason("age_of_work", "Usia kerja anak diatur undang-undang lain; petugas memeriksa.",
                   "The age of work is a matter of another law; an officer checks it.", ("UU 13/2003",),
                   "unconfirmed")  # fmt: skip
FOREIGNER = Reason(
    "foreigner_six_months",
    "Orang asing dilindungi bila bekerja paling singkat 6 bulan di Indonesia.",
    "A foreigner is covered if working at least 6 months in Indonesia.",
    ("PP 44/2015 Pasal 1(4)", "PP 46/2015 Pasal 4"),
    "gazette",
)
OCCUPATIONS = Reason(
    "occupations",
    "Paling banyak 2 jenis pekerjaan dapat dicantumkan.",
    "At most 2 occupations can be declared.",
    ("PP 44/2015 Pasal 11(2)",),
    "gazette",
)
LAPSE = Reason(
    "lapses",
    "Perlindungan berakhir setelah lebih dari 3 bulan berturut-turut menunggak; tunggakan menunda santunan.",
    "Cover ends after more than 3 months of arrears in a row; arrears delay the cash.",
    ("PP 44/2015 Pasal 39", "PP 44/2015 Pasal 42"),
    "gazette",
)
FUNERAL_ONLY = Reason(
    "jkm_first_months",
    "Dalam 3 bulan pertama JKM menurut berita hanya biaya pemakaman Rp10.000.000.",
    "In the first 3 months JKM is, by press reports, the funeral sum of Rp10,000,000 only.",
    ("Permenaker 1/2025",),
    "unconfirmed",
)


def _findings(entry: Entry) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """What refuses, and what makes the answer conditional."""
    months = rulebook.in_force("foreigner_months", entry.on).value
    refused = [
        (not entry.is_working, NOT_WORKING),
        (entry.foreigner_months is not None and entry.foreigner_months < months, FOREIGNER),
        ("JP" in entry.programmes, JP_NOT),
        (entry.occupations > rulebook.in_force("bpu_occupations", entry.on).value, OCCUPATIONS),
    ]
    conditional = [
        (entry.has_other_employer, OTHER_EMPLOYER),
        (entry.age >= 65, AGE_LIMIT),
        (entry.age < 18, TOO_YOUNG),
        (entry.is_employer and "JHT" not in entry.programmes, JHT_EMPLOYER),
    ]
    no = tuple(reason for so, reason in refused if so) + entry.nik_problems
    return no, tuple(reason for so, reason in conditional if so)


def _relief_end(entry: Entry) -> tuple[Reason, ...]:
    value = rulebook.in_force(f"pp_50_2025_{entry.sector}_payable", entry.on)
    if value.neutral or entry.paid_by_government:
        return ()
    return (
        Reason(
            "relief_ends",
            f"Keringanan 50% berakhir dengan bulan iuran {value.until}.",
            f"The relief of 50 % ends with the contribution month of {value.until}.",
            (value.citation,),
            value.status,
        ),
    )


def _limits(entry: Entry) -> tuple[Reason, ...]:
    """What will end or limit cover."""
    months = rulebook.in_force("jkm_scholarship_months", entry.on)
    scholarship = Reason("scholarship", f"Beasiswa karena JKM baru setelah {months.value} bulan iuran.",
                         f"A scholarship under JKM needs {months.value} paid months.", (months.citation,),
                         months.status)  # fmt: skip
    found = [LAPSE, scholarship, *_relief_end(entry)]
    if rulebook.in_force("jkm_full_months", entry.on).value:
        found.insert(1, FUNERAL_ONLY)
    if "JHT" not in entry.programmes:
        found.append(JHT_NOT)
    if entry.sponsor_until:
        found.append(
            Reason(
                "sponsor_ends",
                f"Iuran dibayar pihak lain sampai {entry.sponsor_until}; sesudahnya sendiri.",
                f"Someone else pays until {entry.sponsor_until}; afterwards it is yours.",
                ("PP 44/2015 Pasal 24(2)",),
                "gazette",
            )
        )
    return (*found, JP_NOT)


def self_employed(facts: Entry) -> Verdict:
    """PP 44/2015 Pasal 5, 11: whoever works on his own account may join; everything known is decided now,
    not at a claim.
    """
    refused, conditional = _findings(facts)
    outcome = "refused" if refused else "conditional" if conditional else "eligible"
    return Verdict(outcome, refused + conditional + facts.nik_warnings, _limits(facts))
