"""Made-up migrant workers with two years behind them, for looking around: through the journeys that real people take.

Two agencies, the government's placement, three missions; people in every state, paid through the simulator bank; a
relative, matters (one a complaint that no agency sees), a mission's list beside ours, and exchange rates that say that
they are made up.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.journeys.migrants import agreements, billing, family, life, lists, matters, organisations, rates, register
from teduh.journeys.money import pay
from teduh.law.months import months_after
from teduh.migrants import reference
from teduh.migrants.facts import NewAgreement, NewMigrant
from teduh.migrants.models import DeskRole, Organisation, OrganisationKind
from teduh.national import abroad
from teduh.national.abroad import FIRST, OWN, SECOND, WORKER, Goer, Story
from teduh.payments.models import Bill
from teduh.registry import actions as registry
from teduh.registry.facts import HeirNamed
from teduh.security import actions as audit
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import User

A_DAY = dt.timedelta(days=1)
#: What somebody is here, as `accounts` names him.
AGENCY, MISSION, GATE, MIGRANT, RELATIVE = "agency", "mission", "gate", "migrant", "relative"
GOVERNMENT, TAIPEI, KUALA_LUMPUR, HONG_KONG = "government", "taipei", "kuala lumpur", "hong kong"
#: key -> code, kind, name, seat, licence. None of these is a real body's number.
BODIES = {
    FIRST: ("P3MI-SERAYU", OrganisationKind.AGENCY, "PT Serayu Karya Mandiri (contoh)", None, "SIP3MI 01/CONTOH"),
    SECOND: ("P3MI-RINJANI", OrganisationKind.AGENCY, "PT Rinjani Tenaga Utama (contoh)", None, "SIP3MI 02/CONTOH"),
    GOVERNMENT: ("PENEMPATAN", OrganisationKind.GOVERNMENT, "Layanan Penempatan Pemerintah (contoh)", None, ""),
    TAIPEI: ("KDEI-TAIPEI", OrganisationKind.MISSION, "KDEI Taipei (contoh)", "TW", ""),
    KUALA_LUMPUR: ("KBRI-KL", OrganisationKind.MISSION, "KBRI Kuala Lumpur (contoh)", "MY", ""),
    HONG_KONG: ("KJRI-HK", OrganisationKind.MISSION, "KJRI Hong Kong (contoh)", "HK", ""),
}
#: Whose desk an account has.
DESKS = {AGENCY: FIRST, MISSION: TAIPEI, GATE: GOVERNMENT}
RATES = (("TWD", 512), ("MYR", 3_610), ("HKD", 2_085), ("SGD", 12_150), ("KRW", 12), ("SAR", 4_340), ("JPY", 108))
MADE_UP = "angka karangan untuk contoh / made up for the demonstration"
BANKS = ("BRI", "BNI", "MANDIRI", "BSI")
#: How many people of Taiwan the mission's own list gets wrong, does not have, or has and we do not.
WRONG_DATES, NOT_IN_LIST = 2, 2

Progress = Callable[[int, int], object]


@dataclass
class _World:
    """What is being made: organisations by key, each story's placements, and the day on which it ends."""

    on: dt.date
    at: dt.datetime
    accounts: Mapping[str, int]
    bodies: dict[str, int] = field(default_factory=dict)
    placed: dict[str, list[register.Registered]] = field(default_factory=dict)
    goers: dict[str, list[Goer]] = field(default_factory=dict)
    receipts: int = 0

    def day(self, place: int) -> dt.date:
        return self.on + dt.timedelta(days=place)

    def moment(self, day: dt.date, hour: int = 9) -> dt.datetime:
        return min(dt.datetime.combine(day, dt.time(hour), JAKARTA), self.at)

    def actor(self, key: str, *, person: int | None = None) -> Actor:
        user = User.objects.get(pk=self.accounts[key])
        return Actor(user=user.pk, name=user.username, role=user.role, person=person)

    def ids(self, story: str) -> list[int]:
        return [one.placement for one in self.placed[story]]


def is_created() -> bool:
    """Whether the migrants are there."""
    return Organisation.objects.filter(code=BODIES[FIRST][0]).exists()


def create(
    *, people: int = 60, seed: int, on: dt.date, accounts: Mapping[str, int], at: dt.datetime | None = None,
    progress: Progress | None = None,
) -> None:  # fmt: skip
    """Make about so many as they stand on a day, all of it or nothing. `accounts`: what somebody is here -> user; all
    may be missing. `progress(steps done, of all)`. Nothing is done if they are there already."""
    tell = progress or (lambda _done, _of: None)
    with transaction.atomic():
        if is_created():
            return
        made = _World(on, at or dt.datetime.combine(on, dt.time(8), JAKARTA), accounts)
        _furnish(made)
        told = list(abroad.stories(people=people))
        first = 0
        for n, (story, count) in enumerate(told, 1):
            goers = abroad.goers(story=story, count=count, first=first, seed=seed)
            _live(made, story, goers)
            first += count
            tell(n, len(told) + 1)
        _sign_in(made)
        _concerns(made)
        _compare(made)
        audit.record(by=SYSTEM, action="demo.migrants", detail={"people": first, "seed": seed})
        tell(len(told) + 1, len(told) + 1)


