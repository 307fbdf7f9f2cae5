"""A migrant worker's way through the house. `python -m tests.journeys.walk_migrant` writes docs/walk-migrant.md.

Every line under a step is what a journey or query really answered; `check` stops the walk where the answer is wrong.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.story import Story, begin, check, moment, table, write

PAGE = Path(__file__).resolve().parents[2] / "docs" / "walk-migrant.md"
HEAD = """\
# A migrant's walk

A woman of Cilacap goes to Taiwan to care for the old: on an agency's list before she leaves, asked about at the
departure gate, extended from abroad by her husband's payment, found with other dates in the mission's list, home
again and protected on as self-employed. She, the agency and everybody in it are made up. This page is written by the
test that walks it (`tests/journeys/walk_migrant.py`, against a real PostgreSQL): every line in a box is what the code
answered, in Bahasa Indonesia where it speaks to people. `python -m tests.journeys.walk_migrant` writes it again.
"""
NIK = "3301215203950001"
PHONE = "+6281234500777"
#: Row 3 lacks four digits of its NIK and the end of its agreement.
ROWS = """\
1;'3301215203950001;Siti Aminah;12-03-1995;C 1234567;12/08/2028;TAIWAN;Perawat lansia;Lin Fu;01/03/2024;28/02/2026
2;'3301214408880003;Rukmini;04-08-1988;C2345678;03/02/2029;Hongkong;Penata laksana;Chan Mei;01/03/2024;28/02/2026
3;330121010790;Agus Salim;01-07-1990;C3456789;;TAIWAN;Operator;Formosa;01/03/2024;"""
TITLES = (
    "NO;NIK;NAMA LENGKAP;TGL LAHIR;NO PASPOR;PASPOR BERLAKU SAMPAI;NEGARA TUJUAN;JABATAN;PENGGUNA;MULAI KONTRAK;"
    "AKHIR KONTRAK"
)
SHEET = "\n".join(["PT Bahari Karya Luar Negeri;;;;;;;;;;", "DAFTAR CPMI BERANGKAT MARET 2024;;;;;;;;;;", TITLES, ROWS])
MISSION_SHEET = "\n".join([
    "NIK;Nama;No Paspor;Negara;Majikan;Mulai Kontrak;Akhir Kontrak",
    "3301215203950001;SITI AMINAH;C1234567;Taiwan;Lin Fu-Hsing;2026-03-01;2026-10-31",
])  # fmt: skip


@dataclass
class Cast:
    """Who takes part; Siti's placement and her husband's account once they are there."""

    clerk: object
    kdei: object
    bank: object
    agency: int = 0
    mission: int = 0
    siti: int = 0
    placement: int = 0
    number: str = ""
    husband: object = None


def cast() -> Cast:
    from teduh.journeys.migrants import organisations
    from teduh.security.access import SYSTEM, Actor
    from teduh.security.models import Role, User

    made = {}
    for name, role in (("pak_hadi", Role.AGENCY), ("bu_ratna", Role.MISSION)):
        user = User.objects.create(username=name, role=role)
        made[role] = Actor(user=user.pk, name=name, role=role)
    who = Cast(made[Role.AGENCY], made[Role.MISSION], SYSTEM)
    since = dt.date(2024, 1, 2)
    who.agency = organisations.register(code="BAHARI", kind="agency", name="PT Bahari Karya Luar Negeri",
                                        licence="SIP3MI 117/2022", by=SYSTEM, on=since)  # fmt: skip
    who.mission = organisations.register(code="KDEI-TPE", kind="mission", name="KDEI Taipei", seat="TW", by=SYSTEM,
                                         on=since)  # fmt: skip
    organisations.add_desk(organisation=who.agency, username="pak_hadi", role="clerk", by=SYSTEM, on=since)
    organisations.add_desk(organisation=who.mission, username="bu_ratna", role="clerk", by=SYSTEM, on=since)
    return who


def herself(who: Cast):
    from teduh.security.access import Actor
    from teduh.security.models import Role, User

    user, _ = User.objects.get_or_create(username=PHONE[:-1] + "0", role=Role.MEMBER)
    return Actor(user=user.pk, name="Siti Aminah", role="member", person=who.siti)


def is_listed(story: Story, who: Cast) -> None:
    from teduh.journeys.migrants import lists
    from teduh.migrants import queries
    from teduh.migrants.models import Placement

    day = dt.date(2024, 1, 15)
    story.step(
        "1. On the agency's list, 15 January 2024",
        """Pak Hadi sends the sheet he has, with its title lines and a row that is not complete. Before anybody is
        registered each row says what would come of it.""",
    )
    report = lists.check(organisation=who.agency, purpose="enter", content=SHEET.encode("cp1252"),
                         name="CPMI maret.csv", as_of=day, by=who.clerk, on=day, at=moment(day))  # fmt: skip
    story.show(f"baris {f.number}: {f.text.id} [{f.code}]" for f in report.findings)
    done = lists.commit(list=report.list, by=who.clerk, on=day, at=moment(day), without_stopped=True)
    check(done.entered >= 2, f"entered {done.entered}")
    again = lists.commit(list=report.list, by=who.clerk, on=day, at=moment(day), without_stopped=True)
    check(Placement.objects.count() == done.entered == again.entered, "twice is once")
    one = Placement.objects.get(person__nik_index=_index())
    who.placement, who.siti, who.number = one.pk, one.person_id, one.number
    view = queries.placement(by=who.clerk, placement=who.placement, on=day)
    story.show([
        f"terdaftar {done.entered} orang",
        f"{view.number} {view.name} {view.nik_masked} paspor {view.passport_masked}: {view.destination.name.id}, "
        f"{view.agreement.starts} sampai {view.agreement.ends}, {view.state_name.id}",
        *(f"- tidak dijamin: {one['id']} [{'; '.join(one['articles'])}; {one['status']}]"
          for one in view.verdict["not_covered"][:4]),
    ])  # fmt: skip


def _index() -> bytes:
    from teduh.security import crypto

    return crypto.blind("nik", NIK)


def is_paid_in_two(story: Story, who: Cast) -> None:
    from teduh.core.text import rupiah
    from teduh.journeys.migrants import billing, gate
    from teduh.journeys.money import pay

    day = dt.date(2024, 1, 16)
    story.step(
        "2. Paid in two parts, and asked about at the gate",
        """The law splits the fee: Rp37,500 for the time before departure, the rest before she leaves (Permenaker 4/2023
        Pasal 18). The agency pays the first part for her; the gate asks before the second has come, and after.""",
    )
    asked = billing.quote(placements=[who.placement], by=who.clerk, on=day)
    story.show(
        f"{line.stage:9} {line.months:>2} bulan  {rupiah(line.amount):>10}  [{'; '.join(line.articles)}]"
        for line in asked.lines
    )
    check(asked.total == 370_000, "37,500 and 332,500")
    first = billing.bill(placements=[who.placement], by=who.clerk, on=day, at=moment(day), stages=["before"],
                         organisation=who.agency)  # fmt: skip
    pay.receive(notices=[pay.Notice("MANDIRI", "20240116-1", first.code, first.amount, moment(day, 11))], on=day,
                at=moment(day, 11), by=who.bank)  # fmt: skip
    leaves = dt.date(2024, 3, 5)
    answer = gate.check(by=who.kdei, on=dt.date(2024, 2, 20), nik=NIK, departs_on=leaves)
    check(answer.answer == "no", "the second part is missing")
    story.show([f"gerbang: {answer.answer} - {answer.reason.id}", f"  {answer.next_step.id}"])
    rest = billing.bill(placements=[who.placement], by=who.clerk, on=dt.date(2024, 2, 21),
                        at=moment(dt.date(2024, 2, 21)), organisation=who.agency)  # fmt: skip
    pay.receive(notices=[pay.Notice("MANDIRI", "20240221-1", rest.code, rest.amount, moment(dt.date(2024, 2, 21)))],
                on=dt.date(2024, 2, 21), at=moment(dt.date(2024, 2, 21)), by=who.bank)  # fmt: skip
    answer = gate.check(by=who.kdei, on=leaves, nik=NIK, departs_on=leaves)
    check(answer.answer == "yes", answer.reason.id)
    story.show([f"gerbang: {answer.answer} - {answer.reason.id}",
                *(f"  {'ya ' if one.ok else '?  ' if one.ok is None else 'tidak'} {one.text.id}"
                  for one in answer.checks)])  # fmt: skip


def drawn(story: Story, who: Cast, day: dt.date) -> object:
    """Her timeline on a day, as she sees it."""
    from teduh.journeys.migrants import timeline

    view = timeline.timeline(placement=who.placement, by=herself(who), on=day)
    story.show([
        f"pada {day}: {view.for_what.id}; terlindungi sampai {view.protected_until or '-'}"
        f"{f', waktu pulang sampai {view.return_until}' if view.return_until else ''}",
        *table([(p.name.id, p.state, p.starts or '-', p.until or '-', ', '.join(c for c, _ in p.programmes) or '-')
                for p in view.phases]),
        *(f"celah {gap.starts} - {gap.until or 'sekarang'}: {gap.what.id} {gap.next.id}" for gap in view.gaps),
        f"langkah berikutnya: {view.next_step.id}",
    ])  # fmt: skip
    return view


def departs(story: Story, who: Cast) -> None:
    from teduh.journeys.migrants import life

    day = dt.date(2024, 3, 5)
    story.step(
        "3. She leaves, and works",
        """The agency tells the day of departure. Cover follows from what was paid and from this day; nobody types its
        dates.""",
    )
    for kind, when in (("departed", day), ("working", dt.date(2024, 3, 8))):
        life.tell(placement=who.placement, kind=kind, event_on=when, by=who.clerk, on=when, at=moment(when))
    view = drawn(story, who, dt.date(2024, 3, 9))
    check(view.protected and str(view.protected_until) == "2026-02-28", str(view.protected_until))


def is_reminded(story: Story, who: Cast) -> None:
    from teduh.core.text import Text
    from teduh.journeys.migrants import family, reminders
    from teduh.outreach.facts import read_words
    from teduh.outreach.models import Message
    from teduh.security.access import Actor

    story.step(
        "4. The family at home, and reminders in her own time zone",
        """Siti names her husband: he may see her cover, pay, extend, and speak for her. The code is shown once; he
        makes an account with it. From 90 days before the paid time ends both are reminded.""",
    )
    day = dt.date(2025, 11, 1)
    given = family.name(person=who.siti, name="Darto", relation="spouse", phone=PHONE,
                        may=("see", "pay", "extend", "speak"), by=herself(who), on=day, at=moment(day))  # fmt: skip
    user = family.sign_up(code=given.code, phone=PHONE, password="perahu-kecil-di-teluk-9", name="Darto",
                          at=moment(day))  # fmt: skip
    who.husband = Actor(user=user.pk, name="Darto", role="family")
    for when in (dt.date(2025, 11, 30), dt.date(2025, 12, 1), dt.date(2026, 1, 29), dt.date(2026, 2, 14)):
        reminders.remind(on=when, at=moment(when, 9))
        reminders.remind(on=when, at=moment(when, 10))
    told = [read_words(one.words) for one in Message.objects.filter(kind="pmi.ending", person=who.siti).order_by("id")]
    check(len(told) >= 3, f"{len(told)} reminders")
    assert all(isinstance(title, Text) for title, _ in told)
    story.show([*(f"- {title.id}" for title, _ in told), told[-1][1].id])
    check(Message.objects.filter(kind="pmi.ending", person=None).count() == len(told), "the husband is told as well")


def is_extended_by_the_family(story: Story, who: Cast) -> None:
    from teduh.core.text import rupiah
    from teduh.journeys.migrants import extending, rates, sharing
    from teduh.journeys.money import pay

    day = dt.date(2026, 3, 4)
    story.step(
        "5. Extended from abroad by the family's payment, 4 March 2026",
        """Her employer keeps her until the end of September. Darto extends in one step, four days after the paid time
        ended and within the month to prepare the return: no gap. The bill can be shared; who has the link sees what it
        is for, in rupiah and in her currency with the day of the rate, and nobody's data.""",
    )
    rates.load(content=b"currency;date;rupiah;source\nTWD;2026-03-02;516,40;kurs contoh", by=who.bank, on=day)
    made = extending.extend(placements=[who.placement], ends=dt.date(2026, 9, 30), by=who.husband, on=day,
                            at=moment(day))  # fmt: skip
    check(made.bill is not None and made.bill.amount == 7 * 13_500 and not made.gaps, "seven months, no gap")
    link = sharing.share(bill=made.bill.id, by=who.husband, at=moment(day))
    shown = sharing.shared(token=link.token, on=day)
    story.show([
        f"{stage.name.id}: {stage.months} bulan, sampai {stage.until}, {rupiah(stage.amount)} "
        f"[{'; '.join(stage.articles)}]" for stage in made.bill.stages
    ] + [
        f"tautan: untuk {shown.payee}, {rupiah(shown.amount)} ({shown.local.text.id}, kurs {shown.local.on}, "
        f"{shown.local.source}), kode {shown.code}",
        *(f"- {note.id}" for note in made.bill.notes),
    ])  # fmt: skip
    pay.receive(notices=[pay.Notice("BRI", "20260304-9", made.bill.code, made.bill.amount, moment(day, 20))], on=day,
                at=moment(day, 20), by=who.bank)  # fmt: skip
    view = drawn(story, who, dt.date(2026, 3, 5))
    check(str(view.protected_until) == "2026-09-30" and not _abroad_gaps(view), "one stretch")


