"""A wage earner's cover in one employment: months paid in, span out. Knows payments and days, not persons.

An employer's debt never ends a worker's cover. It only changes who pays the benefit first: after more than three months
in a row the employer. So the span has no lapse; it ends with the employment. All dates are inclusive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from teduh.law import due, rulebook
from teduh.law.messages import Message, Note
from teduh.law.months import Month, working_day_from
from teduh.law.spans import Paid, Span, account, unpaid
from teduh.law.standing import Standing

ENTITLED = Note(
    "employers_debt",
    "Tunggakan pemberi kerja tidak menghilangkan hak pekerja; yang berubah hanya siapa yang membayar lebih dulu.",
    "An employer's arrears never take the worker's right; they only change who pays first.",
    ("PP 44/2015 Pasal 38", "PP 44/2015 Pasal 41"),
    "gazette",
)
START = Note(
    "cover_starts",
    "Perlindungan mulai saat nomor kepesertaan dikeluarkan, paling lama 1 hari kerja setelah pendaftaran dan iuran "
    "pertama; dipakai hari iuran pertama dibayar.",
    "Cover starts when the number is issued, at the latest 1 working day after registration and first payment; the day "
    "of the first payment is used.",
    ("PP 44/2015 Pasal 6(2)", "PP 44/2015 Pasal 6(3)"),
    "gazette",
)
NOT_YET_DUE = Note(
    "not_yet_due",
    "Iuran bulan ini belum jatuh tempo, jadi belum ada tunggakan.",
    "This month's contribution is not due yet, so there are no arrears.",
    ("PP 44/2015 Pasal 21(2)",),
    "gazette",
)
JHT_ACCOUNT = Note(
    "jht_account",
    "JHT adalah tabungan: yang dihitung ialah iuran yang telah disetor, bukan hari perlindungan.",
    "JHT is an account: what counts is the contributions paid in, not days of cover.",
    ("PP 46/2015 Pasal 22(2)",),
    "gazette",
)
JP_ACCOUNT = Note(
    "jp_account",
    "JP menghitung bulan iuran yang dilunasi (masa iur), juga dari beberapa pemberi kerja; tiap bulan sekali.",
    "JP counts the months paid (masa iur); months of several employers add up, each month once.",
    ("PP 45/2015 Pasal 1(12)", "PP 45/2015 Pasal 11(2)"),
    "gazette",
)
JP_SILENT = Note(
    "jp_arrears_silent",
    "PP 45/2015 tidak mengatur manfaat saat pemberi kerja menunggak; tunggakan dapat menurunkan kepadatan iuran 80%.",
    "PP 45/2015 does not say what arrears do to a benefit; they may lower the payment density of 80 %.",
    ("PP 45/2015 Pasal 20(3)a", "PP 45/2015 Pasal 31"),
    "unconfirmed",
)
ARTICLES = {
    "JKK": ("PP 44/2015 Pasal 6(3)", "PP 44/2015 Pasal 38(1)", "PP 44/2015 Pasal 38(2)"),
    "JKM": ("PP 44/2015 Pasal 6(3)", "PP 44/2015 Pasal 41(1)", "PP 44/2015 Pasal 41(2)"),
    "JHT": ("PP 46/2015 Pasal 7(3)", "PP 46/2015 Pasal 22(2)"),
    "JP": ("PP 45/2015 Pasal 3(1)", "PP 45/2015 Pasal 1(12)"),
}
ACCOUNTS = {"JHT": JHT_ACCOUNT, "JP": JP_ACCOUNT}


def _due(serial: int, holidays: frozenset[dt.date]) -> dt.date:
    """Due date of JKK and JKM for the month with this serial, as `due.due_date` gives it, without its reasons."""
    month = Month.numbered(serial)
    if not 24247 <= serial <= 24252:  # August 2020 to January 2021: PP 49/2020 moved it
        return working_day_from(month.plus(1).day(15), holidays)
    return due.due_date("JKK", "wage_earner", month, holidays=holidays).date


def wage_earner(
    *,
    programme: str,
    starts: dt.date | None,
    ends: dt.date | None,
    paid: Sequence[Paid],
    holidays: frozenset[dt.date],
) -> tuple[Span, ...]:
    """PP 44/2015 Pasal 6, 38 and 41: the cover of one employment, from its first day to the last day of work.

    `starts` is the day cover starts (`cover_starts`; None if it never did), `ends` the last day of employment.
    `due_until` is the due date of the first unpaid month; `grace_until` the last day on which the employer is at most
    three months in a row behind. After it the employer pays first, and the worker stays entitled. No date lies after
    `ends`. JHT and JP are accounts of months paid, whenever they were paid.
    """
    if starts is None:
        return ()
    if programme in ACCOUNTS:
        return account(programme, starts, paid, ARTICLES[programme], ACCOUNTS[programme])
    if ends is not None and ends < starts:
        return ()
    months = {one.month.serial for one in paid}
    end = min(months) - 1 if months else Month.of(starts).serial - 1
    while end + 1 in months:
        end += 1
    most = int(rulebook.in_force("arrears_months", starts).value)
    grace = max(_due(unpaid(months, end, most + 1), holidays), starts)
    until = Month.numbered(end).last, _due(end + 1, holidays), grace
    paid_until, due_until, grace_until = (day if ends is None else min(day, ends) for day in until)
    return (Span(programme, starts, paid_until, grace_until, ARTICLES[programme], (START, ENTITLED), due_until),)


NEVER = Standing(
    "never",
    False,
    Message(
        "Belum dilindungi: belum didaftarkan atau iuran pertama belum dibayar. Bila terjadi risiko, pemberi kerja "
        "wajib membayar hak pekerja.",
        "Not covered yet: not registered, or the first contribution is not paid. If something happens, the employer "
        "must pay what the worker is entitled to.",
    ),
    ("PP 44/2015 Pasal 6(3)", "PP 44/2015 Pasal 27(1)", "PP 44/2015 Pasal 35(1)"),
    (),
)
PROTECTED = Message(
    "Dilindungi selama bekerja: seluruh manfaat diberikan.", "Protected while employed: every benefit is given."
)
OWES = Message(
    "Dilindungi. Pemberi kerja menunggak paling lama 3 bulan; BPJS Ketenagakerjaan tetap wajib membayar manfaatnya.",
    "Protected. The employer is behind by 3 months at most; the agency must still pay every benefit.",
)
PAYS_FIRST = Message(
    "Hak pekerja tetap ada. Pemberi kerja menunggak lebih dari 3 bulan, jadi ia wajib membayar manfaat lebih dulu; "
    "penggantian dimintanya setelah tunggakan dan denda lunas.",
    "The worker stays entitled. The employer is behind by more than 3 months and must pay the benefit first; he is "
    "refunded once arrears and penalties are settled.",
)
ENDED = Message(
    "Hubungan kerja berakhir, perlindungan dari pekerjaan ini berakhir bersamanya.",
    "The employment has ended, and the cover it gave has ended with it.",
)
DISEASE = Note(
    "disease_after_work",
    "Penyakit akibat kerja yang timbul paling lama 3 tahun setelah hubungan kerja berakhir tetap dijamin JKK.",
    "An occupational disease that arises within 3 years after the employment is still covered by JKK.",
    ("PP 44/2015 Pasal 48(2)",),
    "gazette",
)
KEPT: dict[str, Standing] = {
    "JHT": Standing(
        "protected",
        True,
        Message(
            "Saldo JHT milik peserta sendiri, selama bekerja dan sesudahnya; iuran yang belum disetor tetap utang "
            "pemberi kerja.",
            "The JHT balance is the participant's own, in work and after; what was not paid in stays the employer's "
            "debt.",
        ),
        ("PP 46/2015 Pasal 22(2)",),
        (),
    ),
    "JP": Standing(
        "protected",
        True,
        Message(
            "Bulan iuran JP yang dilunasi tetap dihitung dan dapat dilanjutkan pada pemberi kerja berikutnya.",
            "The months of JP that were paid stay counted and can be continued with the next employer.",
        ),
        ("PP 45/2015 Pasal 3(4)", "PP 45/2015 Pasal 11(2)"),
        (JP_SILENT,),
    ),
}


def employed_standing(span: Span | None, *, on: dt.date, ends: dt.date | None) -> Standing:
    """PP 44/2015 Pasal 38 and 41: what an employment's cover gives on a day; an employer's debt never makes it lapse.

    States: protected, employer_owes (the agency pays), employer_pays_first (still entitled), ended, never.
    """
    if span is None or on < span.starts:
        return NEVER
    if span.programme in KEPT:
        return KEPT[span.programme]
    article = {"JKK": "PP 44/2015 Pasal 38", "JKM": "PP 44/2015 Pasal 41"}[span.programme]
    if ends is not None and on > ends:
        jkk = span.programme == "JKK"
        return Standing("ended", False, ENDED, ("PP 44/2015 Pasal 48(2)" if jkk else "PP 44/2015 Pasal 34(1)",),
                        (DISEASE,) if jkk else ())  # fmt: skip
    if on <= max(span.paid_until, span.due_until):
        right = "PP 44/2015 Pasal 25(1)" if span.programme == "JKK" else "PP 44/2015 Pasal 34(1)"
        return Standing("protected", True, PROTECTED, (right,), (NOT_YET_DUE,) if on > span.paid_until else ())
    if on <= span.grace_until:
        return Standing("employer_owes", True, OWES, (article + "(1)",), (ENTITLED,))
    return Standing("employer_pays_first", False, PAYS_FIRST, (article + "(2)", article + "(3)"), (ENTITLED,))


class JpMonths(NamedTuple):
    """Months of JP that count, and what is missing to a monthly pension at pension age."""

    months: int
    needed: int
    enough: bool
    missing: int
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


def jp_months(paid: Iterable[Month], *, on: dt.date) -> JpMonths:
    """PP 45/2015 Pasal 1(12), 19(1) and 24: the months paid, each once; 180 give a monthly pension, fewer the sum.

    A month counts up to the one that `on` lies in: what is paid in advance counts when its month has come.
    """
    rule = rulebook.in_force("jp_pension_months", on)
    first = Month.of(rulebook.LAW_START)
    months = len({month for month in paid if first <= month <= Month.of(on)})
    needed = int(rule.value)
    articles = ("PP 45/2015 Pasal 1(12)", rule.citation if months >= needed else "PP 45/2015 Pasal 24(1)")
    return JpMonths(months, needed, months >= needed, max(0, needed - months), articles, (JP_ACCOUNT,))
