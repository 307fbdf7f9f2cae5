"""One row of a placement list understood as one worker: every cell read, and what there is to say of it.

It asks no register: regions and agencies are in its hands. What the law says of somebody is asked elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from teduh.law import nik as law_nik
from teduh.law.months import months_after
from teduh.law.placements import months_of
from teduh.migrants import reference
from teduh.migrants.exchange import days, values
from teduh.migrants.exchange.findings import STOP, Finding, find, of_sheet
from teduh.migrants.models import ListPurpose, OrganisationKind, RowState
from teduh.registry.sheets import cells, dates, gazetteer
from teduh.registry.sheets.findings import Understood

#: Names of destinations in the script of the sender.
HAN = {"台灣": "TW", "臺灣": "TW", "台湾": "TW", "香港": "HK", "澳門": "MO", "澳门": "MO", "日本": "JP", "新加坡": "SG",
       "韓國": "KR", "韩国": "KR", "馬來西亞": "MY", "马来西亚": "MY"}  # fmt: skip
#: A contract's days lie within so many years of the list's day.
PAST, FUTURE = 30, 15
A_DAY = dt.timedelta(days=1)
DAYS = ("passport_until", "starts", "ends", "departs_on", "paid_until")
EXCEL = frozenset({"nik_scientific", "nik_last_digit"})


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Whose list it is: an agency's, the government's placement's or a mission's, with the destinations it serves."""

    organisation: int
    kind: str
    name: str
    serves: tuple[str, ...] = ()
    seat: str | None = None

    @property
    def is_mission(self) -> bool:
        return self.kind == OrganisationKind.MISSION

    @property
    def default_destination(self) -> str | None:
        """Where a mission's people are if its list does not say: the one country it serves."""
        return self.serves[0] if self.is_mission and len(self.serves) == 1 else None


