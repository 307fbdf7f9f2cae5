"""A wage earner's months as he should see them: reported, paid by whom, late, missing, changed.

Every version of a line stays visible. Nothing here judges an employer: it compares days and amounts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core import holidays, sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.law import due, protection
from teduh.law.months import Month
from teduh.ledger import queries as books
from teduh.registry import queries as registry
from teduh.registry.queries import people
from teduh.security import actions as audit
from teduh.security.access import Actor

#: How many months back the page goes; older ones by `first`.
BACK = 23
#: Programme -> its columns of employer and worker, and the part with which it is settled.
SHARES: dict[str, tuple[str | None, str | None, str]] = {
    "JKK": ("jkk", None, "protection"), "JKM": ("jkm", None, "protection"),
    "JHT": ("jht_employer", "jht_worker", "savings"), "JP": ("jp_employer", "jp_worker", "savings"),
}  # fmt: skip
COLUMNS = (
    "jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkp_from_jkk", "jkp_from_jkm", "jkp_state",
)  # fmt: skip
STATES = {
    "paid": Text("Lunas", "Paid"),
    "part": Text("Dibayar sebagian", "Paid in part"),
    "waiting": Text("Belum jatuh tempo", "Not due yet"),
    "late": Text("Lewat jatuh tempo", "Overdue"),
    "withdrawn": Text("Laporan ditarik", "Report withdrawn"),
    "not_reported": Text("Anda tidak dilaporkan", "You were left out"),
    "not_filed": Text("Belum dilaporkan", "Not reported"),
    "awaited": Text("Menunggu laporan", "Report awaited"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One programme of one month, whole rupiah: what the employer bears, what is taken from the wage, paid when."""

    programme: str
    employer: int
    worker: int
    paid_on: dt.date | None

    @property
    def total(self) -> int:
        return self.employer + self.worker


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVersion:
    """One word of the employer about a month: on which version of the return, reported by whom and when."""

    line: int
    version: int
    kind: str
    on: dt.date
    by: str
    pay: int
    allowances: int
    variable: int
    wage: int
    wage_type: str
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMonth:
    """One month of one job. Without `versions` nothing was reported. `settled` is what was paid of it, `drop` how far
    the wage fell below the month before; `moved` and `state_share` are JKP's part, which nobody is billed for."""

    month: Month
    employment: int
    employer: str
    state: str
    due_on: dt.date
    versions: tuple[LineVersion, ...]
    shares: tuple[Share, ...]
    moved: int
    state_share: int
    settled: int
    paid_on: dt.date | None
    days_late: int
    drop: int
    bills: tuple[str, ...]

    @property
    def now(self) -> LineVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def before(self) -> tuple[LineVersion, ...]:
        return self.versions[:-1]

    @property
    def state_name(self) -> Text:
        return STATES[self.state]

    @property
    def employer_share(self) -> int:
        return sum(share.employer for share in self.shares)

    @property
    def worker_share(self) -> int:
        return sum(share.worker for share in self.shares)

    @property
    def total(self) -> int:
        return self.employer_share + self.worker_share

    @property
    def open(self) -> int:
        return self.total - self.settled

    @property
    def is_trouble(self) -> bool:
        return self.state in ("late", "part", "not_reported", "not_filed", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An employment as the worker sees it."""

    employment: int
    employer: str
    worksite: str
    number: str
    contract: str
    started_on: dt.date
    ended_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wages:
    """Everything employers reported and paid for one person. `paid` sums what was paid in all, by programme:
    (employers' shares, his own); `unpaid` what employers owe for him on a day, whole rupiah."""

    person: int
    on: dt.date
    first: Month
    jobs: tuple[Job, ...]
    months: tuple[JobMonth, ...]
    paid: dict[str, tuple[int, int]]
    unpaid: int
    jht: books.Statement
    jp: protection.JpMonths

    @property
    def gaps(self) -> tuple[JobMonth, ...]:
        return tuple(one for one in self.months if one.state in ("not_reported", "not_filed"))

    @property
    def jp_percent(self) -> int:
        return min(100, self.jp.months * 100 // self.jp.needed)


JOBS = """
SELECT m.id, e.name, w.name, m.number, m.contract, m.started_on, m.ended_on,
    ARRAY(SELECT DISTINCT r.month FROM employers_wagereturn r
          WHERE r.employer_id = m.employer_id AND r.state = 'filed' AND r.month >= %(first)s)
FROM employers_employment m JOIN employers_employer e ON e.id = m.employer_id
JOIN employers_worksite w ON w.id = m.worksite_id
WHERE m.person_id = ANY(%(people)s) ORDER BY m.ended_on IS NOT NULL, m.started_on DESC, m.id
"""
LINES = """
SELECT l.employment_id, l.month, l.id, r.version, r.kind, r.filed_on,
    coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username, ''), l.pay, l.allowances, l.variable,
    l.wage, l.wage_type, l.withdrawn, d.protection_on, d.savings_on, b.number, {columns}
FROM employers_wageline l JOIN employers_wagereturn r ON r.id = l.wage_return_id
LEFT JOIN security_user u ON u.id = r.filed_by_id
LEFT JOIN contributions_wagedue d ON d.line_id = l.id LEFT JOIN payments_bill b ON b.id = d.bill_id
WHERE l.person_id = ANY(%(people)s) AND l.month >= %(first)s ORDER BY l.month DESC, l.employment_id, l.id
""".format(columns=", ".join(f"coalesce(d.{name}, 0)" for name in COLUMNS))
SUMS = """
SELECT coalesce(array_agg(month) FILTER (WHERE has_jp), '{{}}'), {paid}, coalesce(sum(unpaid), 0)::bigint
FROM (
    SELECT month, sum(jp_employer + jp_worker) FILTER (WHERE savings_on IS NOT NULL) > 0 AS has_jp, {months},
        sum(CASE WHEN protection_on IS NULL THEN jkk + jkm ELSE 0 END + CASE WHEN savings_on IS NULL
            THEN jht_employer + jht_worker + jp_employer + jp_worker ELSE 0 END) AS unpaid
    FROM contributions_wagedue WHERE person_id = ANY(%s) GROUP BY month
) m
""".format(
    paid=", ".join(f"coalesce(sum({name}), 0)::bigint" for name in COLUMNS[:6]),
    months=", ".join(
        f"sum({name}) FILTER (WHERE {'protection' if name in ('jkk', 'jkm') else 'savings'}_on IS NOT NULL) AS {name}"
        for name in COLUMNS[:6]
    ),
)


def family(*, actor: Actor, person: int, why: str = "") -> tuple[int, ...]:
    """All records of a person whose wages this actor may read: his own, or anybody's by officers for a purpose.

    Raises Refused (not_found, purpose_missing). An agent sees contributions of his own people, not their wages.
    """
    records = registry.same_person(person=person)
    own = actor.may("self") and actor.person in records
    if not records or not (own or actor.may("everyone")):
        raise not_found(Text("Peserta tidak ditemukan.", "There is no such member."))
    if not own and actor.role != "system":
        people.require_purpose(why)
    return records


def months(*, actor: Actor, person: int, on: dt.date, first: Month | None = None, why: str = "") -> Wages:
    """A worker's jobs and months from `first` on, newest first, with totals, JHT account and months of JP.

    The reading is recorded. The number of statements does not grow with jobs or months.
    """
    records = family(actor=actor, person=person, why=why)
    first = first or Month.of(on).plus(-BACK)
    asked = {"people": list(records), "first": first.first}
    found = sql.rows(JOBS, asked)
    lines: dict[tuple[int, Month], list[tuple[Any, ...]]] = defaultdict(list)
    for employment, month, *line in sql.rows(LINES, asked):
        lines[employment, Month.of(month)].append(tuple(line))
    jp, *paid, unpaid = sql.rows(SUMS, [list(records)])[0]
    sums = dict(zip(COLUMNS, paid, strict=False))
    audit.record(by=actor, action="wages.read", subjects=[f"person:{records[0]}"], why=why)
    return Wages(
        person=records[0], on=on, first=first, jobs=tuple(_job(row) for row in found),
        months=_months(found, lines, first, on),
        paid={name: (sums.get(firm or "", 0), sums.get(own or "", 0)) for name, (firm, own, _) in SHARES.items()},
        unpaid=unpaid, jht=books.statement(party=records[0], on=on, also=records[1:]),
        jp=protection.jp_months([Month.of(month) for month in jp], on=on),
    )  # fmt: skip


def jobs_of(*, actor: Actor, person: int, why: str = "") -> tuple[Job, ...]:
    """A worker's jobs, those that go on first. Raises Refused (not_found, purpose_missing)."""
    records = family(actor=actor, person=person, why=why)
    return tuple(_job(row) for row in sql.rows(JOBS, {"people": list(records), "first": dt.date.max}))


def _job(row: tuple[Any, ...]) -> Job:
    id_, employer, worksite, number, contract, started_on, ended_on, _ = row
    return Job(
        employment=id_, employer=employer, worksite=worksite, number=number, contract=contract, started_on=started_on,
        ended_on=ended_on,
    )  # fmt: skip


def _months(
    jobs: Sequence[tuple[Any, ...]], lines: dict[tuple[int, Month], list[tuple[Any, ...]]], first: Month, on: dt.date
) -> tuple[JobMonth, ...]:
    found = []
    for id_, employer, _, _, _, started, ended, returned in jobs:
        filed = {Month.of(month) for month in returned}
        last = min(Month.of(ended), Month.of(on)) if ended else Month.of(on)
        at, wage = max(first, Month.of(started)), 0
        reported = [month for employment, month in lines if employment == id_]
        for month in sorted({*reported, *Month.span(at, max(0, last.minus(at) + 1))}):
            one = _month(month, id_, employer, lines.get((id_, month), []), month in filed, wage, on)
            wage = one.now.wage if one.now and not one.now.withdrawn else wage
            if one.versions or month < Month.of(on):
                found.append(one)
    return tuple(sorted(found, key=lambda one: (one.month, one.employer), reverse=True))


def _month(
    month: Month, employment: int, employer: str, lines: list[tuple[Any, ...]], is_filed: bool, wage: int, on: dt.date
) -> JobMonth:
    due_on = deadline(month)
    versions = tuple(_version(line) for line in lines)
    money = [dict(zip(COLUMNS, line[-len(COLUMNS) :], strict=True)) for line in lines]
    paid = {"protection": _paid(lines, money, "protection"), "savings": _paid(lines, money, "savings")}
    shares = tuple(_share(name, money, paid[part][1]) for name, (_, _, part) in SHARES.items())
    asked = [done for done, _ in paid.values() if done is not None]
    days = [day for _, day in paid.values() if day]
    paid_on = max(days) if asked and all(asked) and days else None
    now = versions[-1] if versions else None
    settled = _settled(lines, money)
    late = (paid_on or on) - due_on if versions and not (now and now.withdrawn) else dt.timedelta(0)
    return JobMonth(
        month=month, employment=employment, employer=employer, due_on=due_on, versions=versions,
        settled=settled, state=_state(now, asked, settled, on > due_on, is_filed),
        shares=tuple(one for one in shares if one.total),
        paid_on=paid_on,
        moved=sum(row["jkp_from_jkk"] + row["jkp_from_jkm"] for row in money),
        state_share=sum(row["jkp_state"] for row in money), days_late=max(0, late.days),
        drop=max(0, wage - now.wage) if now and not now.withdrawn and wage else 0,
        bills=tuple(dict.fromkeys(line[13] for line in lines if line[13])),
    )  # fmt: skip


def deadline(month: Month) -> dt.date:
    """The last day on which the employer pays a month in time (PP 44/2015 Pasal 21)."""
    days_off = holidays.between(month.year, month.year + 1)
    return due.due_date("JKK", "wage_earner", month, holidays=days_off).date


def _version(line: tuple[Any, ...]) -> LineVersion:
    id_, version, kind, filed_on, by, pay, allowances, variable, wage, wage_type, withdrawn, *_ = line
    return LineVersion(
        line=id_, version=version, kind=kind, on=filed_on, by=by, pay=pay, allowances=allowances, variable=variable,
        wage=wage, wage_type=wage_type, withdrawn=withdrawn,
    )  # fmt: skip


def _paid(lines: list[tuple[Any, ...]], money: list[dict[str, int]], part: str) -> tuple[bool | None, dt.date | None]:
    """Whether all that was asked for a part was paid (None: nothing was asked), and the day of the last payment."""
    names = [name for firm, own, of in SHARES.values() if of == part for name in (firm, own) if name]
    place = 11 if part == "protection" else 12
    asked = [line[place] for line, row in zip(lines, money, strict=True) if any(row[name] for name in names)]
    total = sum(row[name] for row in money for name in names)
    if not asked or not total:
        return None, None
    return all(asked), max(asked) if all(asked) else None


def _share(name: str, money: list[dict[str, int]], paid_on: dt.date | None) -> Share:
    firm, own, _ = SHARES[name]
    return Share(
        programme=name, paid_on=paid_on,
        employer=sum(row[firm] for row in money) if firm else 0, worker=sum(row[own] for row in money) if own else 0,
    )  # fmt: skip


def _settled(lines: list[tuple[Any, ...]], money: list[dict[str, int]]) -> int:
    """What was paid of all that was asked for the month, later corrections included."""
    return sum(
        row[name]
        for line, row in zip(lines, money, strict=True)
        for firm, own, part in SHARES.values()
        for name in (firm, own)
        if name and line[11 if part == "protection" else 12]
    )


def _state(now: LineVersion | None, asked: list[bool], settled: int, is_over: bool, is_filed: bool) -> str:
    if now is None:
        return "not_reported" if is_filed else "not_filed" if is_over else "awaited"
    if now.withdrawn:
        return "withdrawn"
    if all(asked):
        return "paid"
    return "part" if settled > 0 else "late" if is_over else "waiting"
