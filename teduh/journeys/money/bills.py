"""Asking for contributions: a bill for one person, or for a group's people, for one or several months.

Each month is assessed by its own month's law. A bill is made once per key, and its code holds as long as what it buys
is still to be had.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from teduh.contributions import actions, assessing, billing, placement_actions, placement_queries, queries
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.coverage import queries as coverage
from teduh.journeys.money.bill_view import BillView, view
from teduh.law.months import Month
from teduh.migrants import access
from teduh.payments import actions as payments
from teduh.payments.facts import LockedBill
from teduh.payments.models import BillKind, BillState
from teduh.registry.models import Group, Membership
from teduh.registry.models.groups import Funding
from teduh.security import actions as audit
from teduh.security.access import Actor

MANDATORY = frozenset({"JKK", "JKM"})
PROGRAMMES = ("JKK", "JKM", "JHT")
MOST_PEOPLE = 20_000
MOST_KEY = 60


@dataclass(slots=True)
class _Wish:
    """A bill somebody wants: its payer and people; then what they owe."""

    people: tuple[int, ...]
    person: int | None = None
    group: int | None = None
    by_government: bool = False
    key: str | None = None
    owing: list[tuple[int, Month, frozenset[str], assessing.Assessed]] = field(default_factory=list)
    plans: list[billing.Plan] = field(default_factory=list)

    @property
    def amount(self) -> int:
        return sum(line.amount for _, _, wanted, one in self.owing for line in one.lines if line.programme in wanted)


def bill(
    *,
    people: Sequence[int],
    group: int | None = None,
    months: int = 1,
    first: Month | None = None,
    programmes: Sequence[str] | None = None,
    by: Actor,
    on: dt.date,
    key: str | None = None,
) -> BillView:
    """Make one bill: for one person, or with `group` for its people (all its members when `people` is empty).

    Without `first` each person's next months that are not paid: arrears within grace first, after a lapse this month
    (old arrears are not charged). With `first` that window, less what is paid already. `key`: the same actor's same
    key gives the same bill. Raises Refused: not_allowed, not_found, not_enrolled, nothing_owed, bad_months, and what
    the law refuses. PP 44/2015 Pasal 20, 24(3); PP 46/2015 Pasal 13; PP 50/2025.
    """
    _checked(people, months, programmes, key)
    scoped = f"{by.user or by.name}:{key}" if key else None
    with transaction.atomic():
        if scoped and (made := _again(scoped, on)):
            return made
        wish = _wish(tuple(dict.fromkeys(people)), group, scoped, on)
        enrolled = _may(wish, by)
        _fill([wish], enrolled, months, first, programmes, on)
        ids = _issue([wish], by, on)
        if ids[0] is None:
            return _again(scoped or "", on) or _gone()
        audit.record(by=by, action="bill", subjects=[f"bill:{ids[0]}"], detail={"people": len(wish.people)})
        made = view(bill=ids[0], on=on)
        return replace(made, notes=(*made.notes, *_left_out(wish)))


def bill_each(
    *, people: Sequence[int], months: int = 1, programmes: Sequence[str] | None = None, by: Actor, on: dt.date
) -> list[int]:
    """A bill of his own for each of these people, for his next unpaid months; the bills' ids.

    People who owe nothing or are not enrolled get none. The number of statements does not grow with the people.
    """
    by.require("everyone", "runs")
    _checked(people, months, programmes, None)
    with transaction.atomic():
        wishes = [_Wish(people=(person,), person=person) for person in dict.fromkeys(people)]
        _fill(wishes, queries.enrolled(people=people), months, None, programmes, on)
        wanted = [wish for wish in wishes if wish.owing]
        ids = [id_ for id_ in _issue(wanted, by, on) if id_]
        audit.record(by=by, action="bill_each", detail={"bills": len(ids)})
        return ids


def _checked(people: Sequence[int], months: int, programmes: Sequence[str] | None, key: str | None) -> None:
    """Refuse what cannot be meant."""
    if not 1 <= months <= billing.MOST_MONTHS:
        raise Refused(
            "bad_months",
            Text("Tagihan memuat 1 sampai 12 bulan.", "A bill holds 1 to 12 months."),
            then=Text("Pilih jumlah bulan lain.", "Choose another number of months."),
            field="months",
        )  # fmt: skip
    if programmes is not None and (not set(programmes) >= MANDATORY or set(programmes) - set(PROGRAMMES)):
        raise Refused(
            "bad_programmes",
            Text("JKK dan JKM wajib dibayar bersama; JHT pilihan.", "JKK and JKM are paid together; JHT is a choice."),
            why=Text("PP 44/2015 Pasal 20; PP 46/2015 Pasal 13", "PP 44/2015 Pasal 20; PP 46/2015 Pasal 13"),
            then=Text("Pilih JKK dan JKM, dengan atau tanpa JHT.", "Choose JKK and JKM, with or without JHT."),
            field="programmes",
        )
    if len(people) > MOST_PEOPLE or (key is not None and not 0 < len(key) <= MOST_KEY):
        raise Refused(
            "too_much",
            Text(f"Paling banyak {MOST_PEOPLE} orang; kunci 1-{MOST_KEY} huruf.",
                 f"At most {MOST_PEOPLE} people; a key has 1 to {MOST_KEY} characters."),
            then=Text("Bagi menjadi beberapa tagihan.", "Split it into several bills."),
        )  # fmt: skip


def _again(key: str, on: dt.date) -> BillView | None:
    """The bill this key made before."""
    from teduh.contributions import bills

    found = bills.bill_by_key(key=key, on=on)
    return view(bill=found.id, on=on) if found else None


def _gone() -> BillView:
    raise Refused("conflict", Text("Tagihan sedang dibuat.", "The bill is being made."),
                  then=Text("Coba lagi sebentar.", "Try again in a moment."), status=409)  # fmt: skip


def _wish(people: tuple[int, ...], group: int | None, key: str | None, on: dt.date) -> _Wish:
    """Who pays for whom."""
    if group is None:
        if len(people) != 1:
            raise Refused(
                "one_person",
                Text("Tanpa kelompok, tagihan untuk satu orang.", "Without a group a bill is for one person."),
                then=Text("Pilih kelompok pembayar, atau satu orang.", "Choose the group that pays, or one person."),
                field="people",
            )  # fmt: skip
        return _Wish(people=people, person=people[0], key=key)
    payer = Group.objects.filter(id=group).first()
    if payer is None:
        raise not_found(Text("Kelompok tidak ditemukan.", "There is no such group."))
    members = people or _members(group, on)
    return _Wish(people=members, group=group, key=key, by_government=Funding(payer.funding).is_state_budget)


def _left_out(wish: _Wish) -> Iterator[Text]:
    """What this bill does not ask for, said when it is made."""
    if paid := sum(plan.paid_already for plan in wish.plans):
        yield Text(f"{paid} bulan-orang sudah lunas dan tidak ditagih.", f"{paid} person-months are paid and left out.")
    if old := sum(plan.not_counted for plan in wish.plans):
        yield Text(
            f"{old} bulan-orang yang sudah lewat tidak ditagih lagi.",
            f"{old} past person-months are no longer charged.",
        )
    if skipped := sum(plan.skips_arrears for plan in wish.plans):
        yield Text(
            f"{skipped} orang masih menunggak bulan sebelumnya; tagihan ini tidak melunasinya.",
            f"{skipped} people are behind with earlier months; this bill does not settle them.",
        )


def _members(group: int, on: dt.date | None = None) -> tuple[int, ...]:
    """A group's members in the order of its list: of a day, or all it ever had."""
    found = Membership.objects.filter(group=group)
    if on:
        found = found.filter(from_day__lte=on).exclude(until_day__lt=on)
    return tuple(found.order_by("id").values_list("person_id", flat=True))