def _abroad_gaps(view) -> list[object]:
    return [gap for gap in view.gaps if gap.starts >= dt.date(2024, 3, 5)]


def is_compared(story: Story, who: Cast) -> None:
    from teduh.journeys.migrants import differences, lists

    day = dt.date(2026, 4, 20)
    story.step(
        "6. The mission's list says something else",
        """KDEI Taipei sends its register to be compared. Siti is found by NIK; her agreement ends a month later there.
        The difference waits for a person; Bu Ratna has the paper in her hand and takes it over.""",
    )
    report = lists.check(organisation=who.mission, purpose="compare", content=MISSION_SHEET.encode(),
                         name="register.csv", as_of=day, by=who.kdei, on=day, at=moment(day))  # fmt: skip
    lists.commit(list=report.list, by=who.kdei, on=day, at=moment(day))
    found = differences.open_(by=who.kdei)
    story.show(f"{one.kind_name.id}: di sini {_said(one.ours)}, di sana {_said(one.theirs)}" for one in found.rows)
    check(len(found.rows) >= 1, "a difference")
    dates = next(one for one in found.rows if one.kind == "dates")
    differences.settle(difference=dates.id, how="theirs", by=who.kdei, on=day, at=moment(day), note="Perjanjian asli")
    view = drawn(story, who, day)
    check(view.placement.ends_on == dt.date(2026, 10, 31), str(view.placement.ends_on))


