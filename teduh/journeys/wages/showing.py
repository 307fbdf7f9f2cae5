"""A judged return as a report: totals, the difference, findings in words, the first lines. Workers are masked."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from teduh.contributions import wages
from teduh.contributions.wages import BILLED, COLUMNS, SHARES
from teduh.core import dates, holidays, sql
from teduh.core.text import Text
from teduh.employers.models import ReturnState, WageReturn
from teduh.employers.returns import comparing, findings
from teduh.employers.returns.findings import Finding
from teduh.employers.returns.lines import Gone
from teduh.journeys.wages.judging import Priced
from teduh.journeys.wages.report import (
    SHOWN,
    Difference,
    DifferenceGroup,
    DifferenceRow,
    LineDraft,
    ProgrammeTotal,
    ReturnReport,
    RowFinding,
)
from teduh.law import codes, due
from teduh.law.months import Month
from teduh.registry.sheets import cells
from teduh.security import crypto, masking

OPEN = """
SELECT
    (SELECT coalesce(sum(p.amount), 0)::bigint FROM contributions_penalty p
     JOIN payments_bill b ON b.id = p.late_bill_id
     WHERE b.employer_id = %(employer)s AND p.charged_on_id IS NULL AND p.cancelled_on IS NULL),
    (SELECT coalesce(sum(amount - spent), 0)::bigint FROM contributions_credit
     WHERE employer_id = %(employer)s AND used_on_id IS NULL AND cancelled_on IS NULL)
