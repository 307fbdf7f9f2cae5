"""Six made-up employers with some months behind them: registered, reporting, paying or not, through the same journeys.

Everything is here that makes the work: a return corrected, one missing, one paid late with its penalty, one in part, a
firm in arrears with a first warning, a dismissal, workers of two firms or with work of their own, a Jakon project, an
accountant of three firms.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from teduh.contributions import bills, wage_queries
from teduh.core.clock import JAKARTA
from teduh.employers import queries as employers
from teduh.employers import reference
from teduh.employers.models import Basis, Employer, Employment, RiskClass, StaffRole
from teduh.employers.projects import NewProject
from teduh.journeys.compliance import compliance
from teduh.journeys.employers import desk, leaving
from teduh.journeys.employers import employers as journey
from teduh.journeys.money import pay
from teduh.journeys.projects import projects, workers
from teduh.journeys.wages import wage_return
from teduh.law.months import Month
from teduh.national import workplaces
from teduh.national.workplaces import LAST, MONTHS, NEVER, WORKPLACES, Hand, Workplace
from teduh.payments.models import BillKind
from teduh.registry import actions as registry
from teduh.registry.models import Person
from teduh.security import actions as audit
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import User

SEED = 2026
OWNER, ACCOUNTANT, INSPECTOR, OFFICER, WORKER = "employer", "accountant", "inspector", "officer", "worker"
#: Whose books the accountant keeps.
ACCOUNTS = (workplaces.WORKSHOP, workplaces.SHOP, workplaces.JOINERY)
TITLES = ("NIK", "Nama Karyawan", "Tgl Lahir", "L/P", "No Induk", "Lokasi", "Tgl Masuk", "Tgl Keluar", "Alasan",
          "Gaji Pokok", "Tunjangan Tetap")  # fmt: skip
#: How many of the self-employed of the district also have a wage, and at how many of the garment factory's workers a
#: second firm pays as well.
ALSO_OWN, AT_TWO = 5, 2
DISMISSED = 1


@dataclass
class _World:
    """What is being made: the firms by key, their people, and money that is on its way on a day."""

    on: dt.date
    at: dt.datetime
    accounts: Mapping[str, int]
    firms: dict[str, int] = field(default_factory=dict)
    hands: dict[str, list[Hand]] = field(default_factory=dict)
    coming: list[tuple[dt.date, int, int]] = field(default_factory=list)
    told: int = 0

    def month(self, place: int) -> Month:
        """The month at a place; the last is the one that has just ended."""
        return Month.of(self.on).plus(place - MONTHS)

    def moment(self, day: dt.date, hour: int = 9) -> dt.datetime:
        return min(dt.datetime.combine(day, dt.time(hour), JAKARTA), self.at)

    def actor(self, key: str) -> Actor:
        user = User.objects.get(pk=self.accounts[key])
        return Actor(user=user.pk, name=user.username, role=user.role)

    def filer(self, key: str) -> Actor:
        return self.actor(ACCOUNTANT if key in ACCOUNTS else OWNER)


def is_created() -> bool:
    """Whether the firms are there."""
    return Employer.objects.filter(name=WORKPLACES[0].name).exists()


def create(*, on: dt.date, at: dt.datetime, accounts: Mapping[str, int]) -> None:
    """Make the firms as they stand on a day, all of them or none. `accounts`: what somebody is here -> user.

    Nothing is done if they are there already.
    """
    with transaction.atomic():
        if is_created():
            return
        made = _World(on, at, accounts)
        _register(made)
        for place in range(MONTHS):
            for firm in WORKPLACES:
                if place >= firm.since and place not in firm.missing:
                    _report(made, firm, place)
            _dismiss(made, place)
            _banks_tell(made, upto=_paying_day(made, place))
        _correct(made)
        _build(made)
        _banks_tell(made, upto=on)
        _warn(made)
        _sign_in(made)
        audit.record(by=SYSTEM, action="demo.employers", detail={"firms": len(WORKPLACES)})


def _register(made: _World) -> None:
    own = _self_employed()
    for place in WORKPLACES:
        first = made.month(place.since)
        known = own if place.key == workplaces.WORKSHOP else ()
        if place.key == workplaces.SHOP:
            known = tuple((one.nik, one.name, one.birth, one.is_woman)
                          for one in made.hands[workplaces.GARMENT][:AT_TWO])  # fmt: skip
        made.hands[place.key] = workplaces.hands(place, seed=SEED, known=known)
        by, day = made.actor(OWNER), first.day(3)
        firm = journey.register(firm=_said(place, first), by=by, on=day, at=made.moment(day))
        made.firms[place.key] = firm.employer
        _furnish(made, place, firm.employer, by, day)


def _self_employed() -> tuple[tuple[str, str, dt.date, bool], ...]:
    """Some people of the district who work for themselves: they have a wage besides."""
    enrolled = Person.objects.filter(merged_into=None, enrolments__isnull=False).order_by("pk").distinct()
    rows = enrolled[20 : 20 + ALSO_OWN]
    return tuple((row.nik, row.name, row.birth_date, row.sex == "F") for row in rows)


def _said(place: Workplace, first: Month) -> journey.NewFirm:
    activity = reference.activity_named(name=place.activity)
    assert activity is not None, place.activity
    serial = f"{[one.key for one in WORKPLACES].index(place.key) + 1:04d}"
    return journey.NewFirm(
        name=place.name, legal_form=place.legal_form, nib=f"912000000{serial}", region=place.district,
        address=place.street, phone=f"0282-55{serial}", activity=activity.id, evidence="NIB dan foto tempat kerja",
        capital=place.capital, programmes=place.programmes, labour_intensive=place.labour_intensive,
        labour_evidence="Surat keterangan Dinas Perindustrian" if place.labour_intensive else "", from_month=first,
        contact_name="Ratna Wulandari", contact_position="Bagian keuangan", contact_phone=f"0860000{serial}",
    )  # fmt: skip


def _furnish(made: _World, place: Workplace, employer: int, by: Actor, day: dt.date) -> None:
    """A second site, the bank account, the accountant; an officer confirms the risk classes of the larger ones."""
    told = {"employer": employer, "by": by, "on": day}
    if place.second_site:
        name, region = place.second_site
        activity = reference.activity_named(name=place.activity)
        journey.open_site(
            name=name, region=region, opened_on=day.replace(day=1), activity=activity.id if activity else "",
            evidence="Izin gudang", **told,
        )  # fmt: skip
    journey.set_bank_account(bank_code="BRI", account_number=f"0033010{employer:08d}", account_name=place.name, **told)
    if place.key in ACCOUNTS:
        username = User.objects.get(pk=made.accounts[ACCOUNTANT]).username
        journey.add_staff(username=username, role=StaffRole.FILER, **told)
    if place.workers > 20:
        for risk in RiskClass.objects.filter(worksite__employer=employer, state="declared"):
            journey.confirm(risk=risk.pk, by=made.actor(OFFICER), on=day, why="Sesuai NIB")


def _report(made: _World, firm: Workplace, place: int) -> None:
    """A month's sheet, checked and filed in the next month; what it asks for is paid as the firm's story says."""
    day = min(made.month(place).plus(1).day(6), made.on)
    bill = _file(made, firm.key, place, _sheet(made, firm, place), day)
    late = firm.pays.get(place, -5)
    if bill is not None and late != NEVER:
        paid = desk.due_on(made.month(place)) + dt.timedelta(days=late)
        made.coming.append((max(paid, day), bill, firm.part.get(place, 100)))


def _file(made: _World, key: str, place: int, sheet: bytes, day: dt.date) -> int | None:
    month, by = made.month(place), made.filer(key)
    report = wage_return.check(
        employer=made.firms[key], month=month, content=sheet, name=f"upah-{month}.csv", by=by, on=day,
        at=made.moment(day),
    )  # fmt: skip
    filed = wage_return.file(wage_return=report.wage_return, by=by, on=day, at=made.moment(day, 10))
    return filed.bill


def _sheet(made: _World, firm: Workplace, place: int, *, corrected: bool = False) -> bytes:
    """The payroll of a month as the firm keeps it. In the month to be corrected some wages were old ones."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(TITLES)
    for n, hand in enumerate(made.hands[firm.key]):
        if hand.joined > place or (hand.until is not None and hand.until < place):
            continue
        wage = hand.wage + (100_000 if place >= 3 and n % 4 == 0 else 0)
        if firm.corrected == place and not corrected and n % 30 == 7:
            wage -= 200_000
        leaves = hand.until == place
        began = made.month(max(hand.joined, firm.since)).day(2)
        writer.writerow([
            hand.nik, hand.name, f"{hand.birth:%d-%m-%Y}", "P" if hand.is_woman else "L", hand.number, hand.site,
            f"{began:%d-%m-%Y}", f"{made.month(place).last:%d-%m-%Y}" if leaves else "",
            "Mengundurkan diri" if leaves else "", wage, hand.allowance,
        ])  # fmt: skip
    return out.getvalue().encode()


