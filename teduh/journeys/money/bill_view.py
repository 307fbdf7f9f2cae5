"""How a bill is shown: lines by month, why each amount, when it is due, how to pay it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.contributions import bills, placement_queries, queries, wage_queries
from teduh.contributions.placement_queries import StageLine
from teduh.core import dates, holidays
from teduh.core.errors import not_found
from teduh.core.text import Text, rupiah
from teduh.law import due
from teduh.law.months import Month
from teduh.payments import qris
from teduh.payments.models import BillKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is asked for a month and programme; `due_on` by the law (PP 44/2015 Pasal 24(3), PP 46/2015 Pasal 21(3))."""

    month: Month
    programme: str
    people: int
    amount: int
    settled: int
    due_on: dt.date
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BillView:
    """A bill on a day. Amounts are whole rupiah; `qris` is empty when nothing is to be paid.

    Of an employer's bill the lines are sums by programme (`wage_queries.bill_view` has its workers); `penalty` is JP's,
    paid with the arrears, on top of what remains. Of migrants' bills `stages` are the lines, one for each stage of each
    placement, in the order in which money settles them, and `how` says how to pay from anywhere.
    """

    id: int
    number: str
    code: str
    person: int | None
    group: int | None
    group_name: str | None
    amount: int
    settled: int
    waiting: int
    remaining: int
    state: str
    state_name: Text
    issued_on: dt.date
    expires_on: dt.date
    months: tuple[Month, ...]
    people: int
    lines: tuple[Line, ...]
    assessments: tuple[queries.AssessmentView, ...]
    notes: tuple[Text, ...]
    qris: str
    employer: int | None = None
    employer_name: str | None = None
    kind: str = "contributions"
    credit: int = 0
    penalty: int = 0
    organisation: int | None = None
    organisation_name: str | None = None
    stages: tuple[StageLine, ...] = ()
    how: tuple[Text, ...] = ()


def view(*, bill: int, on: dt.date) -> BillView:
    """A bill as it stands on a day. Raises Refused (not_found)."""
    row = bills.bill(id=bill, on=on)
    if row is None:
        raise not_found(Text("Tagihan tidak ditemukan.", "There is no such bill."))
    if row.employer is not None:
        return _of_employer(row, on)
    if row.kind == BillKind.PLACEMENT:
        return _of_placements(row)
    lines = tuple(_line(line) for line in queries.bill_lines(bill=bill))
    found = queries.assessments(bill=bill)
    return BillView(
        id=row.id, number=row.number, code=row.code, person=row.person, group=row.group, group_name=row.group_name,
        amount=row.amount, settled=row.settled, waiting=row.waiting, remaining=row.remaining, state=row.state,
        state_name=row.state_name, issued_on=row.issued_on, expires_on=row.expires_on,
        months=tuple(dict.fromkeys(line.month for line in lines)),
        people=queries.people_on(bill=bill),
        lines=lines, assessments=found, notes=_notes(found),
        qris=qris.payload(bill_number=row.number, code=row.code, amount=row.remaining) if row.is_payable else "",
    )  # fmt: skip


def _of_employer(row: bills.BillRow, on: dt.date) -> BillView:
    page = wage_queries.bill_page(row=row, on=on, limit=0)
    lines = tuple(
        Line(month=page.month, programme=share.programme, people=page.workers, amount=share.amount,
             settled=share.settled, due_on=page.due_on[share.programme], articles=share.articles)
        for share in page.shares if share.is_billed and page.month
    ) + tuple(
        Line(month=one.month, programme=one.programme, people=0, amount=one.amount,
             settled=one.amount if one.settled_on else 0, due_on=row.issued_on, articles=one.articles)
        for one in page.penalties
    )  # fmt: skip
    return BillView(
        id=row.id, number=row.number, code=row.code, person=None, group=None, group_name=None, amount=row.amount,
        settled=row.settled, waiting=row.waiting, remaining=row.remaining, state=row.state, state_name=row.state_name,
        issued_on=row.issued_on, expires_on=row.expires_on, months=(page.month,) if page.month else (),
        people=page.workers, lines=lines, assessments=(), notes=page.notes, qris=page.qris, employer=row.employer,
        employer_name=row.employer_name, kind=row.kind, credit=row.credit, penalty=page.penalty,
    )  # fmt: skip


