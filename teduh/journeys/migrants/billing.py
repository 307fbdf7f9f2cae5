"""Asking for what a placement pays: for one person, or one bill of an agency or a mission for many.

What is next follows from what happened and what is paid; the law prices it on the day of the bill. Where the law as
held names no fee, nothing is asked and the reason is given.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Sequence

from django.db import transaction

from teduh.contributions import bills as found_bills
from teduh.contributions import placement_actions, placement_queries, placements
from teduh.contributions.placements import NoFee, Quote, QuoteLine
from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants.life import require_many
from teduh.journeys.money import bill_view
from teduh.journeys.money.bill_view import BillView
from teduh.law import migrant_entry
from teduh.law import placements as law
from teduh.migrants import access
from teduh.payments import actions as payments
from teduh.payments.actions import Asking
from teduh.payments.models import BillKind
from teduh.security import actions as audit
from teduh.security.access import Actor

#: A code holds so many days; money that comes later still counts, from its own day.
VALID_DAYS = 30
MOST_PEOPLE = 20_000
MOST_KEY = 60
#: What decides whether somebody may pay yet: his papers and agreement as they are now, not as they were at entry.
ENTRY = """
SELECT m.id, m.scheme, p.birth_date, m.entry = 'abroad', m.passport_until, m.passport IS NOT NULL, m.state,
    (SELECT json_agg(json_build_array(g.starts, g.ends, g.ended_on) ORDER BY g.number) FROM migrants_agreement g
        WHERE g.placement_id = m.id AND g.withdrawn_at IS NULL),
    ARRAY(SELECT kind FROM migrants_paper q WHERE q.placement_id = m.id)
FROM migrants_placement m JOIN registry_person p ON p.id = m.person_id WHERE m.id = ANY(%s)
"""
CLOSED = ("home", "failed", "died", "cancelled")


def quote(
    *, placements: Sequence[int], by: Actor, on: dt.date, stages: Collection[str] | None = None,
    savings_months: int = 0, why: str = "",
) -> Quote:  # fmt: skip
    """What these placements have to pay next, and what cannot be priced and why. Nothing is written but the look."""
    require_many(placements=placements, by=by, what="pay", why=why)
    return _quote(placements, on, stages, savings_months)


def bill(
    *, placements: Sequence[int], by: Actor, on: dt.date, at: dt.datetime, stages: Collection[str] | None = None,
    savings_months: int = 0, organisation: int | None = None, key: str | None = None, why: str = "",
) -> BillView:  # fmt: skip
    """One bill: for one person by himself (or whoever pays his code), or with `organisation` for its many.

    Placements that owe nothing are left out. The same actor's same `key` gives the same bill, and so does an open bill
    that asks for exactly the same. Raises `Refused` where nothing can be asked, with the law's reason.
    """
    _checked(placements, key)
    _one_without_payer(placements, organisation)
    require_many(placements=placements, by=by, what="pay", why=why)
    if organisation is not None:
        access.require(by=by, what="pay", organisation=organisation, why=why)
    scoped = scoped_key(by=by, key=key) if key else None
    with transaction.atomic():
        if scoped and (made := found_bills.bill_by_key(key=scoped, on=on)):
            return bill_view.view(bill=made.id, on=on)
        asked = _quote(placements, on, stages, savings_months)
        if not asked.lines:
            raise _nothing(asked.refused)
        person = asked.lines[0].person if organisation is None else None
        id_ = None if scoped else placement_queries.same_bill(
            person=person, organisation=organisation, on=on,
            asked=[(line.placement, str(line.stage), line.agreement, line.amount) for line in asked.lines],
        )  # fmt: skip
        if id_ is None:
            made_ids = _issue([(person, organisation, asked.lines, scoped)], by, on)
            if not made_ids:  # the same request came twice at one moment
                (id_,) = placement_queries.bills_by_keys(keys=[scoped or ""])
                return bill_view.view(bill=id_, on=on)
            (id_,) = made_ids
            audit.record(by=by, action="placement.billed", subjects=[f"bill:{id_}"], why=why,
                         detail={"placements": len(placements)})  # fmt: skip
        return bill_view.view(bill=id_, on=on)


def bill_each(
    *, placements: Sequence[int], by: Actor, on: dt.date, stages: Collection[str] | None = None,
    key: str | None = None, why: str = "",
) -> list[int]:  # fmt: skip
    """A bill of his own for each; the bills' ids. Who owes nothing, or got his bill by this `key`, gets none.

    The number of statements does not grow with the people.
    """
    _checked(placements, key)
    require_many(placements=placements, by=by, what="pay", why=why)
    with transaction.atomic():
        asked = _quote(placements, on, stages, 0)
        each: dict[int, list[QuoteLine]] = {}
        for line in asked.lines:
            each.setdefault(line.placement, []).append(line)
        wishes = [
            (lines[0].person, None, tuple(lines), key_of(by=by, key=key, placement=id_) if key else None)
            for id_, lines in each.items()
        ]
        ids = _issue(wishes, by, on)
        audit.record(by=by, action="placement.billed", detail={"bills": len(ids)}, why=why)
        return ids


def scoped_key(*, by: Actor, key: str) -> str:
    """A key is its actor's own; of whatever length, it fits."""
    return "pmi:" + hashlib.sha256(f"{by.user or by.name}\0{key}".encode()).hexdigest()[:48]


