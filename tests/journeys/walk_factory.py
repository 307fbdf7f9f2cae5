"""A factory worker's way through the house. `python -m tests.journeys.walk_factory` writes docs/walk-factory.md.

Every line under a step is what a journey or query really answered; `check` stops the walk where the answer is wrong.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.story import Story, begin, check, moment, table, write

PAGE = Path(__file__).resolve().parents[2] / "docs" / "walk-factory.md"
HEAD = """\
# A factory worker's walk

A garment worker of Cilacap: hired, reported, paid late, her wage corrected, dismissed, and protected on as
self-employed. She, her firm and everybody in it are made up. This page is written by the test that walks it
(`tests/journeys/walk_factory.py`, against a real PostgreSQL): every line in a box is what the code answered, in Bahasa
Indonesia where it speaks to people. `python -m tests.journeys.walk_factory` writes it again.
"""
NIK = "3301215203950001"
TITLES = "NIK;Nama;Nomor karyawan;Tanggal mulai bekerja;Upah pokok;Tunjangan tetap"
MATES = (
    ("3301210107900002", "Agus Salim", "K-002", "01/02/2024", 3_400_000, 200_000),
    ("3301214408880003", "Rukmini", "K-003", "15/06/2023", 2_900_000, 150_000),
    ("3301211212920004", "Bambang Sutopo", "K-004", "01/09/2025", 6_500_000, 750_000),
)


@dataclass
class Cast:
    """Who takes part: the clerk with the firm, an officer, an inspector, the bank; and Siti once she is listed."""

    clerk: object
    inspector: object
    bank: object
    firm: int = 0
    npp: str = ""
    siti: int = 0
    number: str = ""
    employment: int = 0
    line: int = 0


def cast() -> Cast:
    from teduh.security.access import SYSTEM, Actor
    from teduh.security.models import Role, User

    made = {}
    for name, role in (("bu_wati", Role.EMPLOYER), ("pak_yusuf", Role.INSPECTOR)):
        user = User.objects.create(username=name, role=role)
        made[role] = Actor(user=user.pk, name=name, role=role)
    return Cast(made[Role.EMPLOYER], made[Role.INSPECTOR], SYSTEM)


def herself(who: Cast):
    from teduh.security.access import Actor

    return Actor(user=None, name="Siti Aminah", role="member", person=who.siti)


def sheet(*, base: int, siti: bool = True) -> bytes:
    """The clerk's file of a month: title lines above, Rp and dots, as people make them."""
    rows = [(NIK, "Siti Aminah", "K-001", "02/03/2026", base, 300_000)] if siti else []
    written = [
        f"'{nik};{name};{number};{day};Rp {pay:,};{fixed:,}".replace(",", ".")
        for nik, name, number, day, pay, fixed in (*rows, *MATES)
    ]
    return "\n".join(["PT Jahit Segara;;;;;", "DAFTAR UPAH KARYAWAN;;;;;", TITLES, *written, ";Jumlah;;;;"]).encode(
        "cp1252"
    )


def registers(story: Story, who: Cast) -> None:
    from teduh.employers.facts import NewFirm
    from teduh.journeys.employers import employers

    day = dt.date(2026, 3, 4)
    story.step(
        "1. The firm registers, 4 March 2026",
        """Bu Wati, the clerk, answers a page of questions. What the firm must take part in follows from its size
        (Perpres 109/2013), its JKK rate from what it makes (PP 82/2019 Lampiran I), and both are said at once.""",
    )
    made = employers.register(
        firm=NewFirm(name="PT Jahit Segara", legal_form="PT", region="33.01.22", address="Jl. Laut 4, Cilacap",
                     activity="Konveksi pakaian jadi", risk_class=1, evidence="NIB: KBLI 14111, foto ruang jahit",
                     capital=7_000_000_000, from_month=None, phone="0282555123"),
        by=who.clerk, on=day, at=moment(day),
    )  # fmt: skip
    who.firm, who.npp = made.employer, made.npp
    story.show([
        f"NPP      {made.npp}",
        f"ukuran   {made.mandatory.size} [{'; '.join(made.mandatory.articles)}]",
        f"program  {', '.join(made.programmes)}{' dan JKP' if made.has_jkp else ''}",
        *(f"- {one.what.id} sampai {one.until} [{'; '.join(one.articles)}; {one.status}]" for one in made.deadlines),
        *(f"- masih kurang: {one.id}" for one in made.missing),
    ])  # fmt: skip
    check(made.programmes == ("JKK", "JKM", "JHT", "JP") and made.has_jkp, "a medium firm takes part in everything")


