"""What a self-employed member is told of his own accord: that his payment has come, and in time before something ends.

Each message has a key of its occasion: a run that was missed or done twice tells everybody once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction

from teduh.core import dates
from teduh.core.text import Text, rupiah
from teduh.coverage import endings
from teduh.coverage.endings import Ending
from teduh.outreach import actions
from teduh.outreach.facts import Telling
from teduh.payments.facts import Outcome
from teduh.security.access import Actor

#: How many days before an end people are told: once early, once on the eve.
EARLY, EVE = 7, 1
AT_ONCE = 10_000

PAID = Text("Iuran diterima: dibayar sampai {until}", "Contribution received: paid until {until}")
PAID_BODY = Text("Terima kasih.{amount} Iuran Anda sekarang dibayar sampai {until}.",
                 "Thank you.{amount} Your contributions are now paid until {until}.")  # fmt: skip
AMOUNT = Text(" Kami menerima {amount}.", " We received {amount}.")
DUE = Text("Bayar iuran paling lambat {end}", "Pay your contribution by {end}")
DUE_BODY = Text(
    "Iuran Anda dibayar sampai {paid}. Bayar bulan berikutnya paling lambat {end} agar tidak menunggak.",
    "Your contributions are paid until {paid}. Pay the next month by {end}, so that nothing falls behind.",
)
GRACE = Text("Perlindungan terhenti setelah {end}: lunasi tunggakan", "Cover stops after {end}: settle your arrears")
GRACE_BODY = Text(
    "Iuran Anda baru dibayar sampai {paid}. Lunasi tunggakan paling lambat {end}; sesudahnya perlindungan kecelakaan "
    "kerja dan kematian terhenti sampai Anda membayar lagi.",
    "Your contributions are paid only until {paid}. Settle the arrears by {end}; after that work-injury and death "
    "cover stop until you pay again.",
)


def booked(*, outcomes: Iterable[Outcome], at: dt.datetime) -> int:
    """Tell everybody whose contributions this money settled until when they are paid now: one statement for all."""
    told: dict[int, Telling] = {}
    for outcome in outcomes:
        for person, until in outcome.protected.items():
            amount = outcome.allocated if len(outcome.protected) == 1 else 0
            told[person] = _paid(person, until, amount, outcome.receipt)
    return actions.write(messages=list(told.values()), at=at)


def _paid(person: int, until: dt.date, amount: int, receipt: int) -> Telling:
    day = dates.day(until)
    received = AMOUNT.with_(amount=rupiah(amount)) if amount else Text("", "")
    return Telling(
        person=person, kind="payment.booked", title=_fill(PAID, until=day), link="/saya/catatan/",
        body=_fill(PAID_BODY, until=day, amount=received), key=f"payment.booked:{receipt}:{person}",
    )  # fmt: skip


def _fill(text: Text, **values: Text) -> Text:
    """Each language with the values in that language."""
    return Text(
        text.id.format(**{k: v.id for k, v in values.items()}), text.en.format(**{k: v.en for k, v in values.items()})
    )


def remind(*, on: dt.date, at: dt.datetime, by: Actor) -> int:
    """Tell everybody before payment falls behind and before cover stops, a week ahead and on the eve; how many were
    told now. Page by page, each in its own transaction: what was told stays told."""
    told, after = 0, 0
    while page := endings.endings(first=on, last=on + dt.timedelta(days=EARLY), after=after, limit=AT_ONCE):
        messages = [message for one in page for message in _reminders(one, on)]
        with transaction.atomic():
            told += actions.tell(messages=messages, by=by, at=at)
        after = page[-1].person
    return told


def _reminders(one: Ending, on: dt.date) -> Iterator[Telling]:
    for kind, end, title, body in (
        ("cover.due", one.due_until, DUE, DUE_BODY),
        ("cover.grace", one.grace_until, GRACE, GRACE_BODY),
    ):
        left = (end - on).days
        if 0 <= left <= EARLY:
            stage = EVE if left <= EVE else EARLY
            day, paid = dates.day(end), dates.day(one.paid_until)
            yield Telling(
                person=one.person, kind=kind, title=_fill(title, end=day), body=_fill(body, end=day, paid=paid),
                link="/saya/bayar/", key=f"{kind}:{one.person}:{end}:{stage}",
            )  # fmt: skip