def _said(side) -> str:
    return ", ".join(f"{label.id} {value.id}" for label, value in side)


def has_a_matter(story: Story, who: Cast) -> None:
    from teduh.journeys.migrants import matters

    day = dt.date(2026, 5, 6)
    story.step(
        "7. One number for each matter",
        """Her wage is late and she complains. The mission takes it up; her husband follows it by the same number. The
        agency that placed her sees nothing of it: not the text, not the number, not that there is one.""",
    )
    number = matters.open_(person=who.siti, kind="complaint", text="Upah April belum dibayar.", by=herself(who), on=day,
                           at=moment(day))  # fmt: skip
    matters.take(number=number, by=who.kdei, at=moment(day, 14))
    matters.say(number=number, text="Kami sudah menghubungi majikan, dibayar besok.", by=who.kdei, at=moment(day, 15))
    seen = {name: matters.mine(by=actor).rows for name, actor in
            (("Siti", herself(who)), ("Darto", who.husband), ("KDEI", who.kdei), ("P3MI", who.clerk))}  # fmt: skip
    check([len(rows) for rows in seen.values()] == [1, 1, 1, 0], str({k: len(v) for k, v in seen.items()}))
    story.show([f"nomor {number}", *(f"{name}: {'melihat' if rows else 'tidak melihat apa pun'}"
                                     for name, rows in seen.items())])  # fmt: skip


