"""What a migrant worker's cover gives on a day, in words, by the phase it is of: before, during, or after the work."""

from __future__ import annotations

import datetime as dt

from teduh.law import migrant_periods, rulebook
from teduh.law.messages import Message, Note, RulebookError
from teduh.law.placements import RETURN_MONTH
from teduh.law.spans import Span
from teduh.law.standing import Standing

PARTICIPANT = ("Permenaker 4/2023 Pasal 1 angka 7",)
ALONE = migrant_periods.ARTICLES["before_individual"]
NEVER = Message(
    "Belum dilindungi: peserta adalah yang terdaftar dan sudah membayar iuran.",
    "Not covered yet: a participant is somebody who is registered and has paid.",
)
JKK_FROM_DEPARTURE = Message(
    "Belum: bagi pekerja migran perseorangan, JKK baru berlaku sejak berangkat.",
    "Not yet: for somebody who goes on his own, JKK begins with the departure.",
)
PROTECTED = {
    "alone": Message(
        "Dilindungi JKM saja sampai berangkat; JKK berlaku sejak berangkat.",
        "Protected by JKM only until departure; JKK begins with the departure.",
    ),
    "before": Message("Dilindungi sampai berangkat.", "Protected until departure."),
    "during": Message("Dilindungi selama bekerja di luar negeri.", "Protected while working abroad."),
    "JKK": Message(
        "Dilindungi dalam perjalanan pulang, sampai tiba di rumah.", "Protected on the way home, until arrival there."
    ),
    "JKM": Message("Dilindungi setelah tiba di Indonesia.", "Protected after arrival in Indonesia."),
}
RETURNING = Message(
    "Masa yang dibayar sudah berakhir. Masih dilindungi selama waktu untuk menyiapkan kepulangan.",
    "The paid time has ended. Still protected during the time to prepare the return.",
)
ENDED = {
    "before": Message(
        "Perlindungan sebelum bekerja sudah berakhir.", "The cover before departure has ended."
    ),
    "during": Message(
        "Perlindungan selama bekerja di luar negeri sudah berakhir.", "The cover during work abroad has ended."
    ),
    "JKK": Message(
        "Perlindungan perjalanan pulang sudah berakhir.", "The cover on the way home has ended."
    ),
    "JKM": Message(
        "Perlindungan setelah tiba di Indonesia sudah berakhir.", "The cover after arrival in Indonesia has ended."
    ),
}  # fmt: skip
#: The parameter behind a phase's length, whose doubts are shown with it.
LENGTH = {"alone": "pmi_before_months_individual", "before": "pmi_before_months_implementer", "after": "pmi_after_days"}


def standing(span: Span | None, *, phase: str, on: dt.date) -> Standing:
    """Permenaker 4/2023 Pasal 15 to 17: what this stretch gives on a day.

    `span.paid_until` ends the paid time, `span.grace_until` the month to prepare the return. States: protected,
    returning (still covered), ended, never. `phase` without a span is what is not given yet.
    """
    if span is None or on < span.starts:
        alone = phase == "before"
        return Standing("never", False, JKK_FROM_DEPARTURE if alone else NEVER, ALONE if alone else PARTICIPANT, ())
    alone = phase == "before" and set(ALONE) <= set(span.articles)
    articles = ALONE if alone else span.articles
    word = "alone" if alone else span.programme if phase == "after" else phase
    if on > span.grace_until:
        return Standing("ended", False, ENDED["before" if alone else word], articles, ())
    if on > span.paid_until:
        return Standing("returning", True, RETURNING, articles, (RETURN_MONTH,))
    return Standing("protected", True, PROTECTED[word], articles, _notes("alone" if alone else phase, span.starts))


def _notes(length: str, on: dt.date) -> tuple[Note, ...]:
    """What is not sure of the length of this phase."""
    try:
        note = rulebook.in_force(LENGTH[length], on).note if length in LENGTH else None
    except RulebookError:
        return ()
    return (note,) if note else ()
