"""What a worker is told of his own accord: his wage was reported, changed or fell; it was paid, is late, or is missing.

Each message has a key of its occasion, so that a task done twice tells everybody once. Titles name no amount.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from teduh.core import dates, sql
from teduh.core.text import Text, rupiah
from teduh.journeys.worker.months import deadline
from teduh.law.months import Month
from teduh.outreach import actions
from teduh.outreach.facts import Telling
from teduh.security.access import Actor

#: So many people in one transaction: what was told stays told.
AT_ONCE = 20_000
#: How many months back a missed run looks.
BACK = 3
LINK = "/saya/upah/"

REPORTED = Text("Upah Anda untuk {month} sudah dilaporkan", "Your wage for {month} has been reported")
REPORTED_BODY = Text(
    "{employer} melaporkan upah Anda {wage} untuk {month}. Iuran seluruhnya {total}, {own} di antaranya bagian Anda — "
    "{money}.",
    "{employer} reported your wage of {wage} for {month}. Contributions come to {total}, of which {own} is your share "
    "— {money}.",
)
CHANGED = Text("Laporan upah Anda untuk {month} diubah", "The report of your wage for {month} was changed")
CHANGED_BODY = Text(
    "{employer} mengubah upah Anda untuk {month} dari {before} menjadi {wage}.",
    "{employer} changed your wage for {month} from {before} to {wage}.",
)
WITHDRAWN_BODY = Text(
    "{employer} menarik laporan upah Anda untuk {month}: menurut pemberi kerja, Anda tidak bekerja di sana bulan itu.",
    "{employer} withdrew the report of your wage for {month}: according to it you did not work there that month.",
)
DROPPED = Text(" Upah yang dilaporkan turun {drop} dari bulan sebelumnya.",
               " The reported wage is {drop} lower than the month before.")  # fmt: skip
DISAGREE = Text(
    " Tidak benar? Sampaikan kepada kami; pemberi kerja tidak akan tahu.",
    " Not right? Tell us; your employer will not know.",
)
PAID = Text("Iuran Anda untuk {month} sudah dibayar", "Your contributions for {month} are paid")
PAID_BODY = Text(
    "{employer} membayar iuran Anda untuk {month}: {total}, di antaranya {jht} masuk saldo JHT Anda.{late}",
    "{employer} paid your contributions for {month}: {total}, of which {jht} went to your JHT account.{late}",
)
PART = Text("Iuran Anda untuk {month} baru dibayar sebagian", "Your contributions for {month} are paid in part")
PART_BODY = Text(
    "{employer} sudah membayar {done} untuk {month}; {open} belum.{late}",
    "{employer} has paid {done} for {month}; {open} is still open.{late}",
)
WAS_LATE = Text(" Dibayar {days} hari setelah jatuh tempo.", " It came {days} days after the due date.")
OPEN = Text("belum dibayar, jatuh tempo {due}", "not paid yet, due {due}")
OVERDUE = Text("belum dibayar, jatuh tempo {due} sudah lewat", "not paid, it was due {due}")
SETTLED = Text("lunas", "paid")
MISSING = Text("Tidak ada laporan upah Anda untuk {month}", "No report of your wage for {month}")
MISSING_BODY = Text(
    "{employer} sudah melapor untuk {month}, tetapi Anda tidak ada di dalamnya. Bila Anda masih bekerja di sana, "
    "tanyakan kepada pemberi kerja atau sampaikan kepada kami secara rahasia. Bila sudah berhenti, beri tahu kami.",
    "{employer} has reported for {month}, but you are not on it. If you still work there, ask your employer or tell us "
    "in confidence. If you have left, let us know.",
)
LATE = Text("Iuran Anda untuk {month} belum dibayar", "Your contributions for {month} are not paid")
LATE_BODY = Text(
    "{employer} belum membayar iuran Anda untuk {month} ({total}); jatuh temponya {due}. Hak Anda atas perlindungan "
    "kerja tidak hilang karena tunggakan pemberi kerja.",
    "{employer} has not paid your contributions for {month} ({total}), which were due {due}. Your right to protection "
    "at work is not lost by your employer's debt.",
)


class _Line(NamedTuple):
    """A line of a return, or a due of a bill, with what its words need."""

    id: int
    person: int
    employment: int
    employer: str
    month: dt.date
    wage: int
    withdrawn: bool
    before: int | None
    last: int | None
    protection: int
    savings: int
    own: int
    jht: int
    protection_on: dt.date | None
    savings_on: dt.date | None

    @property
    def total(self) -> int:
        return self.protection + self.savings


#: `before`: the wage that this line corrects; `last`: the wage of the month before, as it stands now.
LINES = """
SELECT {id}, coalesce(p.merged_into_id, p.id), l.employment_id, f.name, l.month, l.wage, l.withdrawn,
    (SELECT o.wage FROM employers_wageline o WHERE o.id = l.replaces_id AND NOT o.withdrawn),
    (SELECT o.wage FROM employers_wageline o WHERE o.employment_id = l.employment_id
        AND o.month = (l.month - interval '1 month')::date AND NOT o.withdrawn ORDER BY o.id DESC LIMIT 1),
    coalesce(d.jkk + d.jkm, 0), coalesce(d.jht_employer + d.jht_worker + d.jp_employer + d.jp_worker, 0),
    coalesce(d.jht_worker + d.jp_worker, 0), coalesce(d.jht_employer + d.jht_worker, 0), d.protection_on, d.savings_on