"""
PROGRAMMES = ("JKK", "JKM", "JHT", "JP", "JKP")
SEVERITIES = {"stop": 0, "warn": 1, "note": 2}
SHARE_NAMES = {column: f"{programme}.{payer}" for column, (programme, payer) in SHARES.items()}


def report(*, of: WageReturn, priced: Priced, file_name: str, source: str, kind: str, on: dt.date) -> ReturnReport:
    """Everything there is to say of a return that is in hand or filed."""
    judged, force = priced.judged, priced.force
    penalties, credits = sql.rows(OPEN, {"employer": of.employer_id})[0]
    counts = Counter(found.code for found in judged.rows.findings)
    severities = Counter(found.severity for found in judged.rows.findings)
    day, notes = deadline(priced.month)
    why_not = _why_not(of, priced, on)
    return ReturnReport(
        wage_return=of.id, employer=of.employer_id, employer_name=force.name, npp=force.npp, month=priced.month,
        kind=kind, state=of.state, version=of.version, file_name=file_name, source=source, rows=len(judged.rows),
        workers=judged.workers, wages=judged.wages, totals=totals(priced), to_pay=priced.to_pay,
        penalties_open=penalties, credits_open=credits, due_on=day, due_notes=notes, difference=difference(priced),
        findings=tuple(said(priced, found=worst_first(judged.rows.findings))), counts=dict(counts),
        severities=dict(severities), stopped=len(judged.rows.stopped),
        lines=tuple(drafts(priced, of=range(min(SHOWN, len(judged.lines))))), understood=judged.rows.understood,
        may_file=why_not is None, why_not=why_not, only_changes=priced.only_changes, notes=_notes(priced),
    )  # fmt: skip


@functools.lru_cache(maxsize=200)
def deadline(month: Month) -> tuple[dt.date, tuple[Text, ...]]:
    """The last day to pay a month, and what to know about it."""
    found = due.due_date("JKK", "wage_earner", month, holidays=holidays.between(month.year, month.year + 1))
    return found.date, tuple(Text(note.id, note.en) for note in found.notes)


def totals(priced: Priced) -> tuple[ProgrammeTotal, ...]:
    """By programme and share, with the articles that the lines rest on."""
    shapes = set(zip(priced.judged.lines.risk_class, priced.judged.lines.programmes, strict=True))
    articles: dict[str, dict[str, None]] = {}
    for risk, mask in sorted(shapes):
        basis = wages.basis(
            month=priced.month, risk_class=risk, programmes=mask, labour_intensive=priced.force.labour_intensive,
            workers=priced.workers, on=priced.on,
        )  # fmt: skip
        for (programme, _, _), found in basis.articles.items():
            articles.setdefault(programme, {}).update(dict.fromkeys(found))
    sums: dict[tuple[str, str], int] = Counter()
    for column, amount in priced.totals.items():
        sums[SHARES[column]] += amount
    made = []
    for name in PROGRAMMES:
        shares = [sums.get((name, payer), 0) for payer in ("employer", "worker", "moved", "state")]
        if any(shares) or name in articles:
            made.append(ProgrammeTotal(name, *shares, tuple(articles.get(name, ()))))
    return tuple(made)


def _notes(priced: Priced) -> tuple[Text, ...]:
    """What the law says beside the amounts (values that are not confirmed, reliefs), once each."""
    found: dict[Text, None] = {}
    for risk, mask in sorted(set(zip(priced.judged.lines.risk_class, priced.judged.lines.programmes, strict=True))):
        basis = wages.basis(month=priced.month, risk_class=risk, programmes=mask, workers=priced.workers,
                            labour_intensive=priced.force.labour_intensive, on=priced.on)  # fmt: skip
        found.update(dict.fromkeys(basis.notes))
    return tuple(found)


def worst_first(found: Iterable[Finding]) -> list[Finding]:
    """The first of each code, the gravest first; the whole file before its rows."""
    by_code: dict[str, list[Finding]] = {}
    for one in found:
        rows = by_code.setdefault(one.code, [])
        if len(rows) < SHOWN:
            rows.append(one)
    shown = list(itertools.chain.from_iterable(by_code.values()))
    return sorted(shown, key=lambda one: (SEVERITIES[one.severity], one.number))


def said(priced: Priced, *, found: Iterable[Finding]) -> list[RowFinding]:
    """Findings in words, each with its row and masked worker."""
    places = {number: place for place, number in enumerate(priced.judged.rows.number)}
    made = []
    for one in found:
        words = findings.said(one)
        worker = worker_of(priced, place=places[one.number]) if one.number in places else ""
        made.append(RowFinding(one.number, one.severity, one.code, words.text, one.field, worker, words.then,
                               words.articles, words.status))  # fmt: skip
    return made


def worker_of(priced: Priced, *, place: int) -> str:
    """The masked name of a row, or the masked NIK where there is no name."""
    rows = priced.judged.rows
    name = cells.text(rows.raw["name"][place])[:80] if "name" in rows.raw else ""
    return masking.name(name) or masking.nik(rows.nik[place] or "") or rows.member[place]


def drafts(priced: Priced, *, of: Iterable[int]) -> list[LineDraft]:
    """Lines as they would be filed."""
    lines, rows, made = priced.judged.lines, priced.judged.rows, []
    worst: dict[int, str] = {}
    for found in rows.findings:
        if SEVERITIES[found.severity] < SEVERITIES[worst.get(found.number, "note")] or found.number not in worst:
            worst[found.number] = found.severity
    for line in of:
        place = lines.place[line]
        filed = priced.staff.filed.get(lines.employment[line] or 0) if place < 0 else None
        name = masking.name(crypto.decrypt(filed.name)) if filed else worker_of(priced, place=place)
        amounts = amounts_of(getattr(priced.amounts, column)[line] for column in COLUMNS)
        total = sum(getattr(priced.amounts, column)[line] for column in BILLED)
        made.append(LineDraft(
            number=rows.number[place] if place >= 0 else 0, worker=name, wage=lines.wage[line],
            wage_type=filed.wage_type if filed else rows.wage_type[place], worksite=lines.site[line],
            risk_class=lines.risk_class[line], programmes=names(lines.programmes[line]), amounts=amounts, total=total,
            change=priced.change(line), withdrawn=lines.withdrawn[line], is_new=line in priced.judged.hires,
            severity=worst.get(rows.number[place], "") if place >= 0 else "",
        ))  # fmt: skip
    return made


def amounts_of(row: Iterable[int]) -> dict[str, int]:
    """One line's columns by programme and share."""
    found: dict[str, int] = {}
    for column, amount in zip(COLUMNS, row, strict=True):
        found[SHARE_NAMES[column]] = found.get(SHARE_NAMES[column], 0) + amount
    return {name: amount for name, amount in found.items() if amount or name.endswith((".employer", ".worker"))}


def names(mask: int) -> tuple[str, ...]:
    """The programmes of a mask."""
    return tuple(name for name in PROGRAMMES if mask & codes.PROGRAMMES[name])


