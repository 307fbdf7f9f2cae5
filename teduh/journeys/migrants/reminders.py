"""What a migrant and the relatives who may pay or extend for him are told of their own accord: that money has come and
until when he is protected, and in time before something ends; counted in days where he lives.

Each message has a key of its occasion: a run that was missed or done twice tells everybody once. It is written in the
hour in which his day begins and rings when his quiet hours are over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from teduh.core import dates, sql
from teduh.core.text import Text, rupiah
from teduh.journeys.migrants import occasions
from teduh.journeys.migrants import reminder_words as words
from teduh.journeys.migrants.occasions import Occasion
from teduh.journeys.migrants.reminder_words import Who
from teduh.migrants import families
from teduh.migrants.families import Reached
from teduh.outreach import actions, owning
from teduh.outreach.facts import Telling
from teduh.security.access import SYSTEM, Actor

AT_ONCE = 5_000
#: Whoever may do one of these things for him is told as well.
HELPING = ("pay", "extend")
AT_HOME = "Asia/Jakarta"

PAID = Text("Iuran PMI {who} diterima: terlindungi sampai {day}", "{whose} fee has come: protected until {day}")
PAID_AHEAD = Text(
    "Iuran PMI {who} diterima: menjamin sejak berangkat", "{whose} fee has come: it covers from departure"
)
SAVED = Text("Setoran JHT {who} diterima", "{whose} JHT savings have come")
RECEIVED = Text("Terima kasih. Kami menerima {amount}.", "Thank you. We received {amount}.")
SPACE, NOTHING = Text(" ", " "), Text("", "")
PAID_BEFORE = Text(
    "Perlindungan sebelum berangkat berlaku sampai {day} atau sampai berangkat, mana yang lebih dahulu. Iuran selama "
    "bekerja dibayar sebelum berangkat.",
    "Cover before departure lasts until {day} or until departure, whichever comes first. The fee for the time of work "
    "is paid before departure.",
)
PAID_WAITING = Text("Sebelum berangkat: terlindungi sampai {before}. ", "Before departure: protected until {before}. ")
PAID_LATER = Text(
    "Sejak berangkat: terlindungi sampai {day}. Beri tahu kami tanggal berangkatnya.",
    "From departure on: protected until {day}. Tell us the day of departure.",
)
PAID_DURING = Text(
    "Perlindungan selama bekerja berlaku sampai {day}, dan sampai {until} untuk menyiapkan kepulangan.",
    "Cover of the time of work lasts until {day}, and until {until} to prepare the return.",
)

#: What a bill's money settled, placement by placement, with what it is covered by now.
SETTLED = """
SELECT u.placement, s.id, u.amount, u.stages, u.until, u.last, u.settled_on, c.before_until, c.paid_until, c.grace_until
FROM (
    SELECT d.placement_id AS placement, max(d.person_id) AS person, sum(d.amount)::bigint AS amount,
        array_agg(DISTINCT d.stage) AS stages, max(d.until) FILTER (WHERE d.stage IN ('during', 'extension')) AS until,
        max(d.id) AS last, max(d.settled_on) AS settled_on
    FROM contributions_placementdue d
    WHERE d.bill_id = %(bill)s AND d.settled_on IS NOT NULL AND d.placement_id > %(after)s GROUP BY 1
) u JOIN registry_person p ON p.id = u.person JOIN registry_person s ON s.id = coalesce(p.merged_into_id, p.id)
CROSS JOIN LATERAL (
    SELECT max(x.paid_until) FILTER (WHERE x.phase = 'before') AS before_until,
        max(x.paid_until) FILTER (WHERE x.phase = 'during') AS paid_until,
        max(x.grace_until) FILTER (WHERE x.phase = 'during') AS grace_until
    FROM coverage_span x WHERE x.placement_id = u.placement) c
