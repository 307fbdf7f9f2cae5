"""A made-up district with fourteen months behind it, for looking around: through the journeys that real people take.

Everything is here that makes the work: who pays in time, who is behind, who lapsed, who was sponsored until the money
ended, a cooperative, savers, records that may be one person, money that waits, a refund that a second officer decides.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.journeys.joining import identity, join
from teduh.journeys.money import pay, refund
from teduh.law.months import Month
from teduh.national import district
from teduh.national.district import APBD, APBD_ENDED, KUD, MONTHS, Life
from teduh.payments.models import Bill, Reason, Suspense
from teduh.registry import actions as registry
from teduh.registry.facts import Decided, EvidenceGiven, HeirNamed, Newcomer
from teduh.registry.models import Group
from teduh.registry.models.groups import Funding, GroupKind
from teduh.security import actions as audit
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import Role, User

REGENCY = "33.01"
GROUPS = {
    KUD: ("KUD Mino Saroyo", GroupKind.COOPERATIVE, Funding.MEMBERS),
    APBD: ("Pemkab Cilacap: pekerja rentan", GroupKind.SPONSOR, Funding.APBD),
    APBD_ENDED: ("Pemkab Cilacap: pekerja rentan, angkatan pertama", GroupKind.SPONSOR, Funding.APBD),
}
BANKS = ("BRI", "BNI", "MANDIRI", "BSI")
AGENTS_PEOPLE = 120
HEIRS = ("Sri Rahayu", "Siti Aminah", "Tumini", "Wagiman", "Suparti", "Joko Purnomo")
CONSENT = ("membership", "identity", "messages", "group")
#: The member whose sign-in is printed: a fisherman from the south of the town, thirteen months without a hole.
MEMBER = {
    "name": "Karsono Waluyo", "nik": "3301211203849001", "phone": "+628600009001", "birth": dt.date(1984, 3, 12),
    "is_woman": False, "district": "33.01.21", "work": "nelayan", "income": 1_800_000, "saves": True, "group": None,
}  # fmt: skip

Progress = Callable[[int, int], object]


@dataclass
class _District:
    """What is being made: the people by their place, the groups, and the day on which it ends."""

    lives: list[Life]
    on: dt.date
    at: dt.datetime
    accounts: dict[str, int]
    persons: dict[int, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    receipts: int = 0

    def month(self, place: int) -> Month:
        """The month at a place: 14 is this one."""
        return Month.of(self.on).plus(place - MONTHS)

    def day(self, place: int, day: int) -> dt.date:
        """A day of a month, today at the latest."""
        return min(self.month(place).day(day), self.on)

    def moment(self, day: dt.date, hour: int = 9) -> dt.datetime:
        return min(dt.datetime.combine(day, dt.time(hour), JAKARTA), self.at)

    def actor(self, role: str) -> Actor:
        user = User.objects.get(pk=self.accounts[role])
        return Actor(user=user.pk, name=user.username, role=user.role)


def is_created() -> bool:
    """Whether the district is there."""
    return Group.objects.filter(name=GROUPS[KUD][0], region=REGENCY).exists()


def create(
    *, people: int, seed: int, on: dt.date, accounts: dict[str, int], at: dt.datetime | None = None,
    progress: Progress | None = None,
) -> None:  # fmt: skip
    """Make the district as it stands on a day, all of it or nothing. `accounts`: role -> user; all may be missing.

    `progress(steps done, of all)`. Nothing is done if the district is there already.
    """
    tell = progress or (lambda _done, _of: None)
    at = at or dt.datetime.combine(on, dt.time(), JAKARTA)
    with transaction.atomic():
        if is_created():
            return
        made = _District(_with_member(district.lives(people=people, seed=seed, on=on), on), on, at, accounts)
        made.groups = {kind: _group(made, kind) for kind in GROUPS}
        for place in range(MONTHS + 1):
            _join(made, place)
            notices = [*_people_pay(made, place), *_groups_pay(made, place)]
            _tell(made, notices, made.day(place, 14))
            if place in (0, 4, MONTHS):
                sql.run("ANALYZE")
            tell(place + 1, MONTHS + 2)
        _records_twice(made)
        _money_that_waits(made)
        _open_refund(made)
        _sign_in(made)
        audit.record(by=SYSTEM, action="demo.created", detail={"people": people, "seed": seed})
        tell(MONTHS + 2, MONTHS + 2)


def _with_member(lives: list[Life], on: dt.date) -> list[Life]:
    """The first of them is the fisherman; he has paid this month if it is due, otherwise the last one."""
    last = MONTHS if on.day > 10 else MONTHS - 1
    first = last - 12
    payments = tuple((month, 1) for month in range(first, last + 1))
    return [Life(id=0, joined=first, payments=payments, **MEMBER), *lives[1:]]


def _group(made: _District, kind: str) -> int:
    name, of, funding = GROUPS[kind]
    manager = made.accounts.get(Role.AGENT) if kind == KUD else None
    on = made.day(0, 1)
    return registry.make_group(name=name, kind=of, funding=funding, region=REGENCY, manager=manager, by=SYSTEM, on=on)


def _join(made: _District, place: int) -> None:
    """Those who join in this month, in one go; the civil registry is asked about them the day after."""
    joining = [index for index, life in enumerate(made.lives) if life.joined == place]
    if not joining:
        return
    done = _enrol([_newcomer(made, index, made.lives[index]) for index in joining], made.day(place, 2))
    made.persons |= {joining[at]: person for at, person, _ in done.made}
    made.persons |= {joining[at]: person for at, person in done.known}
    asked = [person for index, person in made.persons.items() if made.lives[index].joined == place]
    if place < MONTHS:
        identity.run_due(at=made.moment(made.day(place, 3)), limit=len(asked), persons=asked)


def _enrol(newcomers: Sequence[Newcomer], on: dt.date) -> registry.Enrolled:
    verdicts = join.decide_many(newcomers=newcomers, on=on)
    decided = [Decided(one, verdict) for one, verdict in zip(newcomers, verdicts, strict=True)]
    return registry.enrol(newcomers=decided, by=SYSTEM, on=on, channel="file")


def _newcomer(made: _District, index: int, life: Life) -> Newcomer:
    heir = HeirNamed(name=HEIRS[life.id % len(HEIRS)], relation="spouse")
    return Newcomer(
        nik=life.nik, name=life.name, birth_date=life.birth, sex="F" if life.is_woman else "M", phone=life.phone,
        registered_at=life.district, lives_in=life.district, works_in=life.district, income=life.income,
        occupation=life.work, programmes=("JKK", "JKM", "JHT") if life.saves else ("JKK", "JKM"),
        evidence=(EvidenceGiven(kind="statement", text="Bekerja sendiri, dinyatakan saat mendaftar."),),
        heirs=(heir,) if life.id % 3 else (), consent=CONSENT, group=made.groups.get(life.group or ""),
        agent=made.accounts.get(Role.AGENT) if 0 < index <= AGENTS_PEOPLE else None,
    )  # fmt: skip


def _people_pay(made: _District, place: int) -> list[pay.Notice]:
    """Bills for those who pay in this month, and what banks tell: each paid in full, some day from 3rd to 14th."""
    by_months: dict[int, list[int]] = defaultdict(list)
    for index, life in enumerate(made.lives):
        for month, count in life.payments:
            if month == place and index in made.persons:
                by_months[count].append(index)
    asked = made.day(place, 3)
    ids: list[int] = []
    for months, who in sorted(by_months.items()):
        ids += pay.bill_each(people=[made.persons[index] for index in who], months=months, by=SYSTEM, on=asked)
    bills = Bill.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "code", "amount")
    return [_notice(made, code, amount, made.day(place, 3 + bill % 12)) for bill, code, amount in bills]


def _notice(made: _District, code: str, amount: int, on: dt.date) -> pay.Notice:
    made.receipts += 1
    bank = BANKS[made.receipts % len(BANKS)]
    reference = f"{on:%Y%m%d}{made.receipts:08d}"
    return pay.Notice(bank, reference, code, amount, made.moment(on, 8 + made.receipts % 12))


def _tell(made: _District, notices: Sequence[pay.Notice], on: dt.date) -> None:
    for start in range(0, len(notices), 5_000):
        pay.receive(notices=notices[start : start + 5_000], on=on, at=made.moment(on, 23), by=SYSTEM)


def _groups_pay(made: _District, place: int) -> Iterator[pay.Notice]:
    """The cooperative pays every month; a budget by the quarter, and for who joins in it, to its end."""
    month = made.month(place)
    left = 3 - (month.month - 1) % 3
    ended = Month.of(made.on).plus(-((made.on.month - 1) % 3))  # the first month that the first budget does not pay
    for kind in GROUPS:
        if kind == APBD_ENDED and month >= ended:
            continue
        since = 0 if kind == KUD or left == 3 else place
        who = [
            made.persons[index] for index, life in enumerate(made.lives)
            if life.group == kind and index in made.persons and since <= life.joined <= place
        ]  # fmt: skip
        if who:
            months = 1 if kind == KUD else left
            asked = made.day(place, 4)
            bill = pay.bill(people=who, group=made.groups[kind], months=months, by=SYSTEM, on=asked)
            yield _notice(made, bill.code, bill.amount, made.day(place, 10))


def _records_twice(made: _District) -> None:
    """A few people are enrolled a second time, with one digit of the NIK mistyped, as happens at a desk."""
    again = []
    for index in range(7, len(made.lives), max(25, len(made.lives) // 8)):
        known = _newcomer(made, index, made.lives[index])
        again.append(replace(known, nik=f"{known.nik[:12]}8{known.nik[13:]}", group=None))
    _enrol(again, made.on)


def _money_that_waits(made: _District) -> None:
    """A mistyped code, too much, too little, and a bill paid twice."""
    payers = [index for index, life in enumerate(made.lives) if life.payments and index in made.persons][1:]
    people = [made.persons[index] for index in payers[-40:]]
    ids = pay.bill_each(people=people, months=1, by=SYSTEM, on=made.on)
    bills = list(Bill.objects.filter(pk__in=ids).order_by("pk").values_list("code", "amount"))
    (wrong, asked), *rest = bills[:10]
    told = [_notice(made, wrong[:-1] + str((int(wrong[-1]) + 5) % 10), asked, made.on)]
    told += [_notice(made, code, amount + 10_000, made.on) for code, amount in rest[:3]]
    told += [_notice(made, code, amount - 1_000, made.on) for code, amount in rest[3:6]]
    told += [_notice(made, code, amount, made.on) for code, amount in rest[6:7] * 2]
    _tell(made, told, made.on)


def _open_refund(made: _District) -> None:
    """One officer has proposed to give back what was too much; another one decides."""
    row = Suspense.objects.filter(state="open", reason=Reason.TOO_MUCH).order_by("pk").first()
    if row is None or Role.OFFICER not in made.accounts:
        return
    refund.propose(
        suspense=row.pk, bank_code="BRI", account_number="003301009001502", account_name="Peserta Contoh",
        why="Lebih bayar, diminta kembali di kantor cabang", by=made.actor(Role.OFFICER), on=made.on,
    )  # fmt: skip


def _sign_in(made: _District) -> None:
    """The member's sign-in is the fisherman's; his next month is billed and waits to be paid."""
    person = made.persons[0]
    pay.bill_each(people=[person], months=1, by=SYSTEM, on=made.on)
    if Role.MEMBER in made.accounts:
        registry.link_account(user=made.accounts[Role.MEMBER], person=person, by=SYSTEM)