def reports(story: Story, who: Cast):
    from teduh.core.text import rupiah
    from teduh.employers.models import Employment
    from teduh.journeys.wages import wage_return
    from teduh.law.months import Month
    from teduh.registry.models import Person
    from teduh.security import crypto

    day = dt.date(2026, 4, 7)
    story.step(
        "2. Hired and reported: March's wage return, 7 April",
        """Siti began on 2 March. The clerk sends the sheet she has, with its title lines, dots and a row of totals.
        Before anything is filed she sees what was understood, every amount, and what is odd.""",
    )
    report = wage_return.check(
        employer=who.firm, month=Month(2026, 3), content=sheet(base=2_400_000), name="upah maret.csv", by=who.clerk,
        on=day, at=moment(day),
    )  # fmt: skip
    check(report.may_file and report.workers == 4 and report.stopped == 0, str(report.findings))
    story.show([
        f"{report.workers} pekerja, upah {rupiah(report.wages)}, jatuh tempo {report.due_on}",
        *table([("program", "pemberi kerja", "pekerja", "pasal")] + [
            (one.programme, rupiah(one.employer), rupiah(one.worker), "; ".join(one.articles)) for one in report.totals
            if one.employer or one.worker]),
        f"harus dibayar {rupiah(report.to_pay)}",
        *(f"baris {one.number} ({one.severity}): {one.text.id}" for one in report.findings if one.severity != "note"),
    ])  # fmt: skip
    filed = wage_return.file(wage_return=report.wage_return, by=who.clerk, on=day, at=moment(day, 11))
    again = wage_return.file(wage_return=report.wage_return, by=who.clerk, on=day, at=moment(day, 12))
    check((filed.bill, filed.version) == (again.bill, again.version), "filed twice is filed once")
    check(filed.bill_amount == report.to_pay, "the bill asks what the dry run said")
    person = Person.objects.get(nik_index=crypto.blind("nik", NIK))
    who.siti, who.number = person.pk, person.member_number
    who.employment = Employment.objects.get(person=person).pk
    story.show([f"versi {filed.version}, tagihan {rupiah(filed.bill_amount)} dengan satu kode bayar; dikirim dua kali, "
                f"dilaporkan sekali; nomor peserta Siti {who.number}"])  # fmt: skip
    return filed


def pays(who: Cast, bill: int, day: dt.date, reference: str, amount: int | None = None):
    """The firm pays what its page asks for on that day, or part of it."""
    from teduh.contributions import wage_queries
    from teduh.journeys.money import pay

    page = wage_queries.bill_view(bill=bill, actor=who.clerk, on=day)
    notice = pay.Notice("BRI", reference, page.code, amount or page.to_pay, moment(day, 9))
    (outcome,) = pay.receive(notices=[notice], on=day, at=moment(day, 10), by=who.bank)
    return outcome


def is_told(story: Story, who: Cast, filed) -> None:
    from teduh.coverage import queries as coverage
    from teduh.journeys.worker import messages as worker_messages
    from teduh.journeys.worker import months as worker_months
    from teduh.outreach import queries as messages

    story.step(
        "3. She is told, and paid in time",
        """She hears from the fund what was reported for her; and when the money is there, that it is. Her cover starts
        when the number is issued and the first contribution paid (PP 44/2015 Pasal 6).""",
    )
    day = dt.date(2026, 4, 14)
    worker_messages.filed(
        wage_return=filed.wage_return, by=who.bank, on=dt.date(2026, 4, 7), at=moment(dt.date(2026, 4, 7))
    )
    outcome = pays(who, filed.bill, day, "20260414-1")
    check(outcome.waiting == 0, "all of it settles")
    worker_messages.paid(bill=filed.bill, by=who.bank, at=moment(day))
    told = messages.inbox(actor=herself(who), limit=10)[::-1]
    check(len(told) == 2, "told when reported and when paid")
    story.show(f"{one.title.id}: {one.body.id}" for one in told)
    months = worker_months.months(actor=herself(who), person=who.siti, on=day).months
    check(months[0].state == "paid", months[0].state)
    days = (dt.date(2026, 4, 13), day)
    covers = [coverage.protection(person=who.siti, on=each) for each in days]
    check([cover.state for cover in covers] == ["never", "protected"], str([c.state for c in covers]))
    story.show(table([(cover.on, cover.state, cover.next_step.id) for cover in covers]))


