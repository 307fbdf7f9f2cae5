"""The dated parameters: the value in force on a date, or an error that says what is missing.

Reads `parameters/*.toml` and `sources.toml` once; refuses to guess a value for a date before the oldest text
held.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import hashlib
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from teduh.law import codes, words
from teduh.law.messages import Message, Note, RulebookError
from teduh.law.months import Month
from teduh.law.record import Record

HERE = Path(__file__).parent
STATUSES = ("gazette", "official", "secondary", "unconfirmed")
LAW_START = dt.date(2015, 7, 1)  # PP 44, 45 and 46/2015 take effect


class Value(NamedTuple):
    """One dated value, with the article it stands in, where it was read and how sure that is."""

    name: str
    id: str
    en: str
    value: Any
    unit: str
    since: dt.date
    until: dt.date | None
    citation: str
    source: str
    source_id: str  # the same in Bahasa Indonesia
    status: str
    number: Any  # what rules read: rates in ten-millionths
    neutral: bool  # outside a relief's window: nothing changes
    note: Note | None

    @property
    def unit_id(self) -> str:
        """The unit in Bahasa Indonesia."""
        return words.unit(self.unit, "id")

    def as_dict(self) -> dict[str, Any]:
        """The value for JSON, with the keys `from` and `until`."""
        return {
            "name": self.name, "id": self.id, "en": self.en, "value": self.value, "unit": self.unit,
            "unit_id": self.unit_id,
            "from": self.since.isoformat(), "until": self.until.isoformat() if self.until else None,
            "citation": self.citation, "source": self.source, "source_id": self.source_id,
            "status": self.status,
        }  # fmt: skip


def number(value: Any, unit: str) -> Any:
    """A value of a parameter file as rules read it: a rate in ten-millionths, a date like 20260630, a list a tuple."""
    if isinstance(value, list):
        return tuple(number(item, unit) for item in value)
    if unit == "percent":
        exact = Decimal(value) / 100 * codes.RATE_UNIT
        if exact != int(exact):
            raise ValueError(f"{value} % is not a whole number of ten-millionths")
        return int(exact)
    if isinstance(value, dt.date):
        return value.year * 10_000 + value.month * 100 + value.day
    return value


def _sources() -> dict[str, Message]:
    doc = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))
    return {key: Message(*(f"{row[lang]} <{row['address']}>" for lang in ("id", "en"))) for key, row in doc.items()}


def _note(row: dict[str, Any], name: str) -> Note | None:
    text = row.get("note")
    return Note(f"value:{name}", text["id"], text["en"], (row["citation"],), row["status"]) if text else None


def _values(name: str, table: dict[str, Any], sources: dict[str, Message]) -> tuple[Value, ...]:
    rows = sorted(table["values"], key=lambda row: row["from"])
    unit, found = table["unit"], []
    if unit not in words.UNITS:
        raise ValueError(f"{name}: the unit {unit!r} has no words in `words.UNITS`")

    def value(row: dict[str, Any], since: dt.date, until: dt.date | None, shown: Any, neutral: bool) -> Value:
        status = row["status"]
        if status not in STATUSES:
            raise ValueError(f"{name}: {status!r} is not a status")
        shown = tuple(shown) if isinstance(shown, list) else shown
        source = sources[row["source"]]
        read = number(list(shown) if isinstance(shown, tuple) else shown, unit)
        return Value(name, table["id"], table["en"], shown, unit, since, until, row["citation"],
                     source.en, source.id, status, read, neutral, _note(row, name))  # fmt: skip

    for i, row in enumerate(rows):
        following = rows[i + 1]["from"] - dt.timedelta(days=1) if i + 1 < len(rows) else None
        until = row.get("until")
        last = min(d for d in (until, following) if d) if until or following else None
        found.append(value(row, row["from"], last, row["value"], False))
        if until and until != following and "outside" in table:
            found.append(value(row, until + dt.timedelta(days=1), following, table["outside"], True))
    if "outside" in table and rows[0]["from"] > LAW_START:
        before = rows[0]["from"] - dt.timedelta(days=1)
        found.insert(0, value(rows[0], LAW_START, before, table["outside"], True))
    return tuple(found)


@functools.cache
def parameters() -> dict[str, tuple[Value, ...]]:
    """Every parameter by name, each as its dated values from the oldest to the newest."""
    sources, found = _sources(), {}
    for path in sorted((HERE / "parameters").glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in found:
                raise ValueError(f"{name} stands in two parameter files")
            found[name] = _values(name, table, sources)
    return found


def _on(when: Month | dt.date) -> dt.date:
    return when.last if isinstance(when, Month) else when


def values(name: str) -> tuple[Value, ...]:
    """All dated values of one parameter, superseded ones too."""
    try:
        return parameters()[name]
    except KeyError:
        raise KeyError(f"no parameter is called {name!r}; the names are the tables of parameters/*.toml") from None


def in_force(name: str, when: Month | dt.date) -> Value:
    """The value in force on a date; for a month, on its last day."""
    date, rows = _on(when), values(name)
    at = bisect.bisect_right(rows, date, key=lambda value: value.since) - 1
    if at < 0 or ((last := rows[at].until) and last < date):
        raise missing(name, date, rows)
    return rows[at]


def missing(name: str, date: dt.date, rows: tuple[Value, ...]) -> RulebookError:
    """The error for a date on which no text held gives this value."""
    first, last = rows[0], rows[-1]
    return RulebookError(
        "no_value",
        what=Message(f"Nilai “{first.id}” untuk {date} tidak ada.", f"There is no “{first.en}” for {date}."),
        why=Message(
            f"Naskah yang dipegang ({first.citation}) memberi nilai sejak {first.since}"
            + (f" sampai {last.until}." if last.until else "."),
            f"The texts held ({first.citation}) give it from {first.since}"
            + (f" until {last.until}." if last.until else "."),
        ),
        next=Message("Gunakan tanggal yang tercakup, atau tambahkan nilai beserta kutipannya.",
                     "Ask for a date they cover, or add the value with its citation."),
    )  # fmt: skip


@functools.cache
def breaks() -> tuple[dt.date, ...]:
    """Each day on which a value that rules read changes."""
    days = {value.since for name in Record._fields for value in values(name)}
    days |= {v.until + dt.timedelta(days=1) for name in Record._fields for v in values(name) if v.until}
    return tuple(sorted(day for day in days if day >= LAW_START))


@functools.lru_cache(maxsize=512)
def record(date: dt.date) -> Record:
    """Everything in force on a day, as rules read it; what no text gives is marked as missing."""

    def read(name: str) -> Any:
        try:
            return in_force(name, date).number
        except RulebookError:
            example = values(name)[0].number
            return tuple([codes.MISSING] * len(example)) if isinstance(example, tuple) else codes.MISSING

    return Record(*(read(name) for name in Record._fields))


@functools.cache
def instruments() -> dict[str, dict[str, Any]]:
    """Laws and regulations by short name, with their titles and when they apply."""
    doc = tomllib.loads((HERE / "instruments.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, Any]] = doc["instruments"]
    return found


def instrument(article: str) -> str:
    """The instrument an article stands in: `PP 44/2015 Pasal 16(1)` is in `PP 44/2015`."""
    return " ".join(article.split()[:2])


def applies(article: str, date: dt.date) -> bool:
    """Whether the article's instrument applies on this day; a decision of ours always does."""
    row = instruments().get(instrument(article))
    return row is None or (row["from"] <= date and date <= row.get("until", date))


def texts() -> list[Path]:
    """The files that the results depend on: rules and parameters."""
    own = [HERE / f"{name}.py" for name in ("codes", "money", "reach", "record")]
    folders = (("contributions", "*.py"), ("benefits", "*.py"), ("parameters", "*.toml"))
    return own + [path for folder, kind in folders for path in sorted((HERE / folder).glob(kind))]


@functools.cache
def version() -> str:
    """Names this rulebook: changes with any word of the rules and parameters."""
    digest = hashlib.sha256()
    for path in texts():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