FROM {source}
JOIN registry_person p ON p.id = l.person_id
JOIN employers_employment m ON m.id = l.employment_id JOIN employers_employer f ON f.id = m.employer_id
WHERE {which} AND {id} > %(after)s ORDER BY {id} LIMIT %(limit)s
"""
OF_RETURN = LINES.format(
    id="l.id", source="employers_wageline l LEFT JOIN contributions_wagedue d ON d.line_id = l.id",
    which="l.wage_return_id = %(key)s",
)  # fmt: skip
OF_BILL = LINES.format(
    id="d.id", source="contributions_wagedue d JOIN employers_wageline l ON l.id = d.line_id",
    which="d.bill_id = %(key)s AND d.protection_on IS NOT NULL",
)  # fmt: skip
#: Bills of employers that are open and whose month is over due; corrections downwards ask for nothing.
UNPAID = LINES.format(
    id="d.id",
    source="payments_bill b JOIN contributions_wagedue d ON d.bill_id = b.id "
    "JOIN employers_wageline l ON l.id = d.line_id AND NOT l.withdrawn",
    which="b.employer_id IS NOT NULL AND b.kind = 'wages' AND b.state IN ('open', 'part') AND d.month = %(key)s "
    "AND (d.protection_on IS NULL OR d.savings_on IS NULL) "
    "AND d.jkk + d.jkm + d.jht_employer + d.jht_worker + d.jp_employer + d.jp_worker > 0",
)  # fmt: skip
MISSED = """
SELECT m.id, coalesce(p.merged_into_id, p.id), m.id, f.name, %(key)s::date, 0, FALSE, NULL, NULL, 0, 0, 0, 0, NULL, NULL
FROM employers_employment m JOIN registry_person p ON p.id = m.person_id
JOIN employers_employer f ON f.id = m.employer_id
WHERE m.id > %(after)s AND m.started_on <= (%(key)s::date + interval '1 month')::date - 1
  AND (m.ended_on IS NULL OR m.ended_on >= %(key)s)
  AND EXISTS (SELECT 1 FROM employers_wagereturn r
              WHERE r.employer_id = m.employer_id AND r.month = %(key)s AND r.state = 'filed')
  AND NOT EXISTS (SELECT 1 FROM employers_wageline l WHERE l.employment_id = m.id AND l.month = %(key)s)
ORDER BY m.id LIMIT %(limit)s
"""


def filed(*, wage_return: int, by: Actor, on: dt.date, at: dt.datetime) -> int:
    """Tell everybody on a filed return what was reported or changed; how many were told now."""
    return _tell(OF_RETURN, wage_return, lambda line: _reported(line, on), by, at)


def paid(*, bill: int, by: Actor, at: dt.datetime) -> int:
    """Tell everybody for whom a bill's payment settled something; how many were told now."""
    return _tell(OF_BILL, bill, _paid, by, at)


def overdue(*, on: dt.date, by: Actor, at: dt.datetime) -> int:
    """Tell those whom a filed return leaves out though they work there, and those whose month is past due and unpaid.

    Looks at the last months that are past due, so that a missed run is made good; everybody is told of a month once.
    """
    told = 0
    for month in Month.span(Month.of(on).plus(-BACK), BACK):
        if on > deadline(month):
            told += _tell(MISSED, month.first, _missing, by, at) + _tell(UNPAID, month.first, _late, by, at)
    return told


