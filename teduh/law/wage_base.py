"""What a check of a wage return says about a wage: below the minimum, above a ceiling, allowances that do not count.

Warns and explains, changes no amount. The regional minimum wage comes from the caller.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from teduh.law import rulebook
from teduh.law.messages import Message, Note, RulebookError
from teduh.law.months import Month

MOST_ORDINARY_DAILY = 2_000_000  # a daily wage above it is likely a monthly one; a decision of ours


class Limits(NamedTuple):
    """The figures of one month, looked up once for all rows of a return."""

    daily_days: int
    jp_ceiling: int
    jp_announced: bool
    jkp_ceiling: int  # 0 before JKP


class Remark(NamedTuple):
    """One thing worth saying about a wage; `level` is stop (cannot be), warn (check it) or note (how it counts)."""

    code: str
    level: str
    what: Message
    articles: tuple[str, ...]
    status: str
    amount: int  # the figure it is about, in rupiah


@functools.lru_cache(maxsize=512)
def limits(month: Month) -> Limits:
    """The limits in force in a month; JP's ceiling may be last year's where the new one is not announced."""
    jp = rulebook.in_force("jp_ceiling", month)
    try:
        jkp = int(rulebook.in_force("jkp_ceiling", month).value)
    except RulebookError:
        jkp = 0
    announced = jp.until is not None or month.minus(Month.of(jp.since)) < 12
    days = rulebook.in_force("daily_wage_days", month)
    return Limits(int(days.value), int(jp.value), announced, jkp)


def _rp(amount: int, lang: str) -> str:
    return f"Rp{amount:,}".replace(",", "." if lang == "id" else ",")


def below_minimum(base: int, minimum: int) -> Remark:
    """A wage below the regional minimum wage: reported wages must be those that workers receive."""
    return Remark(
        "below_minimum", "warn",
        Message(f"Upah sebulan {_rp(base, 'id')} di bawah upah minimum {_rp(minimum, 'id')}: periksa, atau jelaskan.",
                f"A month's wage of {_rp(base, 'en')} is below the minimum wage of {_rp(minimum, 'en')}: check it, or "
                f"explain it."),
        ("PP 86/2013 Pasal 3(2)b", "PP 44/2015 Pasal 32(2)"), "gazette", minimum,
    )  # fmt: skip


def no_wage() -> Remark:
    """A wage of nothing is no basis of a contribution."""
    return Remark("no_wage", "stop", Message("Upah kosong atau nol.", "No wage, or zero."),
                   ("PP 44/2015 Pasal 19(1)",), "gazette", 0)  # fmt: skip


def daily(base: int, wage: int, found: Limits) -> tuple[Remark, ...]:
    """PP 44/2015 Pasal 19(3): a daily wage counts times 25; one that looks like a month's wage is pointed out."""
    counts = Remark(
        "daily_times_25", "note",
        Message(f"Upah harian {_rp(wage, 'id')} dikalikan {found.daily_days}: {_rp(base, 'id')} sebulan.",
                f"A daily wage of {_rp(wage, 'en')} times {found.daily_days}: {_rp(base, 'en')} a month."),
        ("PP 44/2015 Pasal 19(3)", "PP 46/2015 Pasal 17(3)"), "gazette", base,
    )  # fmt: skip
    if wage <= MOST_ORDINARY_DAILY:
        return (counts,)
    large = Remark(
        "daily_looks_monthly", "warn",
        Message(f"{_rp(wage, 'id')} sehari tampak seperti upah sebulan.",
                f"{_rp(wage, 'en')} a day looks like a month's wage."),
        ("PP 44/2015 Pasal 19(3)",), "unconfirmed", wage,
    )  # fmt: skip
    return counts, large


def above_jp(ceiling: int) -> Remark:
    """PP 45/2015 Pasal 29: JP counts a wage up to the ceiling."""
    return Remark(
        "above_jp_ceiling", "note",
        Message(f"JP dihitung dari {_rp(ceiling, 'id')}, batas atas upah JP.",
                f"JP is reckoned from {_rp(ceiling, 'en')}, the highest wage that counts."),
        ("PP 45/2015 Pasal 29(2)", "PP 45/2015 Pasal 29(3)"), "official", ceiling,
    )  # fmt: skip