def _may(wish: _Wish, by: Actor) -> Mapping[int, queries.Enrolled | None]:
    """Whether this actor may bill these people: everyone's for officers, his own and his groups' for an agent."""
    enrolled = queries.enrolled(people=wish.people)
    if not wish.people or any(person not in enrolled for person in wish.people):
        raise not_found(Text("Ada orang yang tidak ditemukan.", "Some of these people are not found."))
    if by.may("everyone") or by.role == "system":
        return enrolled
    own_group = wish.group is not None and Group.objects.filter(id=wish.group, manager=by.user).exists()
    members = set(_members(wish.group)) if own_group and wish.group else set()
    theirs = all((one is not None and one.agent == by.user) or asked in members for asked, one in enrolled.items())
    himself = wish.group is None and wish.people == (by.person,)
    if not ((by.may("self") and himself) or (by.may("bill") and by.user and theirs)):
        raise not_found(Text("Ada orang yang tidak ditemukan.", "Some of these people are not found."))
    return enrolled


def _fill(
    wishes: Sequence[_Wish],
    enrolled: Mapping[int, queries.Enrolled | None],
    months: int,
    first: Month | None,
    programmes: Sequence[str] | None,
    on: dt.date,
) -> None:
    """Work out what everybody owes: a few reads for all, and one call of the law for each distinct set of facts."""
    living = {one.person for one in enrolled.values() if one}
    cover = {person: billing.Cover(paid_until=paid, grace_until=grace)
             for person, (paid, grace) in coverage.covers(persons=living).items()}  # fmt: skip
    since = min((billing.first_owed(cover=cover.get(person), on=on) for person in living), default=Month.of(on))
    settled = queries.settled(people=living, since=min(since, first) if first else since)
    asked = frozenset(programmes or PROGRAMMES)
    for wish in wishes:
        seen: set[int] = set()
        for person in wish.people:
            one = enrolled.get(person)
            if one is None or one.person in seen:
                continue
            seen.add(one.person)
            paid = settled.get(one.person, set())
            plan = billing.plan(
                months=months, first=first, on=on, cover=cover.get(one.person), settled=_whole(paid, one, asked)
            )
            wish.owing += _owing(one, plan.months, asked, paid, wish.by_government)
            wish.plans.append(plan)


