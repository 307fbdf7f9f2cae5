"""JKP: who takes part, who may have it, who pays when the employer is behind. Knows no amount of a benefit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from teduh.law import rulebook
from teduh.law.messages import Note, Reason

FALLS_BACK = Note(
    "jkp_bankrupt_over_six",
    "Tunggakan perusahaan pailit di atas 6 bulan tidak diatur; berlaku Pasal 39(3).",
    "Arrears of a bankrupt employer over 6 months are not regulated; Pasal 39(3) applies.",
    ("PP 6/2025 Pasal 39A", "PP 6/2025 Pasal 39(3)"),
    "unconfirmed",
)


class Participation(NamedTuple):
    """Whether a worker takes part in JKP, and why not."""

    participant: bool
    because: tuple[Reason, ...]


def participation(
    *,
    age_at_registration: int,
    citizen: bool,
    employed: bool,
    firm: str,
    programmes: Collection[str],
    on: dt.date,
) -> Participation:
    """PP 37/2021 Pasal 4, PP 6/2025 Pasal 4: a citizen under 54 in an employment, in the firm's other
    programmes and JKN.
    """
    article = "PP 6/2025 Pasal 4" if rulebook.applies("PP 6/2025 Pasal 4", on) else "PP 37/2021 Pasal 4"
    limit = rulebook.in_force("jkp_age_limit", on).value
    needed = {"JKK", "JKM", "JHT", "JKN"} | ({"JP"} if firm in ("medium", "large") else set())
    lacking = ", ".join(sorted(needed - set(programmes)))
    tests = (
        (citizen, "citizen", "Bukan warga negara Indonesia.", "Not an Indonesian citizen.", "(2)a"),
        (
            age_at_registration < limit,
            "age",
            f"Usia saat mendaftar {limit} tahun atau lebih.",
            f"{limit} years or older at registration.",
            "(2)b",
        ),
        (employed, "employment", "Tidak ada hubungan kerja.", "No employment.", "(2)c"),
        (
            not lacking,
            "programmes",
            f"Belum ikut program {lacking}.",
            f"Not in the programmes {lacking}.",
            "(3)",
        ),
    )
    because = tuple(Reason(code, id, en, (article + at,), "gazette") for ok, code, id, en, at in tests if not ok)
    return Participation(not because, because)


class Entitlement(NamedTuple):
    """Whether a dismissed participant may have JKP, what is lacking, and the conditions that were applied."""

    entitled: bool
    because: tuple[Reason, ...]
    months_of_24: int
    months_in_a_row: int
    times: int
    years_between: int


def entitlement(
    *,
    months_in_24: int,
    months_in_a_row: int,
    on: dt.date,
    cause: str = "dismissed",
    willing: bool = True,
    claim: int = 1,
    years_since_last: int | None = None,
) -> Entitlement:
    """PP 37/2021 Pasal 19, 20 and 35: dismissed, willing to work, 12 months paid within 24; at most three times.

    Until PP 6/2025 six months in a row before the dismissal were needed too. A second and third time need five years of
    contributions since the one before. `on` is the day on which it is decided.
    """
    needed, row, times, years = (
        rulebook.in_force(name, on)
        for name in ("jkp_months_of_24", "jkp_months_in_a_row", "jkp_times", "jkp_years_between")
    )
    again = claim > 1 and years_since_last is not None
    tests = (
        (cause in ("dismissed", "contract_broken"), "cause", "Bukan pemutusan hubungan kerja oleh pengusaha.",
         "Not a dismissal by the employer.", ("PP 37/2021 Pasal 19(1)", "PP 37/2021 Pasal 20"), "gazette"),
        (willing, "willing", "Tidak bersedia bekerja kembali.", "Not willing to work again.",
         ("PP 37/2021 Pasal 19(2)",), "gazette"),
        (months_in_24 >= needed.value, "months_of_24", f"Iuran kurang dari {needed.value} bulan dalam 24 bulan.",
         f"Fewer than {needed.value} months paid within 24.", (needed.citation,), needed.status),
        (months_in_a_row >= row.value, "months_in_a_row", f"Iuran kurang dari {row.value} bulan berturut-turut.",
         f"Fewer than {row.value} months paid in a row.", (row.citation,), row.status),
        (claim <= times.value, "times", f"JKP paling banyak {times.value} kali.", f"JKP is for {times.value} times.",
         (times.citation,), times.status),
        (not again or (years_since_last or 0) >= years.value, "years_between",
         f"Belum {years.value} tahun masa iur sejak manfaat sebelumnya.",
         f"Fewer than {years.value} years of contributions since the benefit before.", (years.citation,), years.status),
    )  # fmt: skip
    because = tuple(Reason(code, id, en, cited, status) for ok, code, id, en, cited, status in tests if not ok)
    return Entitlement(not because, because, needed.value, row.value, times.value, years.value)


class Default(NamedTuple):
    """Who pays JKP when the employer owes contributions."""

    payer: str  # "agency" or "employer"
    employer_owes_arrears: bool
    reimbursable_after_arrears_settled: bool
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


def employer_default(*, unpaid_months: int, on: dt.date, bankrupt: bool = False) -> Default:
    """Up to 3 months in a row the agency pays, above that the employer first; a bankrupt one is spared up to
    6.
    """
    article = "PP 6/2025 Pasal 39" if rulebook.applies("PP 6/2025 Pasal 39", on) else "PP 37/2021 Pasal 39"
    if unpaid_months <= rulebook.in_force("arrears_months", on).value:
        return Default("agency", unpaid_months > 0, False, (article + "(1)", article + "(2)"), ())
    if bankrupt and rulebook.applies("PP 6/2025 Pasal 39A", on):
        if unpaid_months <= rulebook.in_force("jkp_bankrupt_months", on).value:
            return Default("agency", True, False, ("PP 6/2025 Pasal 39A(1)", "PP 6/2025 Pasal 39A(2)"), ())
        return Default("employer", True, True, (article + "(3)", article + "(4)"), (FALLS_BACK,))
    return Default("employer", True, True, (article + "(3)", article + "(4)"), ())