def _paying_day(made: _World, place: int) -> dt.date:
    """By then the money of this month's returns is told, before the next ones are filed."""
    return min(made.month(place).plus(2).day(5), made.on)


def _banks_tell(made: _World, *, upto: dt.date) -> None:
    """What banks tell until a day, day by day: each bill's money, in whole or in part."""
    for day, bill, part in sorted(one for one in made.coming if one[0] <= upto):
        row = bills.bill(id=bill, on=day)
        assert row is not None
        made.told += 1
        notice = pay.Notice(
            "BNI" if made.told % 2 else "MANDIRI", f"W{day:%Y%m%d}{made.told:06d}", row.code,
            _asked(row, day) * part // 100, made.moment(day, 10),
        )  # fmt: skip
        pay.receive(notices=[notice], on=day, at=made.moment(day, 11), by=SYSTEM)
    made.coming = [one for one in made.coming if one[0] > upto]


def _asked(row: bills.BillRow, day: dt.date) -> int:
    """What the code asks for on the day; of wages with JP's penalty, which is paid with the arrears."""
    return wage_queries.bill_page(row=row, on=day, limit=0).to_pay if row.kind == BillKind.WAGES else row.remaining


def _dismiss(made: _World, place: int) -> None:
    """The workshop lets somebody go in the month before the last, and tells it at once."""
    if place != LAST - 1:
        return
    firm = made.firms[workplaces.WORKSHOP]
    hand = made.hands[workplaces.WORKSHOP][-DISMISSED]
    job = Employment.objects.filter(employer=firm, number=hand.number, ended_on=None).get()
    day = made.month(place).last
    leaving.tell(
        employment=job.pk, ended_on=day, cause="dismissed", by=made.filer(workplaces.WORKSHOP),
        on=min(day + dt.timedelta(days=3), made.on), text="Pesanan berkurang.",
    )  # fmt: skip
    made.hands[workplaces.WORKSHOP].remove(hand)


