"""Filing a checked return: people admitted, employments opened and ended, lines by COPY, dues, bill, books, messages.

Runs inside the transaction of `wage_return.file`; its statements do not grow with the workers.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from teduh.contributions import wage_actions, wages
from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import employed
from teduh.employers import actions as employers
from teduh.employers.models import ReturnKind, ReturnState, Teller, WageReturn
from teduh.employers.returns.lines import Judged
from teduh.journeys.wages import billing, judging, keeping
from teduh.journeys.wages.judging import History, Priced
from teduh.journeys.wages.report import Filed
from teduh.journeys.worker import worker
from teduh.law import rulebook
from teduh.law.months import Month
from teduh.registry import actions as registry
from teduh.security import actions as security
from teduh.security.access import Actor

COLUMNS = (
    "id, wage_return_id, number, month, person_id, employment_id, worksite_id, wage_type, pay, allowances, variable, "
    "wage, risk_class, programmes, replaces_id, withdrawn"
)
#: Filed, and numbers taken for its lines.
FILED = """
WITH filed AS (
    UPDATE employers_wagereturn SET state = 'filed', version = %(version)s, workers = %(workers)s, wages = %(wages)s,
        rulebook = %(rulebook)s, filed_on = %(on)s, filed_at = %(at)s, filed_by_id = %(by)s
    WHERE id = %(id)s
)
SELECT nextval(pg_get_serial_sequence('employers_wageline', 'id')) FROM generate_series(1, %(lines)s)
"""
#: Who left, as the return told it; an earlier word of the worker's that says the same is answered by it.
TOLD = """
WITH told AS (
    SELECT * FROM unnest(%(ids)s::bigint[], %(days)s::date[], %(causes)s::text[]) AS t (employment, ended_on, cause)
), answered AS (
    UPDATE employers_leaving l SET state = 'accepted', decided_on = %(on)s, decided_by_id = %(by)s
    FROM told WHERE l.employment_id = told.employment AND l.state IN ('waiting', 'disputed')
        AND l.ended_on = told.ended_on AND l.cause = told.cause
    RETURNING l.employment_id
)
INSERT INTO employers_leaving (employment_id, ended_on, cause, teller, state, told_on, by_id, decided_on, decided_by_id,
    why)
SELECT employment, ended_on, cause, %(teller)s, 'accepted', %(on)s, %(by)s, %(on)s, %(by)s, 'Laporan upah' FROM told
WHERE employment NOT IN (SELECT employment_id FROM answered)
    AND NOT EXISTS (SELECT FROM employers_leaving l WHERE l.employment_id = employment AND l.state = 'accepted')
"""
#: What came of it, for whoever files it again.
OUTCOME = "UPDATE employers_wagereturn SET understood = understood || %s::jsonb WHERE id = %s"
NIL = """
INSERT INTO employers_wagereturn (employer_id, month, version, kind, state, workers, wages, understood, rulebook, by_id,
    filed_on, filed_at, filed_by_id, why)
VALUES (%(employer)s, %(month)s, %(version)s, 'nil', 'filed', 0, 0, '{}', %(rulebook)s, %(by)s, %(on)s, %(at)s, %(by)s,
    %(why)s)