def comes_home(story: Story, who: Cast) -> None:
    from teduh.core.text import rupiah
    from teduh.coverage import queries as coverage
    from teduh.journeys.migrants import life, onward
    from teduh.journeys.money import pay

    story.step(
        "8. Home again, and on without a gap",
        """She returns at the end of September. Cover follows her to her village; what comes after is offered at once,
        and one step makes her self-employed with a first bill.""",
    )
    for kind, when in (("ended", dt.date(2026, 9, 28)), ("returning", dt.date(2026, 10, 2)),
                       ("home", dt.date(2026, 10, 3))):  # fmt: skip
        life.tell(placement=who.placement, kind=kind, event_on=when, by=herself(who), on=when, at=moment(when))
    day = dt.date(2026, 10, 3)
    drawn(story, who, day)
    for offer in onward.offers(placement=who.placement, by=herself(who), on=day):
        story.show([f"{offer.name.id} (mulai {offer.starts}): {offer.how.id}"])
    taken = onward.take_self_employed(placement=who.placement, by=herself(who), on=day, at=moment(day),
                                      occupation="penjahit", income=1_500_000)  # fmt: skip
    pay.receive(notices=[pay.Notice("DANA", "20261003-1", taken.bill.code, taken.bill.amount, moment(day, 15))], on=day,
                at=moment(day, 15), by=who.bank)  # fmt: skip
    covers = [coverage.protection(person=who.siti, on=each) for each in (day, dt.date(2026, 10, 20))]
    check(all(cover.state == "protected" for cover in covers), str([cover.state for cover in covers]))
    story.show([f"tagihan {taken.bill.number}: {rupiah(taken.bill.amount)}",
                *table([(c.on, c.state, ", ".join(s.label.id for s in c.sources)) for c in covers])])  # fmt: skip


def balances(story: Story, who: Cast) -> None:
    from teduh.core.text import rupiah
    from teduh.journeys.money import statement
    from teduh.ledger import queries as books

    story.step("9. The books", """Every fund balances; what migrants pay for JKK and JKM stands in one fund, because no
        text splits it.""")  # fmt: skip
    day = dt.date(2026, 10, 31)
    found = books.trial_balance(on=day)
    check(found.balanced and statement.check(on=day) == (), f"in balance: {statement.check(on=day)}")
    rows = [(row.account, rupiah(row.debit), rupiah(row.credit), rupiah(row.balance)) for row in found.rows
            if row.debit or row.credit]  # fmt: skip
    story.show(table([("akun", "debit", "kredit", "saldo"), *rows]))


def walk() -> str:
    """Walk it in an empty migrated database with all reference lists loaded; the page it makes."""
    begin()
    story, who = Story(HEAD), cast()
    is_listed(story, who)
    is_paid_in_two(story, who)
    departs(story, who)
    is_reminded(story, who)
    is_extended_by_the_family(story, who)
    is_compared(story, who)
    has_a_matter(story, who)
    comes_home(story, who)
    balances(story, who)
    return story.page()


if __name__ == "__main__":
    write(PAGE, walk)
