"""When a contribution is due. Holidays come from the caller; refuses a segment whose due date no text held
gives.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from teduh.law import rulebook
from teduh.law.messages import Message, Note, RulebookError
from teduh.law.months import Month, working_day_from

JP_HOLIDAY = Note(
    "jp_no_holiday_rule",
    "PP 45/2015 tidak mengatur hari libur untuk JP: tanggal tidak bergeser.",
    "PP 45/2015 has no holiday rule for JP: the date does not move.",
    ("PP 45/2015 Pasal 30(3)",),
    "gazette",
)
BPU_JHT = Note(
    "bpu_jht_next_month",
    "JHT BPU jatuh tempo bulan berikutnya (PP 46/2015), JKK/JKM bulan yang sama (PP 44/2015); praktik "
    "BPJS belum "
    "dikonfirmasi.",
    "JHT of the self-employed is due in the following month (PP 46/2015), JKK and JKM in the same one (PP "
    "44/2015); "
    "the agency's practice is not confirmed.",
    ("PP 46/2015 Pasal 21(3)", "PP 44/2015 Pasal 24(3)"),
    "unconfirmed",
)
SATURDAY = Note(
    "saturday",
    "Naskah tidak menyebut hari Sabtu; di sini Sabtu bukan hari kerja.",
    "The texts do not name Saturday; here it is not a working day.",
    ("PP 44/2015 Pasal 21(3), 24(4)",),
    "unconfirmed",
)
PANDEMIC = Note(
    "pp_49_2020_due",
    "PP 49/2020 memindahkan jatuh tempo ke tanggal 30 bulan berikutnya; Februari berakhir tanggal 28.",
    "PP 49/2020 moved the due date to the 30th of the following month; February ends on the 28th.",
    ("PP 49/2020",),
    "official",
)


class DueDate(NamedTuple):
    """The last day to pay: `nominal` as the article names it, `date` after holidays."""

    date: dt.date
    nominal: dt.date
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


# segment, programme -> months after the contribution month, articles, moves on holidays
RULES: dict[tuple[str, str], tuple[int, tuple[str, ...], bool]] = {
    ("self_employed", "JKK"): (0, ("PP 44/2015 Pasal 24(3)", "PP 44/2015 Pasal 24(4)"), True),
    ("self_employed", "JKM"): (0, ("PP 44/2015 Pasal 24(3)", "PP 44/2015 Pasal 24(4)"), True),
    ("self_employed", "JHT"): (1, ("PP 46/2015 Pasal 21(3)", "PP 46/2015 Pasal 21(4)"), True),
    ("wage_earner", "JKK"): (1, ("PP 44/2015 Pasal 21(2)", "PP 44/2015 Pasal 21(3)"), True),
    ("wage_earner", "JKM"): (1, ("PP 44/2015 Pasal 21(2)", "PP 44/2015 Pasal 21(3)"), True),
    ("wage_earner", "JHT"): (1, ("PP 46/2015 Pasal 19(2)", "PP 46/2015 Pasal 19(3)"), True),
    ("wage_earner", "JP"): (1, ("PP 45/2015 Pasal 30(3)",), False),
    ("wage_earner", "JKP"): (
        1,
        ("PP 37/2021 Pasal 11(5)", "PP 44/2015 Pasal 21(2)"),
        True,
    ),  # inside JKK and JKM
}
BLIND = {
    "construction": Message(
        "PP 44/2015 Pasal 56(2) menyerahkan cara pembayaran kepada Peraturan Menteri yang belum dibaca.",
        "PP 44/2015 Pasal 56(2) leaves payment to a ministerial regulation that was not read.",
    ),
    "migrant": Message(
        "Iuran dibayar di muka: tahap pertama saat mendaftar, sisanya sebelum berangkat (Permenaker 4/2023 Pasal 18).",
        "It is paid in advance: first at registration, the rest before departure (Permenaker 4/2023 Pasal 18).",
    ),
}


def due_date(programme: str, segment: str, month: Month, *, holidays: frozenset[dt.date]) -> DueDate:
    """The 15th: of the same month for JKK and JKM of the self-employed, else of the next; a holiday moves it
    on.
    """
    if segment in BLIND:
        raise RulebookError(
            "no_due_date",
            what=Message(f"Jatuh tempo bulanan {segment} tidak ada.", f"There is no monthly due date for {segment}."),
            why=BLIND[segment],
            next=Message("Gunakan tanggal dalam tagihan.", "Use the date on the bill."),
        )
    if (segment, programme) not in RULES:
        raise ValueError(f"{segment} has no programme {programme}")
    later, articles, moves = RULES[segment, programme]
    day = rulebook.in_force("due_day", month)
    notes: tuple[Note, ...] = (BPU_JHT,) if (segment, programme) == ("self_employed", "JHT") else ()
    if day.citation == "PP 49/2020":
        later, articles, notes = 1, ("PP 49/2020", *articles), (*notes, PANDEMIC)
    nominal = month.plus(later).day(day.value)
    if not moves:
        return DueDate(nominal, nominal, articles, (*notes, JP_HOLIDAY))
    date = working_day_from(nominal, holidays)
    return DueDate(date, nominal, articles, (*notes, SATURDAY) if nominal.weekday() == 5 else notes)