def difference(priced: Priced) -> Difference:
    """Against last month; a correction against the version before it."""
    judged = priced.judged
    amends = priced.version > 1
    groups = {name: _group(priced, judged.groups.get(name, ())) for name in comparing.GROUPS}
    if amends:
        same = groups["same"]
        count = len(judged.unchanged) + (judged.untouched[0] if priced.only_changes else 0)
        groups["same"] = DifferenceGroup(same.people + count, same.wages + judged.untouched[1],
                                         same.before + judged.untouched[1], same.rows)  # fmt: skip
    against = priced.month if amends else priced.month.plus(-1) if priced.staff.has_before else None
    return Difference(against, left=_gone(judged.left), missing=_gone(judged.missing), **groups)


def _group(priced: Priced, of: Sequence[int]) -> DifferenceGroup:
    lines = priced.judged.lines
    rows = []
    for line in of[:SHOWN]:
        place = lines.place[line]
        rows.append(DifferenceRow(priced.judged.rows.number[place], worker_of(priced, place=place), lines.before[line],
                                  lines.wage[line]))  # fmt: skip
    return DifferenceGroup(len(of), sum(lines.wage[line] for line in of), sum(lines.before[line] or 0 for line in of),
                           tuple(rows))  # fmt: skip


def _gone(of: Sequence[Gone]) -> DifferenceGroup:
    rows = tuple(DifferenceRow(0, masking.name(crypto.decrypt(one.name)), one.wage, None, _left(one))
                 for one in of[:SHOWN])  # fmt: skip
    return DifferenceGroup(len(of), 0, sum(one.wage for one in of), rows)


def _left(one: Gone) -> Text | None:
    if one.ended_on is None:
        return None
    day = dates.day(one.ended_on)
    return Text(f"Keluar {day.id}.", f"Left on {day.en}.")


def _why_not(of: WageReturn, priced: Priced, on: dt.date) -> Text | None:
    if of.state == ReturnState.FILED:
        return Text("Sudah dilaporkan.", "It is filed already.")
    if priced.month.first > on:
        return Text("Bulan ini belum dimulai.", "This month has not begun yet.")
    count = len(priced.judged.rows.stopped)
    if not len(priced.judged.lines) and not priced.judged.leaves:
        if count or priced.version == 1:
            return Text("Tidak ada baris yang dapat dilaporkan.", "There is no row that can be filed.")
        return Text("Tidak ada yang berubah dari laporan sebelumnya.", "Nothing differs from what was filed.")
    if count:
        return Text(f"{count} baris harus diperbaiki; atau laporkan tanpa baris itu.",
                    f"{count} rows must be mended; or file without them.")  # fmt: skip
    return None


def summary(priced: Priced, *, only_changes: bool) -> dict[str, object]:
    """What is kept of a check: columns, sums, counts. It names nobody."""
    groups = {name: len(of) for name, of in priced.judged.groups.items()}
    groups |= {"left": len(priced.judged.left), "missing": len(priced.judged.missing)}
    kept: Mapping[str, object] = {
        "totals": priced.totals, "to_pay": priced.to_pay, "difference": groups, "only_changes": only_changes,
        "stopped": len(priced.judged.rows.stopped),
        "counts": dict(Counter(found.code for found in priced.judged.rows.findings)),
    }  # fmt: skip
    return {**priced.judged.rows.understood, **kept}


def of_nil(*, of: WageReturn, on: dt.date) -> ReturnReport:
    """The report of a month without wages."""
    day, notes = deadline(of.month)
    ((npp, name),) = sql.rows("SELECT npp, name FROM employers_employer WHERE id = %s", [of.employer_id])
    nobody = DifferenceGroup(0, 0, 0, ())
    return ReturnReport(
        wage_return=of.id, employer=of.employer_id, employer_name=name, npp=npp, month=of.month, kind=of.kind,
        state=of.state, version=of.version, file_name="", source="", rows=0, workers=0, wages=0, totals=(), to_pay=0,
        penalties_open=0, credits_open=0, due_on=day, due_notes=notes,
        difference=Difference(None, nobody, nobody, nobody, nobody, nobody, nobody, nobody), findings=(), counts={},
        severities={}, stopped=0, lines=(), understood={}, may_file=False,
        why_not=Text("Sudah dilaporkan nihil.", "It is filed as nil."),
    )  # fmt: skip