ORDER BY u.placement LIMIT %(limit)s
"""


class _Settled(NamedTuple):
    placement: int
    person: int
    amount: int
    stages: Sequence[str]
    until: dt.date | None
    last: int
    settled_on: dt.date
    before_until: dt.date | None
    paid_until: dt.date | None
    grace_until: dt.date | None


def remind(*, on: dt.date, at: dt.datetime, limit: int = AT_ONCE, by: Actor = SYSTEM) -> int:
    """Tell whoever it is time to tell, his relatives who may pay or extend included; how many messages were new.

    Page by page, each in its own transaction and a constant number of statements: what was told stays told.
    """
    told = 0
    for kind in occasions.STATEMENTS:
        for page in occasions.pages(kind=kind, on=on, at=at, limit=limit):
            with transaction.atomic():
                # His wishes come first, so that quiet hours are his own when the message is laid out.
                owning.live_in(zones=_abroad(page), only_new=True)
                told += actions.tell(messages=list(_reminders(page, on)), by=by, at=at)
    return told


def _abroad(page: Sequence[Occasion]) -> dict[int, str]:
    """Who has said no wishes and is elsewhere; at home nothing needs to be written down."""
    return {one.person: one.zone for one in page if not one.has_wishes and one.zone != AT_HOME}


def _reminders(page: Sequence[Occasion], on: dt.date) -> Iterator[Telling]:
    helping = _helping([one.person for one in page])
    for one in page:
        title, body = words.said(one, who=Who(), on=on)
        link = words.LINKS[one.kind]
        yield Telling(person=one.person, kind=one.kind, title=title, body=body, link=link, key=one.key)
        for relative in helping.get(one.person, ()):
            title, body = words.said(one, who=Who(relative.short_name), on=on)
            yield _to(relative, one.kind, title, body, one.key)


def _to(relative: Reached, kind: str, title: Text, body: Text, key: str) -> Telling:
    return Telling(person=relative.member, phone=relative.phone, kind=kind, title=title, body=body,
                   link=words.LINK_FAMILY, key=f"{key}:r{relative.relative}")  # fmt: skip


def _helping(persons: Sequence[int]) -> dict[int, list[Reached]]:
    found: dict[int, list[Reached]] = {}
    for one in families.reached(persons=persons, may=HELPING):
        found.setdefault(one.person, []).append(one)
    return found


def paid(*, bill: int, at: dt.datetime, by: Actor = SYSTEM) -> int:
    """Tell everybody for whom this bill's money settled something until when he is protected, and the relatives who may
    pay or extend for him; how many messages were new."""
    told, after = 0, 0
    while page := [_Settled(*row) for row in sql.rows(SETTLED, {"bill": bill, "after": after, "limit": AT_ONCE})]:
        helping = _helping([one.person for one in page])
        messages = [_paid(one, Who(), None) for one in page]
        messages += [
            _paid(one, Who(relative.short_name), relative)
            for one in page for relative in helping.get(one.person, ())
        ]  # fmt: skip
        with transaction.atomic():
            told += actions.tell(messages=messages, by=by, at=at)
        after = page[-1].placement
    return told


def _paid(one: _Settled, who: Who, relative: Reached | None) -> Telling:
    amount = rupiah(one.amount)
    values: dict[str, Any] = {"who": who.who, "whose": who.whose, "amount": Text(amount, amount)}
    title, body = _templates(one, values)
    title = words.capital(words.fill(title, **values))
    body = words.join(words.fill(RECEIVED, **values), words.fill(body, **values))
    key = f"pmi.paid:{one.placement}:{one.last}:{one.settled_on}"
    if relative is not None:
        return _to(relative, "pmi.paid", title, body, key)
    return Telling(person=one.person, kind="pmi.paid", title=title, body=body, link="/saya/migran/", key=key)


def _templates(one: _Settled, values: dict[str, Any]) -> tuple[Text, Text]:
    """`until` of a fee is what it was reckoned for; before departure nothing of it is cover yet."""
    if one.until is not None and one.paid_until is not None:
        values |= {"day": dates.day(one.paid_until), "until": dates.day(one.grace_until or one.paid_until)}
        return PAID, words.join(SPACE, PAID_DURING)
    if one.until is not None:
        values["day"] = dates.day(one.until)
        if one.before_until is None:
            return PAID_AHEAD, words.join(SPACE, PAID_LATER)
        values["before"] = dates.day(one.before_until)
        return PAID_AHEAD, words.join(SPACE, PAID_WAITING, PAID_LATER)
    if "before" in one.stages and one.before_until is not None:
        values["day"] = dates.day(one.before_until)
        return PAID, words.join(SPACE, PAID_BEFORE)
    return SAVED, NOTHING


def goes_abroad(*, person: int, zone: str) -> None:
    """His days and quiet hours are those of the place where he is now; what else he wishes stays. Called within the
    transaction that writes the departure down."""
    live_in(zones={person: zone})


def comes_home(*, person: int) -> None:
    """His days are Jakarta's again."""
    live_in(zones={person: AT_HOME})


def live_in(*, zones: Mapping[int, str]) -> None:
    """The same for many in one statement: each person with his zone now."""
    owning.live_in(zones=zones)