def key_of(*, by: Actor, key: str, placement: int) -> str:
    """The key of one placement's bill among many that one request asked for."""
    return f"{scoped_key(by=by, key=key)}:{placement}"


def _checked(placements: Sequence[int], key: str | None) -> None:
    if not placements or len(placements) > MOST_PEOPLE or (key is not None and not 0 < len(key) <= MOST_KEY):
        raise Refused(
            "too_much",
            Text(f"Pilih 1 sampai {MOST_PEOPLE} orang; kunci 1-{MOST_KEY} huruf.",
                 f"Choose 1 to {MOST_PEOPLE} people; a key has 1 to {MOST_KEY} characters."),
            then=Text("Bagi menjadi beberapa tagihan.", "Split it into several bills."),
        )  # fmt: skip


def _one_without_payer(placements: Sequence[int], organisation: int | None) -> None:
    if organisation is None and len(set(placements)) != 1:
        raise Refused(
            "one_person",
            Text("Tanpa lembaga pembayar, tagihan untuk satu orang.",
                 "Without an organisation that pays, a bill is for one person."),
            then=Text("Pilih lembaga pembayar, atau satu orang.", "Choose who pays, or one person."),
            field="placements",
        )  # fmt: skip


def _quote(placements_: Sequence[int], on: dt.date, stages: Collection[str] | None, savings_months: int) -> Quote:
    """What is next of those who may pay; whoever waits for papers or an agreement is told so."""
    waits = _waits(placements_, on, stages)
    free = [id_ for id_ in dict.fromkeys(placements_) if id_ not in waits]
    placed = placement_queries.placed(placements=free)
    found = placements.quote(placed=placed, on=on, stages=stages, savings_months=savings_months)
    return Quote(lines=found.lines, refused=(*waits.values(), *found.refused))


def _waits(placements_: Sequence[int], on: dt.date, stages: Collection[str] | None) -> dict[int, NoFee]:
    found: dict[int, NoFee] = {}
    for id_, scheme, born, abroad, until, has_passport, state, agreements, papers in sql.rows(
        ENTRY, [list(placements_)]
    ):
        if state in CLOSED:
            found[id_] = _closed(id_)
            continue
        told = json.loads(agreements) if isinstance(agreements, str) else agreements or []
        day = dt.date.fromisoformat
        last = [law.Agreement(day(a), day(b), day(c) if c else None) for a, b, c in told]
        decision = migrant_entry.decide(
            scheme=scheme, birth_date=born, abroad=abroad, agreement=last[-1] if last else None, passport_until=until,
            papers=frozenset(papers) | ({"passport"} if has_passport else set()), on=on,
        )  # fmt: skip
        reason = next((one for one in decision.waits_for if one.code not in PRICED), None)
        if reason is not None:
            found[id_] = NoFee(
                placement=id_, stage="during", code=reason.code, what=Text(reason.id, reason.en),
                why=Text("; ".join(reason.articles), "; ".join(reason.articles)), then=THEN,
            )  # fmt: skip
    return found


#: Reasons to wait that the price itself tells: an extension of few months is priced by the month.
PRICED = frozenset({"under_six_months"})
THEN = Text(
    "Lengkapi data itu; Perwakilan RI atau petugas membantu. Sesudahnya langsung dapat dibayar.",
    "Complete it; a mission or an officer helps. Then it can be paid at once.",
)


def _closed(id_: int) -> NoFee:
    return NoFee(
        placement=id_, stage="during", code="placement_closed",
        what=Text("Penempatan ini sudah selesai.", "This placement is over."), why=Text("", ""),
        then=Text("Lanjutkan perlindungan di dalam negeri.", "Go on with cover at home."),
    )  # fmt: skip


def _nothing(refused: Sequence[NoFee]) -> Refused:
    if refused:
        first = refused[0]
        return Refused(first.code, first.what, why=first.why, then=first.then, status=409)
    return Refused(
        "nothing_owed",
        Text("Tidak ada yang perlu dibayar sekarang.", "There is nothing to pay now."),
        why=Text("Semua tahap sampai akhir perjanjian sudah lunas.", "Every stage up to the agreement's end is paid."),
        then=Text("Bila perjanjian diperpanjang, catat perpanjangannya.", "If the agreement is extended, tell so."),
        status=409,
    )  # fmt: skip


Wish = tuple[int | None, int | None, Sequence[QuoteLine], str | None]


def _issue(wishes: Sequence[Wish], by: Actor, on: dt.date) -> list[int]:
    asking = [
        Asking(
            person=person, organisation=organisation, kind=BillKind.PLACEMENT,
            amount=sum(line.amount for line in lines), expires_on=on + dt.timedelta(days=VALID_DAYS), key=key,
        )
        for person, organisation, lines, key in wishes
    ]  # fmt: skip
    ids = payments.issue(asking=asking, by=by.user, on=on)
    billed = [
        (id_, line) for id_, (_, _, lines, _) in zip(ids, wishes, strict=True) if id_ is not None for line in lines
    ]
    placement_actions.owe(billed=billed, on=on)
    return [id_ for id_ in ids if id_ is not None]