RETURNING id
"""


def file(
    *, of: WageReturn, by: Actor, on: dt.date, at: dt.datetime, without_stopped: bool, why: str = ""
) -> Filed:  # fmt: skip
    """File a return whose employer is held."""
    past = judging.history(employer=of.employer_id, month=of.month)
    _require_in_hand(of, past, on)
    priced = judging.again(wage_return=of, past=past, on=on, advice=False)
    _require_fileable(priced, without_stopped)
    judged, lines = priced.judged, priced.judged.lines
    persons, employments = _employed(judged, of.employer_id, by, on)
    _moved(judged, of, by, on)
    _ended(judged, employments, by, on)
    told = {
        "id": of.id, "version": priced.version, "workers": judged.workers, "wages": judged.wages, "on": on, "at": at,
        "rulebook": rulebook.version(), "by": by.user, "lines": len(lines),
    }  # fmt: skip
    ids = [id_ for (id_,) in sql.rows(FILED, told)]
    _copy(_records(priced, of, ids, persons, employments))
    bases = wages.bases(
        month=of.month, risk_classes=lines.risk_class, programmes=lines.programmes, workers=priced.workers,
        labour_intensive=priced.force.labour_intensive, on=priced.on,
    )  # fmt: skip
    wage_actions.owe(wage_return=of.id, employer=of.employer_id, month=of.month, lines=ids, persons=persons,
                     amounts=priced.amounts, bases=bases)  # fmt: skip
    bill = billing.bill(wage_return=of.id, by=by, on=on)
    stopped = len(judged.rows.stopped)
    outcome = {"bill": bill.bill, "amount": bill.amount, "credit": bill.credit, "left_out": stopped}
    kept = {"outcome": outcome, "to_pay": priced.to_pay, "totals": priced.totals}
    sql.run(OUTCOME, [json.dumps(kept), of.id])
    security.record(by=by, action="return.filed", subjects=[f"return:{of.id}"], why=why, detail={
        "month": str(of.month), "version": priced.version, "workers": judged.workers, "lines": len(lines),
        "left_out": stopped,
    })  # fmt: skip
    worker.tell_filed(wage_return=of.id, at=at)
    return Filed(of.id, priced.version, judged.workers, bill.bill, bill.amount, bill.credit, left_out=stopped)


def as_filed(*, of: WageReturn) -> Filed:
    """What a filed return came to, for whoever files it again."""
    came = of.understood.get("outcome", {})
    return Filed(of.id, of.version or 1, of.workers, came.get("bill"), came.get("amount", 0), came.get("credit", 0),
                 left_out=came.get("left_out", 0))  # fmt: skip


def nil(*, employer: int, month: Month, why: str, by: Actor, on: dt.date, at: dt.datetime) -> Filed:
    """A month without wages; the same told again answers the same."""
    sql.rows(keeping.HOLD_EMPLOYER, [employer])
    past = judging.history(employer=employer, month=month)
    if past.latest and past.latest.kind == ReturnKind.NIL:
        return as_filed(of=keeping.get(wage_return=past.latest.id))
    if past.latest and past.latest.workers:
        raise Refused(
            "month_has_workers",
            Text("Bulan ini sudah dilaporkan dengan pekerja.", "This month was filed with workers."),
            then=Text("Betulkan laporannya: tandai pekerja yang tidak seharusnya dilaporkan sebagai batal.",
                      "Correct it: mark the workers who did not belong as withdrawn."),
            status=409, field="month",
        )  # fmt: skip
    told = {"employer": employer, "month": month.first, "version": past.next_version, "rulebook": rulebook.version(),
            "by": by.user, "on": on, "at": at, "why": why}  # fmt: skip
    ((id_,),) = sql.rows(NIL, told)
    security.record(by=by, action="return.nil", subjects=[f"return:{id_}"], why=why, detail={"month": str(month)})
    return Filed(id_, past.next_version, 0, None, 0, 0)


def _require_in_hand(of: WageReturn, past: History, on: dt.date) -> None:
    """Still in hand, and still what it was: the first report of its month, or a correction."""
    if of.state != ReturnState.CHECKED:
        raise Refused(
            "return_replaced",
            Text("Pemeriksaan ini sudah diganti yang lain.", "This check was replaced by another."),
            why=Text("Seseorang memeriksa berkas lain untuk bulan yang sama, atau membuangnya.",
                     "Somebody checked another file for the same month, or discarded this one."),
            then=Text("Buka bulan itu dan lihat pemeriksaan yang terakhir.", "Open the month, see the latest check."),
            status=409,
        )  # fmt: skip
    if bool(past.filed) != (of.kind == ReturnKind.AMENDMENT):
        raise Refused(
            "return_overtaken",
            Text("Bulan ini baru saja dilaporkan orang lain.", "Somebody else has just filed this month."),
            then=Text("Periksa lagi berkasnya: sekarang menjadi pembetulan.", "Check it again: now it corrects that."),
            status=409,
        )
    if of.month.first > on:
        raise too_early()


def too_early() -> Refused:
    return Refused("month_not_begun", Text("Bulan ini belum dimulai.", "This month has not begun yet."),
                   then=Text("Laporkan paling cepat pada bulan itu.", "File it in that month at the earliest."),
                   field="month")  # fmt: skip


def _require_fileable(priced: Priced, without_stopped: bool) -> None:
    judged = priced.judged
    count = len(judged.rows.stopped)
    if count and not without_stopped:
        raise Refused(
            "return_has_stops",
            Text(f"{count} baris belum dapat dilaporkan.", f"{count} rows cannot be filed yet."),
            then=Text("Perbaiki barisnya, atau pilih “laporkan tanpa baris itu” dan susulkan dengan pembetulan.",
                      "Mend the rows, or choose “file without these rows” and add them by a correction."),
        )  # fmt: skip
    if not len(judged.lines) and not judged.leaves:
        raise Refused(
            "nothing_to_file",
            Text("Tidak ada yang dapat dilaporkan.", "There is nothing to file."),
            why=Text("Tidak ada baris yang berbeda dari yang sudah dilaporkan.", "No row differs from what was filed.")
            if priced.version > 1 else None,
            then=Text("Periksa berkasnya.", "Check the file."),
        )  # fmt: skip


def _employed(judged: Judged, employer: int, by: Actor, on: dt.date) -> tuple[list[int], list[int]]:
    """Every line's person and employment: the new are admitted, those new here are hired."""
    lines = judged.lines
    persons: list[Any] = list(lines.person)
    employments: list[Any] = list(lines.employment)
    if judged.admits:
        admitted = registry.admit(people=list(judged.admits.values()), by=by, on=on)
        for line, (person, _) in zip(judged.admits, admitted, strict=True):
            persons[line] = person
    if judged.hires:
        rows = [
            (persons[line], hire.worksite, hire.number, hire.contract, hire.started_on, hire.contract_until)
            for line, hire in judged.hires.items()
        ]
        hired = employers.employ(rows=rows, employer=employer, by=by, on=on)
        for line, employment in zip(judged.hires, hired, strict=True):
            employments[line] = employment
    return persons, employments


