"""What a person gets on a day: protected, in grace, lapsed or never covered, and who pays when an employer
is behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from teduh.law import rulebook
from teduh.law.messages import Message, Note
from teduh.law.spans import FAQ, NO_ARREARS, Span


class Standing(NamedTuple):
    """What holds on a day. `immediate`: everything is given at once; `what` says what is given now and what
    later.
    """

    state: str  # protected, grace, lapsed, never
    immediate: bool
    what: Message
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


NEVER = Standing(
    "never",
    False,
    Message(
        "Belum dilindungi: nomor kepesertaan belum dikeluarkan.",
        "Not covered yet: no number has been issued.",
    ),
    ("PP 44/2015 Pasal 11(5)",),
    (),
)
PROTECTED = Message("Dilindungi: seluruh manfaat diberikan.", "Protected: every benefit is given.")
NOT_YET_DUE = Note(
    "not_yet_due",
    "Iuran bulan ini belum jatuh tempo, jadi belum ada tunggakan.",
    "This month's contribution is not due yet, so there are no arrears.",
    ("PP 44/2015 Pasal 24(3)",),
    "gazette",
)
GRACE: dict[str, tuple[Message, tuple[str, ...]]] = {
    "JKK": (
        Message(
            "Menunggak paling lama 3 bulan: perawatan medis sekarang; santunan uang setelah dinyatakan "
            "sembuh dan "
            "tunggakan dilunasi.",
            "Behind by 3 months at most: medical care now; cash after recovery is certified and the "
            "arrears are settled.",
        ),
        ("PP 44/2015 Pasal 39(1)a", "PP 44/2015 Pasal 39(1)b"),
    ),
    "JKM": (
        Message(
            "Menunggak paling lama 3 bulan: biaya pemakaman sekarang; santunan sekaligus, santunan "
            "berkala, dan beasiswa "
            "setelah ahli waris melunasi tunggakan.",
            "Behind by 3 months at most: funeral money now; lump sum, periodic sum and scholarship after "
            "the heirs settle "
            "the arrears.",
        ),
        ("PP 44/2015 Pasal 42(1)a", "PP 44/2015 Pasal 42(1)b"),
    ),
}
LAPSED: dict[str, tuple[Message, tuple[str, ...]]] = {
    "JKK": (
        Message(
            "Menunggak lebih dari 3 bulan: tidak ada hak atas JKK. Bayar lagi untuk mulai dilindungi.",
            "Behind by more than 3 months: no right to JKK. Pay again to start cover.",
        ),
        ("PP 44/2015 Pasal 39(2)",),
    ),
    "JKM": (
        Message(
            "Menunggak lebih dari 3 bulan: ahli waris tidak berhak atas JKM. Bayar lagi untuk mulai dilindungi.",
            "Behind by more than 3 months: the heirs have no right to JKM. Pay again to start cover.",
        ),
        ("PP 44/2015 Pasal 42(2)",),
    ),
}
ACCOUNT = Standing(
    "protected",
    True,
    Message("Saldo JHT tetap milik peserta, dibayar atau tidak.", "The JHT balance stays the participant's own."),
    ("PP 46/2015 Pasal 22(2)",),
    (),
)


def standing(span: Span | None, on: dt.date) -> Standing:
    """PP 44/2015 Pasal 39 and 42: what a self-employed person's cover gives on a day."""
    if span is None or on < span.starts:
        return NEVER
    if span.programme == "JHT":
        return ACCOUNT
    if on <= max(span.paid_until, span.due_until):
        article = "PP 44/2015 Pasal 25(1)" if span.programme == "JKK" else "PP 44/2015 Pasal 34(1)"
        return Standing("protected", True, PROTECTED, (article,), (NOT_YET_DUE,) if on > span.paid_until else ())
    state, table = ("grace", GRACE) if on <= span.grace_until else ("lapsed", LAPSED)
    what, articles = table[span.programme]
    return Standing(state, False, what, articles, (FAQ,) if state == "grace" else (NO_ARREARS, FAQ))


def span_on(spans: Sequence[Span], on: dt.date) -> Span | None:
    """The span that decides on a day: the last that has begun by then."""
    return next((span for span in reversed(spans) if span.starts <= on), None)


class Arrears(NamedTuple):
    """What arrears of a number of months do: who pays, what now, what after settling."""

    entitled: bool
    payer: str  # agency, employer, nobody
    now: tuple[str, ...]
    after_settlement: tuple[str, ...]
    refundable_after_settlement: bool
    what: Message
    articles: tuple[str, ...]


ITEMS = {"JKK": (("medical",), ("cash",)), "JKM": (("funeral",), ("lump_sum", "periodic", "scholarship"))}


def self_employed_arrears(*, programme: str, months: int, settled: bool, on: dt.date) -> Arrears:
    """PP 44/2015 Pasal 39 and 42: medical care or the funeral now, the rest once settled; nothing above 3
    months.
    """
    at_once, later = ITEMS[programme]
    if months > rulebook.in_force("arrears_months", on).value:
        what, articles = LAPSED[programme]
        return Arrears(False, "nobody", (), (), False, what, articles)
    if months == 0 or settled:
        return Arrears(True, "agency", at_once + later, (), False, PROTECTED, GRACE[programme][1])
    what, settled_by = GRACE[programme]
    return Arrears(True, "agency", at_once, later, False, what, settled_by)


def wage_earner_arrears(*, programme: str, months: int, on: dt.date) -> Arrears:
    """PP 44/2015 Pasal 38 and 41: up to 3 months the agency pays; above, the employer first, refunded once
    settled.
    """
    article = "PP 44/2015 Pasal " + {"JKK": "38", "JKM": "41"}[programme]
    items = ITEMS[programme][0] + ITEMS[programme][1]
    if months <= rulebook.in_force("arrears_months", on).value:
        what = Message("BPJS Ketenagakerjaan wajib membayar manfaat.", "The agency must pay the benefit.")
        return Arrears(True, "agency", items, (), False, what, (article + "(1)",))
    what = Message(
        "Pemberi kerja membayar lebih dulu dan dapat meminta penggantian setelah tunggakan dan denda lunas.",
        "The employer pays first and may ask for a refund once arrears and penalties are settled.",
    )
    return Arrears(True, "employer", items, (), True, what, (article + "(2)", article + "(3)"))


class Membership(NamedTuple):
    """How the agency's register and the regulation call the same arrears of a self-employed person."""

    register: str  # active, inactive
    entitlement: str  # protected, grace, lapsed
    penalty: int
    arrears_charged_on_return: int  # months
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


def membership(*, unpaid_months: int, on: dt.date) -> Membership:
    """The agency's answers call 3 unpaid months inactive; the regulation keeps grace at 3, not above."""
    inactive = rulebook.in_force("bpu_inactive_months", on)
    most = rulebook.in_force("arrears_months", on).value
    entitlement = "protected" if unpaid_months == 0 else "grace" if unpaid_months <= most else "lapsed"
    register = "inactive" if unpaid_months >= inactive.value else "active"
    charged = 0 if register == "inactive" else unpaid_months
    articles = ("PP 44/2015 Pasal 39", "PP 44/2015 Pasal 42", inactive.citation)
    return Membership(register, entitlement, 0, charged, articles, (FAQ,) if unpaid_months >= most else ())