@dataclass(slots=True)
class Row:
    """A row as understood. `values` are plain (days in ISO), fit for JSON; `number` counts from 1 as people do."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    state: str = ""

    def say(self, code: str, field: str = "", **words: object) -> None:
        self.findings.append(find(code, field, **words))

    def take(self, read: Understood) -> Any:
        """The value; what was said of the cell is kept."""
        self.findings += [of_sheet(found) for found in read.findings]
        return read.value

    def day(self, name: str) -> dt.date | None:
        """A day among the values."""
        written = self.values.get(name)
        return dt.date.fromisoformat(written) if written else None

    @property
    def is_usable(self) -> bool:
        return self.state in (RowState.READY, RowState.WARNED)


@dataclass(frozen=True, kw_only=True)
class Context:
    """What holds for every row of one list."""

    sender: Sender
    purpose: str
    on: dt.date
    places: gazetteer.Gazetteer
    regions: frozenset[str] | None
    #: Agencies by the key of their name and by their code: id and name.
    agencies: Mapping[str, tuple[int, str]]
    is_of_taiwan: bool = False
    month_first: frozenset[str] = frozenset()


class Reader:
    """Reads rows of one list."""

    def __init__(self, columns: Mapping[str, int], context: Context) -> None:
        self.columns, self.context, self.on = columns, context, context.on
        self.enters = context.purpose == ListPurpose.ENTER

    def read(self, number: int, cells_: Sequence[Any], written: gazetteer.Written) -> Row:
        """What this row says; its state is still open."""
        row, get = Row(number), Cells(cells_, self.columns)
        row.values["destination"] = self._destination(row, get)
        roc = row.values["destination"] == "TW" or (self.context.is_of_taiwan and not row.values["destination"])
        self._person(row, get, roc)
        self._passport(row, get)
        for name in DAYS:
            row.values[name] = self._day(row, get, name, roc)
        self._agreement(row, get)
        self._paid(row, get, roc)
        self._home(row, get, written)
        if not (row.values["nik"] or row.values["passport"] or row.values["name"] and row.values["birth_date"]):
            row.say("nobody")
        return row

    # Who

    def _person(self, row: Row, get: Cells, roc: bool) -> None:
        known = self._nik(row, get)
        row.values["name"] = row.take(cells.name(get("name"))) if "name" in self.columns else None
        if self.enters and row.values["name"] is None and "name" not in self.columns:
            row.say("name_missing", "name")
        born = self._birth(row, get, known, roc)
        row.values["birth_date"] = born.isoformat() if born else None
        row.values["sex"] = row.take(cells.sex(get("sex"))) or (known.sex if known else None)
        row.values["phone"] = row.take(cells.phone(get("phone")))
        row.values["email"] = row.take(cells.email(get("email")))

    def _nik(self, row: Row, get: Cells) -> law_nik.Nik | None:
        row.values["nik"] = None
        if "nik" not in self.columns or cells.is_empty(get("nik")):
            if self.enters:
                row.say("nik_missing", "nik")
            return None
        read = cells.nik(get("nik"))
        if any(found.code in EXCEL for found in read.findings):
            row.say("nik_excel", "nik", cell=_as_excel(get("nik")))
            return None
        typed = row.take(read)
        if typed is None:
            return None
        carried = law_nik.read(typed, regions=self.context.regions, today=self.on)
        for reason in carried.problems:
            row.say("nik_not_possible", "nik", cell=typed, why=reason.id, why_en=reason.en)
        row.values["nik"] = typed if carried.valid else None
        return carried if carried.valid else None

    def _birth(self, row: Row, get: Cells, known: law_nik.Nik | None, roc: bool) -> dt.date | None:
        by_nik = known.birth_dates if known else ()
        by_nik = tuple(sorted(by_nik, key=lambda day: self.on.year - day.year < dates.YOUNGEST))
        value = get("birth_date")
        value = get("birth") if cells.is_empty(value) else value
        if roc and isinstance(value, (str, float, int)) and (day := days.minguo(cells.text(value)[:60].casefold())):
            if day not in by_nik:
                row.say("day_roc", "birth_date", cell=cells.text(value), read=day)
            value = day
        if cells.is_empty(value) and not (by_nik and self.enters):
            if self.enters and not any(found.field == "nik" for found in row.findings):
                row.say("date_missing", "birth_date")
            return by_nik[0] if by_nik and len(by_nik) == 1 else None
        born: dt.date | None = row.take(dates.birth(value, by_nik=by_nik, on=self.on))
        if born and by_nik and born not in by_nik:
            row.say("birth_differs_nik", "birth_date")
        return born

    def _passport(self, row: Row, get: Cells) -> None:
        read, is_unreadable = values.passport(get("passport"))
        row.values["passport"] = read
        if is_unreadable:
            row.say("passport_unreadable", "passport", cell=cells.text(get("passport")))

    # Where to

    def _destination(self, row: Row, get: Cells) -> str | None:
        sender, value = self.context.sender, get("destination")
        if cells.is_empty(value):
            if sender.default_destination:
                return sender.default_destination
            if self.enters:
                row.say("destination_missing", "destination")
            return None
        typed = cells.text(value)[:80]
        code = HAN.get(typed) or reference.read(typed)
        if code is None:
            row.say("destination_unknown", "destination", cell=typed)
        elif self.enters and sender.is_mission and code not in sender.serves:
            row.say("not_served", "destination")
        return code

    def _day(self, row: Row, get: Cells, name: str, roc: bool) -> str | None:
        value = get(name)
        read, how = days.read(value, on=self.on, roc=roc, month_first=name in self.context.month_first)
        typed = cells.text(value)
        if how == "bad" and name == "ends" and values.months(value)[0]:
            row.values["lasts"] = values.months(value)[0]  # a length where a day was asked
        elif how == "bad":
            code = "day_minguo_here" if not roc and days.looks_minguo(value) else "day_unreadable"
            row.say(code, name, cell=typed)
        if read is None:
            return None
        if not self.on.year - PAST <= read.year <= self.on.year + FUTURE:
            row.say("day_far", name, cell=typed)
            return None
        if how in ("roc", "serial", "month_first"):
            row.say(f"day_{how}", name, cell=typed, read=read)
        return read.isoformat()

    # The agreement

    def _agreement(self, row: Row, get: Cells) -> None:
        for name, most in (("employer", 160), ("job", 120), ("employer_address", 300)):
            row.values[name] = row.take(cells.line(get(name), name, most))
        months, is_unreadable = values.months(get("months"))
        if is_unreadable:
            row.say("months_unreadable", "months", cell=cells.text(get("months")))
        months = row.values.pop("lasts", None) or months
        row.values["months"], row.values["reckoned"] = months, False
        starts, ends = row.day("starts"), row.day("ends")
        if starts and months and not ends and not _has(row, "ends"):
            ends = months_after(starts, months) - A_DAY
            row.values["ends"], row.values["reckoned"] = ends.isoformat(), True
            row.say("ends_reckoned", "ends", read=ends)
        elif starts and ends and ends < starts:
            row.say("dates_turned", "ends", starts=starts, ends=ends)
            row.values["starts"] = row.values["ends"] = None
        elif starts and ends and months and abs(months_of(starts, ends) - months) > 1:
            row.say("months_differ", "months", cell=months, read=months_of(starts, ends))
        if self.enters:
            self._whole_agreement(row)

    def _whole_agreement(self, row: Row) -> None:
        """An agreement has a first and a last day, an employer and a job; or there is none yet."""
        got = row.values
        if not got["starts"] and not got["ends"]:
            if not _has(row, "starts", "ends"):
                row.say("no_agreement", "starts")
        else:
            for name in ("starts", "ends", "employer", "job"):
                if not got[name] and not _has(row, name):
                    row.say("half_agreement", name)
        if got["passport_until"] and (row.day("passport_until") or self.on) < self.on:
            row.say("passport_expired", "passport_until", read=row.day("passport_until"))

    def _paid(self, row: Row, get: Cells, roc: bool) -> None:
        paid, until, is_unreadable = values.paid(get("paid"), on=self.on, roc=roc)
        if is_unreadable:
            row.say("paid_unreadable", "paid", cell=cells.text(get("paid")))
        row.values["paid"] = paid
        if until and not row.values["paid_until"]:
            row.values["paid_until"] = until.isoformat()

    # Through whom, and from where

    def _home(self, row: Row, get: Cells, written: gazetteer.Written) -> None:
        row.values["agency"] = self._agency(row, get)
        row.values["lives_in"] = row.take(self.context.places.find(written)) if self.enters else None

    def _agency(self, row: Row, get: Cells) -> int | None:
        """The agency that the row names; an agency's own list may name none but itself."""
        typed = cells.text(get("agency"))[:160]
        if not self.enters or cells.is_empty(typed):
            return None
        named = self.context.agencies.get(values.agency_key(typed)) or self.context.agencies.get(typed.upper())
        sender = self.context.sender
        if not sender.is_mission:
            if named and named[0] != sender.organisation:
                row.say("other_agency", "agency", cell=typed)
            return None
        if named is None:
            row.say("agency_unknown", "agency", cell=typed)
        return named[0] if named else None