def is_paid_late(story: Story, who: Cast):
    from teduh.core.text import rupiah
    from teduh.coverage import queries as coverage
    from teduh.journeys.wages import wage_return
    from teduh.law.months import Month

    story.step(
        "4. April is paid late",
        """April's return is filed in time and paid seven weeks late. Siti stays protected: an employer's debt never
        takes a worker's right (PP 44/2015 Pasal 38 and 41). Part of the money first protects everybody, then fills
        savings, the lowest wage first. What lateness costs is the employer's alone: 2 % a month begun; JP's comes
        with the arrears, the rest on the next bill.""",
    )
    day = dt.date(2026, 5, 8)
    report = wage_return.check(
        employer=who.firm, month=Month(2026, 4), content=sheet(base=2_400_000), name="upah april.csv", by=who.clerk,
        on=day, at=moment(day),
    )  # fmt: skip
    same = report.difference.same
    story.show([f"dibanding {report.difference.against}: {same.people} tetap, {report.difference.joined.people} masuk, "
                f"{report.difference.left.people} keluar, {report.difference.missing.people} hilang"])  # fmt: skip
    check(same.people == 4, "nothing changed")
    filed = wage_return.file(wage_return=report.wage_return, by=who.clerk, on=day, at=moment(day))
    june = dt.date(2026, 6, 2)
    cover = coverage.protection(person=who.siti, on=june)
    check(cover.is_protected, f"her employer is behind, she is not: {cover.state}")
    story.show([f"{june}  {cover.state}", *(f"{one.programme}: {one.what.id} [{'; '.join(one.articles)}]"
                                            for one in cover.mandatory)])  # fmt: skip
    pays(who, filed.bill, dt.date(2026, 6, 10), "20260610-1", 600_000)
    pays(who, filed.bill, dt.date(2026, 7, 3), "20260703-1")
    from teduh.contributions.models import Penalty

    late = list(Penalty.objects.filter(cancelled_on=None).order_by("on", "programme"))
    check(bool(late) and all(one.months_late in (1, 2) for one in late), "late by one month and by two")
    story.show(table([("denda", "dibayar", "iuran", "bulan", "jumlah", "pasal")] + [
        (one.programme, one.on, rupiah(one.contribution), one.months_late, rupiah(one.amount), "; ".join(one.articles))
        for one in late]))  # fmt: skip
    return filed


