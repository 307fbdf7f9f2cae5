"""JKP: who takes part, and who pays when the employer is behind. Benefit amounts are not known here."""

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