def jp_old(ceiling: int) -> Remark:
    """The ceiling of this year is not announced yet."""
    return Remark(
        "jp_ceiling_not_announced", "warn",
        Message(f"Batas atas upah JP bulan ini belum diumumkan; dipakai {_rp(ceiling, 'id')}.",
                f"JP's ceiling for this month is not announced yet; {_rp(ceiling, 'en')} is used."),
        ("PP 45/2015 Pasal 29(4)",), "unconfirmed", ceiling,
    )  # fmt: skip


def above_jkp(ceiling: int) -> Remark:
    """PP 37/2021 Pasal 11(6)-(8): JKP counts a wage up to its ceiling."""
    return Remark(
        "above_jkp_ceiling", "note",
        Message(f"JKP dihitung dari {_rp(ceiling, 'id')}, batas atas upah JKP; tagihan pemberi kerja tidak berubah.",
                f"JKP is reckoned from {_rp(ceiling, 'en')}, the highest wage that counts; the bill stays the same."),
        ("PP 37/2021 Pasal 11(7)", "PP 37/2021 Pasal 11(8)"), "gazette", ceiling,
    )  # fmt: skip


def variable(amount: int) -> Remark:
    """PP 44/2015 Pasal 19(2): the wage is the basic wage and fixed allowances; what varies does not count."""
    return Remark(
        "variable_not_counted", "note",
        Message(f"Tunjangan tidak tetap {_rp(amount, 'id')} tidak dihitung: upah ialah upah pokok dan tunjangan tetap.",
                f"Allowances that are not fixed, {_rp(amount, 'en')}, do not count: the wage is the basic wage and "
                f"fixed allowances."),
        ("PP 44/2015 Pasal 19(2)", "PP 46/2015 Pasal 17(2)", "PP 45/2015 Pasal 29(1)"), "gazette", amount,
    )  # fmt: skip


def variable_only(amount: int) -> Remark:
    """A wage without basic wage and fixed allowances: no text says what counts, except for JKP."""
    return Remark(
        "variable_only", "stop",
        Message(f"Hanya ada tunjangan tidak tetap {_rp(amount, 'id')}, tanpa upah pokok: isi upah pokoknya. Untuk upah "
                f"borongan pakai rata-rata 3 atau 12 bulan.",
                f"Only allowances that vary, {_rp(amount, 'en')}, and no basic wage: give the basic wage. Piece work "
                f"takes the average of 3 or 12 months."),
        ("PP 44/2015 Pasal 19(2)", "PP 44/2015 Pasal 19(4)", "PP 37/2021 Pasal 13(3)"), "gazette", amount,
    )  # fmt: skip


JKP_BASIC_ONLY = Note(
    "jkp_basic_only",
    "Bila upah terdiri atas upah pokok dan tunjangan tidak tetap, JKP dihitung dari upah pokok.",
    "Where a wage is the basic wage and allowances that vary, JKP is reckoned from the basic wage.",
    ("PP 37/2021 Pasal 13(3)",),
    "gazette",
)


def counted(*, basic: int, fixed: int = 0) -> int:
    """PP 44/2015 Pasal 19(2): what counts as the wage of a month that is paid by the month."""
    return basic + fixed


def check(
    *,
    wage: int,
    month: Month,
    wage_type: str = "monthly",
    minimum: int | None = None,
    variable_allowances: int = 0,
    programmes: tuple[str, ...] = ("JKK", "JKM", "JHT", "JP"),
    jkp_participant: bool = False,
) -> tuple[Remark, ...]:
    """All that is worth saying about one wage. `wage` is what counts (basic and fixed allowances), or a daily wage.

    Piece work comes as its average (`monthly_wage`). `minimum` is the region's minimum wage of the month, None where
    it is not known: then nothing is said about it.
    """
    found, said = limits(month), []
    base = wage * found.daily_days if wage_type == "daily" else wage
    if base <= 0:
        return (variable_only(variable_allowances),) if variable_allowances > 0 else (no_wage(),)
    if variable_allowances > 0:
        said.append(variable(variable_allowances))
    if wage_type == "daily":
        said.extend(daily(base, wage, found))
    if minimum is not None and base < minimum:
        said.append(below_minimum(base, minimum))
    if "JP" in programmes and base > found.jp_ceiling:
        said.append(above_jp(found.jp_ceiling))
        if not found.jp_announced:
            said.append(jp_old(found.jp_ceiling))
    if jkp_participant and 0 < found.jkp_ceiling < base:
        said.append(above_jkp(found.jkp_ceiling))
    return tuple(said)