def is_corrected(story: Story, who: Cast) -> None:
    from teduh.core.text import rupiah
    from teduh.employers.models import WageLine
    from teduh.journeys.compliance import worker_reports
    from teduh.journeys.wages import wage_return
    from teduh.journeys.worker import months as worker_months
    from teduh.journeys.worker import worker_report
    from teduh.law.months import Month

    story.step(
        '5. "This is not my wage"',
        """Her base is Rp2.900.000, not Rp2.400.000. She says so in confidence; the employer can trace nothing to her,
        and nothing is quoted to him. The inspector asks the firm for its payroll; the clerk corrects April. A corrected
        month is computed by the law of that month, the difference is billed, and the first version stays readable.""",
    )
    day = dt.date(2026, 7, 6)
    number = worker_report.tell(
        person=who.siti, kind="wrong_wage", employer=who.firm, month=Month(2026, 4), wage=3_200_000,
        text="Slip saya 2.900.000 dan tunjangan 300.000", by=herself(who), on=day,
    )  # fmt: skip
    worker_reports.take(number=number, by=who.inspector, on=day)
    read = worker_reports.read(number=number, why="memeriksa upah PT Jahit Segara", by=who.inspector)
    check("2.900.000" in read.text, "the inspector reads it for a stated purpose")
    content = f"{TITLES}\n{NIK};Siti Aminah;K-001;02/03/2026;2900000;300000\n".encode()
    report = wage_return.check(employer=who.firm, month=Month(2026, 4), content=content, name="koreksi siti.csv",
                               by=who.clerk, on=day, at=moment(day), only_changes=True)  # fmt: skip
    check(report.kind == "amendment" and report.difference.up.people == 1 and report.to_pay > 0, report.kind)
    filed = wage_return.file(wage_return=report.wage_return, by=who.clerk, on=day, at=moment(day, 14))
    story.show([
        f"pembetulan versi {filed.version}: {report.difference.up.people} naik, selisih {rupiah(report.to_pay)}, "
        f"tagihan {rupiah(filed.bill_amount)} (dengan denda yang terbuka)",
        *table([("versi", "dilaporkan", "pekerja", "upah")] + [
            (one.version, one.filed_on, one.workers, rupiah(one.wages))
            for one in wage_return.versions(employer=who.firm, month=Month(2026, 4), by=who.clerk)]),
    ])  # fmt: skip
    known = wage_return.as_known_on(
        employer=who.firm, month=Month(2026, 4), by=who.clerk, at=moment(dt.date(2026, 7, 1))
    )
    pays(who, filed.bill, day, "20260706-1")
    worker_reports.answer(
        number=number, text="Upah April sudah dibetulkan.", by=who.inspector, on=day, at=moment(day, 16)
    )
    april = next(one for one in worker_months.months(actor=herself(who), person=who.siti, on=day).months
                 if one.month == Month(2026, 4))  # fmt: skip
    check([one.wage for one in april.versions] in ([2_700_000, 3_200_000], [3_200_000, 2_700_000]), str(april.versions))
    story.tell(
        "On her page, April before and after, and what the firm's return said on 1 July (*what was known when*):"
    )
    story.show([*(f"versi {one.version} ({one.on}): {rupiah(one.wage)}" for one in april.versions),
                f"pada 1 Juli diketahui: upah {rupiah(sum(one.wage for one in known.lines))}"])  # fmt: skip
    own = worker_report.own(actor=herself(who))
    check(own[0].answer != "" and own[0].number == number, "she is answered")
    who.line = WageLine.objects.filter(person_id=who.siti, month=Month(2026, 4)).order_by("-id").first().pk


def catches_up(who: Cast) -> None:
    """The firm files and pays May and June, with her right wage."""
    from teduh.journeys.wages import wage_return
    from teduh.law.months import Month

    day = dt.date(2026, 7, 14)
    for month in (Month(2026, 5), Month(2026, 6)):
        report = wage_return.check(
            employer=who.firm, month=month, content=sheet(base=2_900_000), name=f"upah {month}.csv", by=who.clerk,
            on=day, at=moment(day),
        )  # fmt: skip
        filed = wage_return.file(wage_return=report.wage_return, by=who.clerk, on=day, at=moment(day))
        pays(who, filed.bill, day, f"20260714-{month}")


def walks_back(story: Story, who: Cast) -> None:
    from teduh.core.text import rupiah
    from teduh.journeys.worker import months as worker_months
    from teduh.journeys.worker import trail as worker_trail

    story.step(
        "6. From her balance to the line of the file, and back",
        """Her JHT account is a list of postings. From any of them she walks back: entry, receipt, bill, line, version,
        the row of the clerk's file; and from that line forward to the books.""",
    )
    day = dt.date(2026, 7, 10)
    wages = worker_months.months(actor=herself(who), person=who.siti, on=day)
    story.show([f"saldo JHT {rupiah(wages.jht.balance)}; masa iur JP {wages.jp.months} bulan dari {wages.jp.needed}"])
    check(wages.jht.balance > 0 and wages.jp.months == 2, f"two months paid: {wages.jp.months}")
    (trail,) = worker_trail.trail(actor=herself(who), person=who.siti, line=who.line)
    own = [one for one in trail.booked if one.is_own]
    check(bool(own) and sum(one.amount for one in own) == trail.jht, "what is booked for her is what the line says")
    story.show([
        f"berkas   {trail.file_name}, baris {trail.number}, versi {trail.version} ({trail.filed_by}, {trail.filed_on})",
        f"upah     {rupiah(trail.wage)}; JHT {rupiah(trail.jht)} (selisih baris ini)",
        f"tagihan  {trail.bill_number}, {trail.bill_state}",
        *(f"uang     {one.bank} {one.bank_reference}: {rupiah(one.amount)} untuk {one.part}" for one in trail.money),
        *(f"buku     {one.reference}: {one.debit} -> {one.credit} {rupiah(one.amount)}" for one in own),
    ])  # fmt: skip