class Cells:
    """A row's cells by field."""

    __slots__ = ("columns", "row")

    def __init__(self, row: Sequence[Any], columns: Mapping[str, int]) -> None:
        self.row, self.columns = row, columns

    def __call__(self, name: str) -> Any:
        index = self.columns.get(name)
        return self.row[index] if index is not None and index < len(self.row) else None

    def place(self, name: str) -> str:
        text = cells.text(self(name))[:120]
        return "" if cells.is_empty(text) else " ".join(text.split())


def written(row: Sequence[Any], columns: Mapping[str, int]) -> gazetteer.Written:
    """What a row says of the place at home."""
    get = Cells(row, columns)
    said = gazetteer.Written(*(get.place(name) for name in (*gazetteer.LEVELS, "region_code")))
    if said.village or said.code or "address" not in columns:
        return said
    inside = gazetteer.in_address(cells.text(get("address"))[:300])
    return said._replace(**{name: word for name, word in inside._asdict().items() if word and not getattr(said, name)})


def _has(row: Row, *names: str) -> bool:
    """Whether something grave was said of these fields already."""
    return any(found.field in names and found.severity(ListPurpose.ENTER) == STOP for found in row.findings)


def _as_excel(value: Any) -> str:
    """The number as Excel shows it: `3.20E+15`."""
    return f"{value:.2E}" if isinstance(value, float) else cells.text(value)