def _whole(paid: set[tuple[Month, str]], one: queries.Enrolled, asked: frozenset[str]) -> set[Month]:
    """Months in which everything asked for is settled."""
    needed = asked & set(one.programmes)
    return {month for month, _ in paid if all((month, programme) in paid for programme in needed)}


def _owing(
    one: queries.Enrolled,
    months: Sequence[Month],
    asked: frozenset[str],
    paid: set[tuple[Month, str]],
    government: bool,
) -> Iterator[tuple[int, Month, frozenset[str], assessing.Assessed]]:
    wanted = tuple(programme for programme in PROGRAMMES if programme in asked and programme in one.programmes)
    for month in months:
        left = frozenset(programme for programme in wanted if (month, programme) not in paid)
        if left:
            income, sector = one.work_in(month)
            facts = assessing.facts_of(income=income, sector=sector, programmes=wanted, paid_by_government=government)
            yield one.person, month, left, assessing.assessed(facts, month)


def _issue(wishes: Sequence[_Wish], by: Actor, on: dt.date) -> list[int | None]:
    """Write bills and dues."""
    for wish in wishes:
        if not wish.owing:
            raise Refused(
                "nothing_owed",
                Text("Tidak ada iuran yang perlu ditagih.", "There is nothing to bill."),
                why=Text(
                    "Belum terdaftar sebagai BPU, bulan itu sudah lunas, atau sudah tidak ditagih lagi.",
                    "Not enrolled as self-employed, the months are paid, or they are no longer charged.",
                ),
                then=Text(
                    "Pilih bulan lain atau periksa pendaftarannya.", "Choose other months, or check the enrolment."
                ),
            )
    asking = [
        payments.Asking(
            person=wish.owing[0][0] if wish.person else None, group=wish.group, amount=wish.amount,
            expires_on=min(plan.expires_on for plan in wish.plans if plan.months), key=wish.key,
        )
        for wish in wishes
    ]  # fmt: skip
    ids = payments.issue(asking=asking, by=by.user, on=on) if asking else []
    actions.owe(
        owing=[
            actions.Owing(id_, person, one, wanted)
            for id_, wish in zip(ids, wishes, strict=True)
            if id_
            for person, _, wanted, one in wish.owing
        ]
    )
    return ids


def cancel(*, bill: int, by: Actor, on: dt.date, why: str = "") -> BillView:
    """Withdraw a bill that no money came for; who may make it may withdraw it. Money that comes later waits.

    Raises Refused: not_found, or has_money where something was paid on it or waits for it.
    """
    with transaction.atomic():
        held = actions.hold(bills=[bill])
        if bill not in held:
            raise not_found(Text("Tagihan tidak ditemukan.", "There is no such bill."))
        if held[bill].employer is not None:
            raise Refused(
                "of_a_return",
                Text("Tagihan pemberi kerja tidak dibatalkan.", "An employer's bill is not withdrawn."),
                why=Text("Ia mengikuti laporan upah.", "It follows the wage return."),
                then=Text("Betulkan laporan upahnya; tagihan ikut berubah.", "Amend the return; the bill follows."),
                status=409,
            )
        touched = (_touched_abroad if held[bill].kind == BillKind.PLACEMENT else _touched)(held[bill], by, why)
        if touched or held[bill].state != BillState.OPEN:
            raise Refused(
                "has_money",
                Text("Tagihan ini sudah menerima uang atau sudah selesai.", "Money came for this bill, or it is done."),
                then=Text("Minta petugas memeriksa uangnya.", "Ask an officer to look at the money."),
                status=409,
            )
        payments.write(
            bills=held, states={bill: BillState.CANCELLED}, allocated=[], waits=[], spent=[], on=on, by=by.user
        )
        audit.record(by=by, action="bill.cancel", subjects=[f"bill:{bill}"], why=why)
        return view(bill=bill, on=on)


def _touched(bill: LockedBill, by: Actor, why: str) -> bool:
    """Whether money came for this bill, told to whoever may make it."""
    found = queries.standing(bills=[bill.id])[bill.id]
    people = tuple(dict.fromkeys(due.person for due in found.dues))
    _may(_Wish(people=people, person=bill.person, group=bill.group), by)
    return bool(found.waiting) or any(due.settled for due in found.dues)


def _touched_abroad(bill: LockedBill, by: Actor, why: str) -> bool:
    """The same for a bill of placements: its payer's, or whoever may pay for the worker."""
    if bill.organisation is not None:
        access.require(by=by, what="pay", organisation=bill.organisation, why=why)
    elif by.role != "system":
        placements = {line.placement for line in placement_queries.lines(bill=bill.id)}
        access.require_all(by=by, what="pay", placements=sorted(placements), why=why)
    found = placement_actions.standing(bills=[bill.id])[bill.id]
    return bool(found.waiting) or any(line.settled for line in found.lines)