def _correct(made: _World) -> None:
    """The garment factory had reported old wages for some: a second version, and a bill for the difference."""
    for firm in WORKPLACES:
        if firm.corrected is not None:
            day = min(made.month(LAST).plus(1).day(12), made.on)
            sheet = _sheet(made, firm, firm.corrected, corrected=True)
            bill = _file(made, firm.key, firm.corrected, sheet, day)
            if bill is not None:
                made.coming.append((min(day + dt.timedelta(days=2), made.on), bill, 100))


def _build(made: _World) -> None:
    """A Jakon project in three terms, of which one is paid, with its first people."""
    by, starts = made.actor(OWNER), made.month(3).day(9)
    view = projects.register(
        project=NewProject(
            employer=made.firms[workplaces.BUILDER], name="Rehabilitasi dermaga PPS Cilacap tahap II",
            basis=Basis.CONTRACT, value=8_750_000_000, starts=starts, ends=made.month(LAST).plus(7).last, instalments=3,
            contract_number="027/PPK-DKP/VIII", owner="Dinas Kelautan dan Perikanan", region="33.01.21",
            workers_expected=40,
        ),
        by=by, on=starts,
    )  # fmt: skip
    people = made.hands[workplaces.CANNERY][-12:]
    lines = "\n".join(f"{one.nik};{one.name};Tukang batu;;" for one in people)
    workers.add_typed(number=view.row.number, text=lines, by=by, on=starts)
    first = view.dues[0]
    if first.bill is not None:
        made.coming.append((starts + dt.timedelta(days=4), first.bill, 100))


def _warn(made: _World) -> None:
    """The joinery owes four months: an inspector has visited it, and written a first time."""
    if made.on < desk.due_on(made.month(LAST - 1)) + dt.timedelta(days=9):
        return
    by, day = made.actor(INSPECTOR), desk.due_on(made.month(LAST - 1)) + dt.timedelta(days=8)
    case = compliance.open_case(
        employer=made.firms[workplaces.JOINERY], violation="jht_not_paid", by=by, on=day,
        why="Iuran beberapa bulan berturut-turut belum disetor",
    )  # fmt: skip
    compliance.take(case=case.row.id, kind="visit", why="Kunjungan; pemilik berjanji menyetor", by=by, on=day)
    compliance.take(case=case.row.id, kind="warning_1", why="Iuran belum disetor setelah kunjungan", by=by, on=day)


def _sign_in(made: _World) -> None:
    """The worker's sign-in is a garment worker's, who has a wage at a shop as well."""
    if WORKER not in made.accounts:
        return
    page = employers.workers(
        by=made.actor(OWNER), employer=made.firms[workplaces.GARMENT], on=made.on, limit=1,
        search=made.hands[workplaces.GARMENT][0].number,
    )  # fmt: skip
    registry.link_account(user=made.accounts[WORKER], person=page.workers[0].person, by=SYSTEM)