def _furnish(made: _World) -> None:
    """Organisations with the accounts that act for them, and rates of today and of a week ago."""
    reference.load_reference()
    since = made.day(-1_000)
    for key, (code, kind, name, seat, licence) in BODIES.items():
        made.bodies[key] = organisations.register(
            code=code, kind=kind, name=name, seat=seat, licence=licence, phone="021-0860000",
            licence_until=made.day(400) if licence else None, by=SYSTEM, on=since,
        )  # fmt: skip
    for key, body in DESKS.items():
        if key in made.accounts:
            username = User.objects.get(pk=made.accounts[key]).username
            organisations.add_desk(
                organisation=made.bodies[body], username=username, role=DeskRole.OWNER, by=SYSTEM, on=since
            )
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(("currency", "date", "rupiah", "source"))
    sheet.writerows((name, made.day(-n), rupiah + n, MADE_UP) for name, rupiah in RATES for n in (7, 0))
    rates.load(content=out.getvalue().encode(), by=SYSTEM, on=made.on)


def _live(made: _World, story: Story, goers: list[Goer]) -> None:
    """A story from its first day to this one."""
    day = made.day(story.registered)
    made.goers[story.key] = goers
    made.placed[story.key] = register.register_many(
        newcomers=[_newcomer(made, story, one) for one in goers], by=SYSTEM, on=day, at=made.moment(day),
        organisation=made.bodies[FIRST if story.via == OWN else story.via],
    )  # fmt: skip
    ids = made.ids(story.key)
    for place, stages in story.paid:
        _pay(made, ids, made.day(place), stages)
    if story.departed is not None:
        _happen(made, ids, "departed", story.departed)
        _happen(made, ids, "working", story.departed + 3)
    if story.extended is not None:
        _extend(made, ids, story.extended)
    for kind, place in story.events:
        _happen(made, ids, kind, place)


def _newcomer(made: _World, story: Story, goer: Goer) -> NewMigrant:
    ends = made.day(story.ends)
    agreed = NewAgreement(
        starts=months_after(ends + A_DAY, -story.months), ends=ends, employer=goer.employer, job=goer.job,
    )  # fmt: skip
    heir = HeirNamed(name="Sri Rahayu" if not goer.is_woman else "Joko Purnomo", relation="spouse")
    return NewMigrant(
        nik=goer.nik, name=goer.name, birth_date=goer.birth, sex="F" if goer.is_woman else "M", phone=goer.phone,
        scheme="own" if story.via == OWN else "agency", destination=goer.to, abroad=story.is_abroad,
        organisation=None if story.via == OWN else made.bodies[story.via],
        passport=goer.passport if story.has_papers else None,
        passport_until=made.day(1_200) if story.has_papers else None,
        agreement=agreed if story.has_papers else None, heirs=(heir,),
        home_region=f"{goer.home[:2]}.{goer.home[2:4]}", papers=(("agreement", None),) if story.has_papers else (),
        consent=True,
    )  # fmt: skip


def _pay(made: _World, placements: Sequence[int], day: dt.date, stages: Sequence[str]) -> None:
    """A bill for each, and what banks tell of them on the next day."""
    ids = billing.bill_each(placements=placements, by=SYSTEM, on=day, stages=stages or None)
    paid = min(day + A_DAY, made.on)
    asked = Bill.objects.filter(pk__in=ids).order_by("pk").values_list("code", "amount")
    notices = [_notice(made, code, amount, paid) for code, amount in asked]
    pay.receive(notices=notices, on=paid, at=made.moment(paid, 20), by=SYSTEM)


def _notice(made: _World, code: str, amount: int, day: dt.date) -> pay.Notice:
    made.receipts += 1
    bank = BANKS[made.receipts % len(BANKS)]
    return pay.Notice(bank, f"P{day:%Y%m%d}{made.receipts:06d}", code, amount, made.moment(day, 8 + made.receipts % 10))


def _happen(made: _World, placements: Sequence[int], kind: str, place: int) -> None:
    day = made.day(place)
    life.tell_many(placements=placements, kind=kind, event_on=day, by=SYSTEM, on=day, at=made.moment(day, 15))


def _extend(made: _World, placements: Sequence[int], extended: tuple[int, int, int | None]) -> None:
    place, months, paid = extended
    day = made.day(place)
    lasts = dict(sql.rows("SELECT id, ends_on FROM migrants_placement WHERE id = ANY(%s)", [list(placements)]))
    agreements.extend(
        placements=[(id_, months_after(lasts[id_] + A_DAY, months) - A_DAY) for id_ in placements], by=SYSTEM, on=day,
        at=made.moment(day),
    )  # fmt: skip
    if paid is not None:
        _pay(made, placements, made.day(paid), ())