def _moved(judged: Judged, of: WageReturn, by: Actor, on: dt.date) -> None:
    if judged.moves:
        rows = [(employment, site, None, None, None) for employment, site in judged.moves]
        employers.change(rows=rows, employer=of.employer_id, by=by, on=on, why=f"Laporan upah {of.month}")


def _ended(judged: Judged, employments: list[int], by: Actor, on: dt.date) -> None:
    rows = [
        (told.employment or (employments[told.line] if told.line is not None else None), told.ended_on, told.cause)
        for told in judged.leaves
    ]
    ended = employers.end(rows=[row for row in rows if row[0]], by=by, on=on, why="Laporan upah") if rows else {}
    if ended:
        ids, days, causes = (list(column) for column in zip(*(row for row in rows if row[0] in ended), strict=True))
        teller = Teller.OFFICER if by.may("employers") else Teller.EMPLOYER
        sql.run(TOLD, {"ids": ids, "days": days, "causes": [str(cause) for cause in causes], "teller": str(teller),
                       "on": on, "by": by.user})  # fmt: skip
        employed.recompute(employments=ended, on=on)


def _records(
    priced: Priced, of: WageReturn, ids: list[int], persons: list[int], employments: list[int]
) -> Iterator[tuple[object, ...]]:
    lines, rows = priced.judged.lines, priced.judged.rows
    month = of.month.first.isoformat()
    for line, id_ in enumerate(ids):
        place = lines.place[line]
        if place >= 0 and not lines.withdrawn[line]:
            told = (rows.number[place], rows.wage_type[place], rows.pay[place], rows.allowances[place],
                    rows.variable[place])  # fmt: skip
        else:
            filed = priced.staff.filed[employments[line]]
            number = rows.number[place] if place >= 0 else 0
            told = (number, filed.wage_type, filed.pay, filed.allowances, filed.variable)
        number, kind, pay, allowances, variable = told
        yield (
            id_, of.id, number, month, persons[line], employments[line], lines.worksite[line], kind, pay, allowances,
            variable, lines.wage[line], lines.risk_class[line], lines.programmes[line],
            lines.replaces[line] or r"\N", "t" if lines.withdrawn[line] else "f",
        )  # fmt: skip


def _copy(records: Iterator[tuple[object, ...]]) -> None:
    """Numbers and codes only, so each row is plain text for COPY."""
    with connection.cursor() as cursor, cursor.copy(f"COPY employers_wageline ({COLUMNS}) FROM STDIN") as stream:
        block: list[str] = []
        for record in records:
            block.append("\t".join(map(str, record)))
            if len(block) == 2_000:
                stream.write("\n".join(block) + "\n")
                block.clear()
        if block:
            stream.write("\n".join(block) + "\n")