def _tell(statement: str, key: Any, say: Callable[[_Line], Telling | None], by: Actor, at: dt.datetime) -> int:
    told = 0
    for page in _pages(statement, key):
        messages = [message for line in page if (message := say(line))]
        with transaction.atomic():
            told += actions.tell(messages=messages, by=by, at=at)
    return told


def _pages(statement: str, key: Any) -> Iterator[Sequence[_Line]]:
    after = 0
    while page := [_Line(*row) for row in sql.rows(statement, {"key": key, "after": after, "limit": AT_ONCE})]:
        yield page
        after = page[-1].id


def _fill(text: Text, **values: Any) -> Text:
    """Each language with the values in that language."""

    def said(language: str) -> dict[str, Any]:
        return {k: getattr(v, language) if isinstance(v, Text) else v for k, v in values.items()}

    return Text(text.id.format(**said("id")), text.en.format(**said("en")))


def _join(*parts: Text) -> Text:
    return Text("".join(part.id for part in parts), "".join(part.en for part in parts))


def _telling(line: _Line, kind: str, title: Text, body: Text, key: str) -> Telling:
    return Telling(person=line.person, kind=kind, title=title, body=body, link=LINK, key=key)


def _reported(line: _Line, on: dt.date) -> Telling | None:
    month = Month.of(line.month)
    said = {"employer": line.employer, "month": dates.month(month), "wage": rupiah(line.wage)}
    key = f"wage.reported:{line.id}"
    if line.withdrawn:
        body = _join(_fill(WITHDRAWN_BODY, **said), DISAGREE)
        return _telling(line, "wage.changed", _fill(CHANGED, **said), body, key)
    if line.before is not None:
        if line.before == line.wage:
            return None
        body = _join(_fill(CHANGED_BODY, before=rupiah(line.before), **said), DISAGREE)
        return _telling(line, "wage.changed", _fill(CHANGED, **said), body, key)
    due = deadline(month)
    is_paid = line.protection_on and line.savings_on
    money = SETTLED if is_paid else _fill(OPEN if on <= due else OVERDUE, due=dates.day(due))
    body = _fill(REPORTED_BODY, total=rupiah(line.total), own=rupiah(line.own), money=money, **said)
    drop = (line.last or 0) - line.wage
    tail = _join(_fill(DROPPED, drop=rupiah(drop)), DISAGREE) if drop > 0 else DISAGREE
    return _telling(line, "wage.reported", _fill(REPORTED, **said), _join(body, tail), key)


def _paid(line: _Line) -> Telling | None:
    if line.total <= 0:
        return None
    month = Month.of(line.month)
    said = {"employer": line.employer, "month": dates.month(month)}
    is_whole = bool(line.savings_on) or not line.savings
    days = (max(filter(None, (line.protection_on, line.savings_on))) - deadline(month)).days
    late = _fill(WAS_LATE, days=days) if days > 0 else Text("", "")
    if is_whole:
        body = _fill(PAID_BODY, total=rupiah(line.total), jht=rupiah(line.jht), late=late, **said)
        return _telling(line, "wage.paid", _fill(PAID, **said), body, f"wage.paid:{line.id}")
    body = _fill(PART_BODY, done="JKK, JKM", open="JHT, JP", late=late, **said)
    return _telling(line, "wage.paid", _fill(PART, **said), body, f"wage.part:{line.id}")


def _missing(line: _Line) -> Telling:
    said = {"employer": line.employer, "month": dates.month(Month.of(line.month))}
    key = f"wage.missing:{line.employment}:{line.month:%Y%m}"
    return _telling(line, "wage.missing", _fill(MISSING, **said), _fill(MISSING_BODY, **said), key)


def _late(line: _Line) -> Telling:
    month = Month.of(line.month)
    said = {"employer": line.employer, "month": dates.month(month), "due": dates.day(deadline(month))}
    total = (0 if line.protection_on else line.protection) + (0 if line.savings_on else line.savings)
    key = f"wage.late:{line.employment}:{line.month:%Y%m}"
    return _telling(line, "wage.late", _fill(LATE, **said), _fill(LATE_BODY, total=rupiah(total), **said), key)
