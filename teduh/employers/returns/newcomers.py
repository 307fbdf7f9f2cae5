"""Who a row is: compared with the register's record, or read as somebody new with what the NIK itself says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers.returns.findings import of_sheet
from teduh.employers.returns.known import Worker
from teduh.employers.returns.reading import Rows
from teduh.law import nik as law_nik
from teduh.law.messages import Reason
from teduh.registry import names, phones
from teduh.registry.facts import Admitted
from teduh.registry.sheets import cells, dates
from teduh.registry.sheets.findings import MEND
from teduh.security import crypto, masking

if TYPE_CHECKING:
    from teduh.employers.returns.judging import Judge

SEXES = {"F": Text("perempuan", "female"), "M": Text("laki-laki", "male")}


def because(reason: Reason) -> Text:
    """The law's reason as words for people."""
    return Text(reason.id, reason.en)


def is_alike(name: str, worker: Worker) -> bool:
    """Whether a row's name can be the member's; an empty one can."""
    if not name:
        return True
    known = crypto.decrypt(worker.name)
    return name.casefold() == known.casefold() or names.compare(name, known).is_alike


def compare(judge: Judge, rows: Rows, place: int, worker: Worker) -> None:
    """A row against the record of the person with this NIK: name, birth date, member number, other employers."""
    name = rows.raw["name"][place] if "name" in rows.raw else ""
    if name:
        known = crypto.decrypt(worker.name)
        typed = name if type(name) is str else cells.text(name)
        if typed != known and typed.casefold() != known.casefold() and not names.compare(typed[:200], known).is_alike:
            rows.find(place, "name_differs", "name", read=masking.name(known))
    birth = rows.raw["birth_date"][place] if "birth_date" in rows.raw else ""
    if birth and not _is_day(birth, worker.birth_date):
        rows.find(place, "birth_differs", "birth_date")
    if rows.nik[place] and rows.member[place] and rows.member[place] != worker.member_number:
        rows.find(place, "kpj_differs", "member_number", cell=rows.member[place])
    if worker.elsewhere:
        rows.find(place, "other_employer", "nik")


def _is_day(value: Any, known: dt.date) -> bool:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value == known or (value.year, value.day, value.month) == (known.year, known.month, known.day)
    if isinstance(value, float):
        return dates.EPOCH + dt.timedelta(days=int(value)) == known if 3_000 < value < 80_000 else False
    wanted = (known.year, known.month, known.day)
    short = (known.year % 100, known.month, known.day)
    found = dates.meanings(cells.text(value)[:120])
    return not found or any(meaning in (wanted, short) for meaning in found)


def admitted(judge: Judge, rows: Rows, place: int) -> Admitted | None:
    """Somebody whom the fund does not know yet; None where the row cannot say who he is."""
    nik = rows.nik[place]
    if nik is None:
        return None
    read = law_nik.read(nik, regions=None, today=judge.on)
    if not read.valid:
        rows.find(place, "nik_wrong", "nik", why=because(read.problems[0]))
        return None
    name = cells.name(rows.raw["name"][place] if "name" in rows.raw else "")
    if name.value is None:
        _say(rows, place, name.findings, "name_missing_new")
        return None
    birth = _birth(judge, rows, place, read)
    sex = _sex(rows, place, read)
    if place in rows.stopped or birth is None or sex is None:
        return None
    try:
        return Admitted(nik=nik, name=name.value, birth_date=birth, sex=sex, phone=_phone(rows, place))
    except Refused as refused:
        rows.find(place, "nik_wrong", refused.field, why=refused.what)
        return None


def _say(rows: Rows, place: int, findings: Any, instead: str) -> None:
    for found in findings:
        if found.code == "name_missing":
            rows.find(place, instead, "name")
        elif found.level == MEND:
            rows.findings.append(of_sheet(rows.number[place], found))
            rows.stopped.add(place)


def _birth(judge: Judge, rows: Rows, place: int, read: law_nik.Nik) -> dt.date | None:
    """The column's birth date, else the NIK's, and it is said that it is."""
    name = "birth_date" if "birth_date" in rows.raw else "birth"
    cell = rows.raw[name][place] if name in rows.raw else ""
    if cells.is_empty(cell):
        found = read.birth_dates[0] if read.birth_dates else None
        if found:
            rows.find(place, "birth_from_nik", "birth_date", read=found)
        return found
    told = dates.birth(cell, by_nik=read.birth_dates, on=judge.on, field="birth_date")
    for finding in told.findings:
        if finding.level == MEND:
            rows.findings.append(of_sheet(rows.number[place], finding))
            rows.stopped.add(place)
    found = told.value
    if found and read.birth_dates and found not in read.birth_dates:
        rows.find(place, "birth_not_nik", "birth_date", read=read.birth_dates[0])
    return found


def _sex(rows: Rows, place: int, read: law_nik.Nik) -> str | None:
    told = cells.sex(rows.raw["sex"][place]).value if "sex" in rows.raw else None
    if told is None and read.sex:
        rows.find(place, "sex_from_nik", "sex", read=SEXES[read.sex])
        return read.sex
    return told


def _phone(rows: Rows, place: int) -> str | None:
    if "phone" not in rows.raw:
        return None
    try:
        return phones.read(rows.text("phone", place)[:60])
    except Refused:
        return None