LATER = Text(
    "Uang yang datang sesudah tanggal itu tetap dihitung; perlindungan berjalan sejak hari pembayaran.",
    "Money that comes after that day still counts; cover runs from the day of payment.",
)

#: How a bill of placements is paid, from wherever.
HOW = (
    Text(
        "Dari Indonesia: transfer ke kode itu (virtual account) atau pindai QRIS; jumlahnya harus persis.",
        "From Indonesia: transfer to the code (virtual account) or scan the QRIS; the sum must be exact.",
    ),
    Text(
        "Dari luar negeri: minta layanan remitansi atau bank Anda mengirim rupiah ke kode itu, atau mintalah keluarga "
        "di rumah membayarnya.",
        "From abroad: ask a remittance service or your bank to send rupiah to the code, or ask the family at home to "
        "pay.",
    ),
    Text(
        "Perlindungan mulai atau berlanjut pada hari bank menerima uangnya.",
        "Cover begins or goes on with the day on which the bank takes the money.",
    ),
)


def _of_placements(row: bills.BillRow) -> BillView:
    stages = placement_queries.lines(bill=row.id)
    lines = tuple(
        Line(month=Month.of(one.month), programme="JHT" if one.stage == "savings" else "JKK+JKM", people=1,
             amount=one.amount, settled=one.amount if one.settled_on else 0, due_on=row.expires_on,
             articles=one.articles)
        for one in stages
    )  # fmt: skip
    notes = tuple(dict.fromkeys((*(note for one in stages for note in one.notes), LATER)))
    return BillView(
        id=row.id, number=row.number, code=row.code, person=row.person, group=None, group_name=None, amount=row.amount,
        settled=row.settled, waiting=row.waiting, remaining=row.remaining, state=row.state, state_name=row.state_name,
        issued_on=row.issued_on, expires_on=row.expires_on, months=tuple(dict.fromkeys(line.month for line in lines)),
        people=len({one.placement for one in stages}), lines=lines, assessments=(), notes=notes, kind=row.kind,
        qris=qris.payload(bill_number=row.number, code=row.code, amount=row.remaining) if row.is_payable else "",
        organisation=row.organisation, organisation_name=row.organisation_name, stages=stages,
        how=HOW if row.remaining else (),
    )  # fmt: skip


def _line(line: queries.BillLine) -> Line:
    off = holidays.between(line.month.year, line.month.year + 1)
    when = due.due_date(line.programme, "self_employed", line.month, holidays=off)
    return Line(
        month=line.month, programme=line.programme, people=line.people, amount=line.amount, settled=line.settled,
        due_on=when.date, articles=line.articles,
    )  # fmt: skip


def _notes(found: Sequence[queries.AssessmentView]) -> tuple[Text, ...]:
    """The law's notes, once each, and where the same person's amount changes from one month to the next."""
    notes = {note: None for one in found for note in one.notes}
    by_facts: dict[str, list[queries.AssessmentView]] = defaultdict(list)
    for one in found:
        by_facts[repr(sorted(one.facts.items()))].append(one)
    for same in by_facts.values():
        for before, after in zip(same, same[1:], strict=False):
            if before.total != after.total:
                notes[_changes(before, after)] = None
    return tuple(notes)


def _changes(before: queries.AssessmentView, after: queries.AssessmentView) -> Text:
    month = dates.month(after.month)
    more = after.total > before.total
    return Text(
        f"Mulai {month.id} iuran sebulan {rupiah(after.total)}, sebelumnya {rupiah(before.total)}: "
        f"keringanan {'berakhir' if more else 'mulai berlaku'}.",
        f"From {month.en} a month costs {rupiah(after.total)} instead of {rupiah(before.total)}: "
        f"a relief {'ends' if more else 'begins'}.",
    )
