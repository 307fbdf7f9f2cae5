"""One fisherman's way through the house, told as it is walked. `python -m tests.journeys.walk` writes docs/walk.md.

Every line under a step is what a journey or query really answered; `check` stops the walk where the answer is wrong.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.story import Story, begin, check, moment, no_database, table, write

PAGE = Path(__file__).resolve().parents[2] / "docs" / "walk.md"


@dataclass
class Cast:
    """Who takes part: the agent, the officer, the bank, and, once he joined, the fisherman."""

    agent: object
    officer: object
    bank: object
    person: int = 0
    number: str = ""


def cast() -> Cast:
    from teduh.security.access import SYSTEM, Actor
    from teduh.security.models import Role, User

    made = {}
    for name, role in (("bu_ratna", Role.AGENT), ("pak_hadi", Role.OFFICER)):
        user = User.objects.create(username=name, role=role)
        made[role] = Actor(user=user.pk, name=name, role=role)
    return Cast(made[Role.AGENT], made[Role.OFFICER], SYSTEM)


def fisherman(**other):
    from teduh.registry.facts import EvidenceGiven, HeirNamed, Newcomer

    return Newcomer(**{
        "nik": "3301210507809007", "name": "Slamet Widodo", "birth_date": dt.date(1980, 7, 5), "sex": "M",
        "phone": "0860-0009-007", "registered_at": "33.01.21", "lives_in": "33.01.21", "works_in": "33.01.21",
        "income": 1_000_000, "occupation": "nelayan",
        "evidence": (EvidenceGiven(kind="card", text="Kartu KUSUKA 3301-9007"),
                     EvidenceGiven(kind="statement", text="Perahu sendiri, 5 GT, dari dermaga Sentolo Kawat")),
        "heirs": (HeirNamed(name="Sri Rahayu", relation="spouse"), HeirNamed(name="Dwi Lestari", relation="child")),
        "consent": ("membership", "identity", "messages"),
        **other,
    })  # fmt: skip


def joins(story: Story, who: Cast) -> None:
    """Step 1 and 2: a form that was sent twice, decided at the door."""
    from teduh.journeys.joining import identity, join
    from teduh.registry import queries

    day = dt.date(2026, 4, 2)
    story.step(
        "1. By the jetty, 2 April 2026",
        """Bu Ratna, an *agen*, fills in the form on her tablet. There is no signal; the form stays on the device, and
        when the signal returns it is sent twice. He joins once. The verdict (*keputusan*) is the law's, made now, not
        after an accident; it is kept with its reasons, its articles, his work evidence and his heirs.""",
    )
    first = join.join(newcomer=fisherman(), by=who.agent, on=day, channel="agent", at=moment(day))
    again = join.join(newcomer=fisherman(), by=who.agent, on=day, channel="agent", at=moment(day, 18))
    check(not first.already and again.already and first.person == again.person, "sent twice, joined once")
    who.person, who.number = first.person, first.member_number
    story.show([
        f"nomor peserta  {first.member_number}",
        f"keputusan      {first.verdict.outcome}",
        f"dikirim lagi   {again.member_number} (already={again.already})",
    ])  # fmt: skip
    check(first.verdict.outcome == "eligible", "a fisherman with his own boat may join")
    story.tell("Before he pays anything he is told what will end or limit his cover (*batasan*):")
    story.show(f"- {one.id} [{', '.join(one.articles)}; {one.status}]" for one in first.limits)
    check({"lapses", "relief_ends"} <= {one.code for one in first.limits}, "lapse and the end of the relief are said")

    story.step(
        "2. Decided now, and checked",
        """A deck-hand on another man's boat would hear something else, at once and with the article. And the civil
        registry (Dukcapil) is asked about his NIK, name and birth date as soon as it answers; he did not have to wait
        for it.""",
    )
    hand = join.decide(newcomer=fisherman(has_other_employer=True), on=day)
    check(hand.outcome == "conditional", "a deck-hand is a wage earner on that boat")
    story.show([
        "anak buah kapal: " + hand.outcome,
        *(f"- {one.id} [{', '.join(one.articles)}]" for one in hand.because),
    ])  # fmt: skip
    before = queries.identity_of(person=who.person)
    after = identity.verify(person=who.person, on=day, at=moment(day, 19))
    check((before, after) == ("waiting", "verified"), "the civil registry agrees")
    story.show([f"identitas  {before} -> {after}"])


def billed(story: Story, who: Cast):
    """Step 3: April 2026 and why it costs half."""
    from teduh.core.text import rupiah
    from teduh.journeys.money import pay
    from teduh.law.months import Month

    day = dt.date(2026, 4, 7)
    story.step(
        "3. What April costs, 7 April",
        """JKK Rp10.000 and JKM Rp6.800, both halved by PP 50/2025: Rp8.400. Each line has its articles; the bill
        (*tagihan*) has a payment code for any bank and a QRIS.""",
    )
    bill = pay.bill(people=[who.person], by=who.agent, on=day, key="april")
    same = pay.bill(people=[who.person], by=who.agent, on=day, key="april")
    check(bill.amount == 8_400 and bill.months == (Month(2026, 4),), "April 2026 of a fisherman costs 8,400")
    check(same.id == bill.id, "the same key gives the same bill")
    story.show([
        f"tagihan     {bill.number}",
        f"kode bayar  {bill.code}, berlaku sampai {bill.expires_on}",
        *table([(line.programme, line.month, rupiah(line.amount), f"paling lambat {line.due_on}",
                 "; ".join(line.articles)) for line in bill.lines]),
        f"jumlah      {rupiah(bill.amount)}",
        f"QRIS        {bill.qris}",
    ])  # fmt: skip
    check({line.due_on for line in bill.lines} == {dt.date(2026, 4, 15)}, "due on the 15th")
    story.tell("*Why this amount?* The stored assessment, rule by rule, is what a court would read years later:")
    steps = bill.assessments[0].result["steps"]
    story.show(
        f"{'  ' * (step['depth'] - 1)}{step['rule']} = {step['result']}  [{'; '.join(_flat(step['citation']))}]"
        for step in steps
        if isinstance(step["result"], int)
    )
    return bill


def _flat(found) -> list[str]:
    """Articles, however deeply they are listed."""
    return [found] if isinstance(found, str) else [text for part in found for text in _flat(part)]


def pays(story: Story, who: Cast, bill) -> None:
    """Step 4: too little, late, twice."""
    from teduh.coverage import queries as coverage
    from teduh.journeys.money import pay

    story.step(
        "4. The bank tells: too little, late, and twice",
        """On 9 April he pays Rp5.000 at the fish auction: too little; it waits with his bill, and nobody is covered by
        half a contribution. On the 10th he adds Rp3.400. The bank tells of that only on the 13th, and again on the
        14th. It is booked once, and cover counts from the day on which the bank had the money.""",
    )
    told = (
        ("BRI", "20260409-118", 5_000, dt.date(2026, 4, 9), dt.date(2026, 4, 9)),
        ("BRI", "20260410-204", 3_400, dt.date(2026, 4, 10), dt.date(2026, 4, 13)),
        ("BRI", "20260410-204", 3_400, dt.date(2026, 4, 10), dt.date(2026, 4, 14)),
    )
    rows: list[tuple[object, ...]] = [("diberitahukan", "dibayar", "hasil", "")]
    states = []
    for bank, reference, amount, paid_on, on in told:
        notice = pay.Notice(bank, reference, bill.code, amount, moment(paid_on, 9))
        (outcome,) = pay.receive(notices=[notice], on=on, at=moment(on, 11), by=who.bank)
        states.append((outcome.state, outcome.allocated, outcome.waiting))
        rows.append((on, paid_on, outcome.state, outcome.text.id))
    check(
        [state for state, *_ in states] == ["suspense", "allocated", "repeated"],
        f"too little, then all, then again: {states}",
    )
    story.show(table(rows))
    days = [dt.date(2026, 4, day) for day in (9, 10, 30)]
    covers = [coverage.protection(person=who.person, on=day) for day in days]
    check([cover.state for cover in covers] == ["never", "protected", "protected"], "covered from the 10th")
    story.show(table([(day, cover.state, cover.next_step.id) for day, cover in zip(days, covers, strict=True)]))


def card_is_read(story: Story, who: Cast) -> None:
    """Step 5: the card, read without a server."""
    from teduh.coverage import card
    from teduh.coverage import queries as coverage
    from teduh.registry.models import Person

    day = dt.date(2026, 4, 16)
    story.step(
        "5. *Dilindungi sampai* … on a card that needs no signal",
        """His card is a signed QR (CWT in COSE_Sign1, ES256). A hospital's phone reads it with the public key that it
        already has: no server is asked, and here the database refuses every statement while it is read. There is no
        NIK on it.""",
    )
    name = Person.objects.get(pk=who.person).name
    cover = coverage.protection(person=who.person, on=day)
    made = card.issue(person=who.person, name=name, member_number=who.number, cover=cover, on=day)
    with no_database():
        read = card.verify(text=made.text, on=day)
        forged = made.text[:60] + ("A" if made.text[60] != "A" else "B") + made.text[61:]
        try:
            card.verify(text=forged, on=day)
            refused = ""
        except Exception as error:
            refused = error.what.id
    check(read.standing == "protected" and bool(refused), "read offline; a changed card is refused")
    check("3301210507809007" not in str(read.claims), "no NIK on the card")
    story.show([
        f"{read.what.id}",
        f"{read.claims.member_number}  {read.claims.name}  {' '.join(read.claims.programmes)}",
        f"dilindungi sampai {read.claims.protected_until}, tenggang sampai {read.claims.grace_until}",
        f"satu huruf diubah: {refused}",
    ])  # fmt: skip


def falls_behind(story: Story, who: Cast) -> None:
    """Step 6: May is paid; June, July and August are not."""
    from teduh.coverage import queries as coverage
    from teduh.journeys.money import pay

    day = dt.date(2026, 5, 6)
    story.step(
        "6. May is paid; then the storms come",
        """In May he pays again. June, July and August pass without a payment. Up to the due date of June nothing is
        behind; then three unpaid months are grace (*masa tenggang*, PP 44/2015 Pasal 39 and 42), with what is and is
        not given in it; with the due date of the fourth the cover ends. Each boundary on the day before, the day, and
        the day after:""",
    )
    may = pay.bill(people=[who.person], by=who.agent, on=day)
    pay.receive(
        notices=[pay.Notice("BNI", "20260506-9", may.code, may.amount, moment(day, 8))],
        on=day, at=moment(day, 9), by=who.bank,
    )  # fmt: skip
    june, september = dt.date(2026, 6, 15), dt.date(2026, 9, 15)
    one = dt.timedelta(days=1)
    days = [june - one, june, june + one, september - one, september, september + one]
    covers = [coverage.protection(person=who.person, on=each) for each in days]
    wanted = ["protected", "protected", "grace", "grace", "grace", "lapsed"]
    check([cover.state for cover in covers] == wanted, str([(str(c.on), c.state) for c in covers]))
    story.show(table([(cover.on, cover.state, cover.next_step.id) for cover in covers]))
    story.tell("In grace the law still gives, and says what waits until the arrears are settled:")
    story.show(f"{part.programme}: {part.what.id} [{'; '.join(part.articles)}]" for part in covers[3].programmes)


def pays_again(story: Story, who: Cast) -> None:
    """Step 7: a new span, and nothing for the months in between."""
    from teduh.core.text import rupiah
    from teduh.coverage import queries as coverage
    from teduh.journeys.money import pay

    day = dt.date(2026, 9, 21)
    story.step(
        "7. He pays again, 21 September",
        """After a lapse the old arrears are not charged. September is billed at its own price, and a new span of cover
        begins with the day of payment. The first one stays what it was: in any year it can be answered whether he was
        covered on a day.""",
    )
    bill = pay.bill(people=[who.person], by=who.agent, on=day)
    (outcome,) = pay.receive(
        notices=[pay.Notice("BNI", "20260921-3", bill.code, bill.amount, moment(day, 8))],
        on=day, at=moment(day, 9), by=who.bank,
    )  # fmt: skip
    check([str(month) for month in bill.months] == ["2026-09"], "only September is billed")
    check(outcome.state == "allocated", "paid")
    story.show([f"tagihan  {', '.join(str(month) for month in bill.months)}  {rupiah(bill.amount)}", outcome.text.id])
    days = [dt.date(2026, 5, 20), dt.date(2026, 9, 20), day, dt.date(2026, 10, 15), dt.date(2026, 10, 16)]
    covers = [coverage.protection(person=who.person, on=each) for each in days]
    check([cover.state for cover in covers] == ["protected", "lapsed", "protected", "protected", "grace"], "new span")
    story.show(table([(cover.on, cover.state, f"mulai {cover.protected_from or '-'}") for cover in covers]))


def accounts_for_itself(story: Story, who: Cast) -> None:
    """Step 8: statement, readers, books."""
    from teduh.core.text import rupiah
    from teduh.journeys.money import statement
    from teduh.ledger import queries as books
    from teduh.registry import queries as registry
    from teduh.security import queries as security
    from teduh.security.access import Actor
    from teduh.security.models import Role

    day = dt.date(2026, 9, 22)
    story.step(
        "8. What he paid, who looked, and the books",
        """His statement has every contribution with its bill and articles. An officer opens his record and must say
        why; he sees that he was looked at. And the books of every fund balance, to the rupiah.""",
    )
    himself = Actor(user=None, name="Slamet Widodo", role=Role.MEMBER, person=who.person)
    mine = statement.statement(person=who.person, by=himself, on=day, why="rincian sendiri")
    check(mine.paid == 3 * 8_400 and mine.months == 3, f"three months of 8,400: {mine.paid}")
    story.show(table([(line.month, line.programme, rupiah(line.amount), f"dibayar {line.paid_on}", line.bill_number)
                      for line in mine.lines]))  # fmt: skip
    registry.dossier(actor=who.officer, why="pertanyaan peserta di loket 3", person=who.person)
    reads = security.reads_of(records=[who.person])
    check(any(read.who == "pak_hadi" and "loket 3" in read.why for read in reads), "he sees who looked, and why")
    story.show(table([(read.who, read.role.id, read.action, read.why) for read in reads]))
    found = books.trial_balance(on=day)
    check(found.balanced and statement.check(on=day) == (), "the books balance and agree with bills and receipts")
    rows = [
        (row.account, rupiah(row.debit), rupiah(row.credit), rupiah(row.balance))
        for row in found.rows
        if row.debit or row.credit
    ]
    story.show(table([("akun", "debit", "kredit", "saldo"), *rows]))


def walk() -> str:
    """Walk it in an empty migrated database with regions and occupations loaded; the page it makes."""
    begin()
    story, who = Story(), cast()
    joins(story, who)
    bill = billed(story, who)
    pays(story, who, bill)
    card_is_read(story, who)
    falls_behind(story, who)
    pays_again(story, who)
    accounts_for_itself(story, who)
    return story.page()


if __name__ == "__main__":
    write(PAGE, walk)