def is_dismissed(story: Story, who: Cast) -> None:
    from teduh.core.text import rupiah
    from teduh.coverage import queries as coverage
    from teduh.journeys.employers import going_on, leaving
    from teduh.journeys.money import pay

    story.step(
        "7. Dismissed on 31 July",
        """The firm has caught up with May and June. Orders are few, and it lets Siti go. It reports the end with its
        cause, and what follows for each programme is said at once, with its dates.""",
    )
    catches_up(who)
    day = dt.date(2026, 7, 31)
    view = leaving.tell(employment=who.employment, ended_on=day, cause="dismissed", by=who.clerk, on=day)
    check(any(one.programme == "JKP" and one.code == "claim" for one in view.consequences), "JKP has its window")
    story.show(
        f"{one.programme}: {one.what.id}{_span(one)} [{'; '.join(one.articles)}; {one.status}]"
        for one in view.consequences
    )
    story.step(
        "8. On her own, without a day uncovered",
        """She sews at home now. One step enrols her as self-employed and makes the first bill; paid by the day after
        her last day of work, her cover has no gap.""",
    )
    from teduh.registry.facts import EvidenceGiven

    work = going_on.Work(income=1_500_000, occupation="penjahit",
                         evidence=(EvidenceGiven(kind="photo", text="Mesin jahit di rumah"),))  # fmt: skip
    made = going_on.continue_as_self_employed(person=who.siti, work=work, by=herself(who), on=day, at=moment(day, 15))
    check(made.gap is None and made.bill is not None, "no gap if she pays in time")
    story.show([f"tagihan {made.bill.number}: {rupiah(made.bill.amount)}, kode bayar {made.bill.code}",
                *(one.id for one in made.notes)])  # fmt: skip
    first = dt.date(2026, 8, 1)
    pay.receive(notices=[pay.Notice("DANA", "20260801-7", made.bill.code, made.bill.amount, moment(first, 8))],
                on=first, at=moment(first, 9), by=who.bank)  # fmt: skip
    days = (day, first, dt.date(2026, 8, 2))
    covers = [coverage.protection(person=who.siti, on=each) for each in days]
    check([cover.state for cover in covers] == ["protected"] * 3, str([(str(c.on), c.state) for c in covers]))
    story.show(table([(cover.on, cover.state, cover.next_step.id) for cover in covers]))


def _span(one) -> str:
    return f" ({one.from_day or '…'} – {one.until_day or '…'})" if one.from_day or one.until_day else ""


def balances(story: Story, who: Cast) -> None:
    from teduh.core.text import rupiah
    from teduh.journeys.money import statement
    from teduh.ledger import queries as books

    story.step(
        "9. The books", """Every fund balances; the JKP fund has been filled from JKK, and the State owes its part."""
    )
    day = dt.date(2026, 8, 2)
    found = books.trial_balance(on=day)
    check(found.balanced and statement.check(on=day) == (), f"in balance: {statement.check(on=day)}")
    rows = [(row.account, rupiah(row.debit), rupiah(row.credit), rupiah(row.balance)) for row in found.rows
            if row.debit or row.credit]  # fmt: skip
    story.show(table([("akun", "debit", "kredit", "saldo"), *rows]))


def walk() -> str:
    """Walk it in an empty migrated database with all reference lists loaded; the page it makes."""
    begin()
    story, who = Story(HEAD), cast()
    registers(story, who)
    filed = reports(story, who)
    is_told(story, who, filed)
    is_paid_late(story, who)
    is_corrected(story, who)
    walks_back(story, who)
    is_dismissed(story, who)
    balances(story, who)
    return story.page()


if __name__ == "__main__":
    write(PAGE, walk)