def _sign_in(made: _World) -> None:
    """The worker's sign-in is somebody's in Taiwan whose agreement ends in a month; a relative at home may pay."""
    if MIGRANT not in made.accounts:
        return
    person = made.placed[WORKER][0].person
    registry.link_account(user=made.accounts[MIGRANT], person=person, by=SYSTEM)
    if RELATIVE in made.accounts:
        worker, day = made.actor(MIGRANT, person=person), made.day(-20)
        named = family.name(
            person=person, name="Sri Rahayu", relation="spouse", phone="+628600007001",
            may=("see", "pay", "extend", "speak"), by=worker, on=day, at=made.moment(day),
        )  # fmt: skip
        family.spend(code=named.code, by=made.actor(RELATIVE), at=made.moment(day, 12))


def _concerns(made: _World) -> None:
    """A question that was answered, a complaint that no agency sees, and a mission's own matter of somebody missing."""
    if MIGRANT not in made.accounts or MISSION not in made.accounts:
        return
    person = made.placed[WORKER][0].person
    worker, mission = made.actor(MIGRANT, person=person), made.actor(MISSION)
    day = made.day(-9)
    asked = matters.open_(
        person=person, kind="extension", by=worker, on=day, at=made.moment(day), agency_sees=True,
        text="Majikan mau memperpanjang setahun lagi. Dokumen apa yang perlu saya siapkan?",
    )  # fmt: skip
    matters.say(number=asked, by=mission, at=made.moment(made.day(-8)), state="waiting",
                text="Cukup perjanjian baru yang ditandatangani. Kirim fotonya di sini, lalu perpanjang.")  # fmt: skip
    day = made.day(-4)
    matters.open_(
        person=person, kind="complaint", by=worker, on=day, at=made.moment(day),
        text="Upah dua bulan dipotong untuk biaya penempatan yang sudah saya bayar.",
    )  # fmt: skip
    day = made.day(-2)
    matters.open_(
        person=made.placed["ending in 7 days"][0].person, kind="question", by=mission, on=day, at=made.moment(day),
        text="Perjanjian berakhir minggu depan. Sudah ada kabar perpanjangan?",
    )  # fmt: skip


def _compare(made: _World) -> None:
    """The mission in Taipei sends its own list: some dates differ, some people are missing, one we do not have."""
    day = made.day(-1)
    content = _their_list(made)
    report = lists.check(
        organisation=made.bodies[TAIPEI], purpose="compare", content=content, name="lapor-diri-taipei.csv", as_of=day,
        whole=True, by=SYSTEM, on=day, at=made.moment(day),
    )  # fmt: skip
    lists.commit(list=report.list, by=SYSTEM, on=day, at=made.moment(day), without_stopped=True)


THEIRS = """
SELECT m.id, a.starts, a.ends FROM migrants_placement m
JOIN LATERAL (SELECT * FROM migrants_agreement WHERE placement_id = m.id ORDER BY number DESC LIMIT 1) a ON TRUE
WHERE m.destination_id = 'TW' AND m.state IN ('departed', 'working') ORDER BY m.id
"""


def _their_list(made: _World) -> bytes:
    goers = {
        placed.placement: goer
        for key, placed_ in made.placed.items()
        for placed, goer in zip(placed_, made.goers[key], strict=True)
    }
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";")
    sheet.writerow(("No", "Nama PMI", "NIK", "No Paspor", "Tgl Lahir", "Negara", "Majikan", "Jabatan",
                    "Mulai Kontrak", "Akhir Kontrak"))  # fmt: skip
    found = sql.rows(THEIRS)
    for n, (placement, starts, ends) in enumerate(found[: len(found) - NOT_IN_LIST]):
        goer = goers[placement]
        later = dt.timedelta(days=31) if n < WRONG_DATES else dt.timedelta()
        sheet.writerow((n + 1, goer.name.upper(), goer.nik, goer.passport, f"{goer.birth:%d/%m/%Y}", "Taiwan",
                        goer.employer, goer.job, f"{starts:%d/%m/%Y}", f"{ends + later:%d/%m/%Y}"))  # fmt: skip
    (extra,) = abroad.goers(story=abroad.STORIES[0], count=1, first=900, seed=1)
    sheet.writerow((len(found), extra.name.upper(), extra.nik, extra.passport, f"{extra.birth:%d/%m/%Y}", "Taiwan",
                    extra.employer, extra.job, f"{made.day(-40):%d/%m/%Y}", f"{made.day(690):%d/%m/%Y}"))  # fmt: skip
    return out.getvalue().encode()
