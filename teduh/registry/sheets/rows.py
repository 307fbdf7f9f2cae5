"""One row of a sheet understood as one person: every cell read, compared with the NIK, and what is missing filled in.

It decides nothing about who may join; it says what was understood, how, and what must be mended.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from teduh.core.text import rupiah
from teduh.law import nik as law_nik
from teduh.law import rulebook
from teduh.registry import consents, facts
from teduh.registry.models.files import RowState
from teduh.registry.sheets import amounts, cells, dates, gazetteer, headers
from teduh.registry.sheets.findings import MEND, NOTHING, WARN, Finding, Understood, find
from teduh.registry.sheets.trades import Trades

TOTAL = re.compile(r"^(sub ?total|grand ?total|total|jumlah|jml|rekap\w*|sum)\b", re.I)
FOOTER = re.compile(
    r"\b(mengetahui|menyetujui|kepala desa|lurah|camat|sekretaris|sekdes|dibuat oleh|yang membuat|hormat kami|ttd|"
    r"tertanda|nip|ketua|bendahara|sumber data|catatan|keterangan|nb)\b", re.I,
)  # fmt: skip
#: Any of these makes a row speak of a person, even without NIK.
PERSONAL = ("birth_date", "birth", "sex", "phone", "occupation", "number", "income", "programmes")
ADDRESS_MOST = 300
#: Fewer digits under NIK than this, in a row of totals, count people.
COUNT_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What is said of the whole file when it is handed in: it holds where a row says nothing.

    `region` is where the file comes from (a village's code), `group` who pays, `consent` what all of them agreed to.
    """

    region: str | None = None
    programmes: tuple[str, ...] = ("JKK", "JKM")
    occupation: str | None = None
    income: int | None = None
    group: int | None = None
    consent: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Read each in its one shape, or refuse it by its name."""
        read = {
            "region": facts.region(self.region, "region"),
            "programmes": facts.programmes(self.programmes),
            "occupation": facts.occupation(self.occupation, "occupation") if self.occupation else None,
            "income": None if self.income is None else facts.income(self.income),
            "consent": tuple(purpose for purpose in self.consent if purpose in consents.PURPOSES),
        }
        for name, value in read.items():
            object.__setattr__(self, name, value)


@dataclass(slots=True)
class Row:
    """A row as understood. `values` are plain (dates in ISO), fit for JSON; `number` counts from 1 as people do."""

    number: int
    state: str
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def take(self, understood: Understood) -> Any:
        """The value; its findings are kept."""
        self.findings.extend(understood.findings)
        return understood.value

    def judge(self) -> None:
        """The state that the findings make."""
        levels = {finding.level for finding in self.findings}
        self.state = RowState.MEND if MEND in levels else RowState.WARNED if WARN in levels else RowState.READY

    @property
    def is_usable(self) -> bool:
        return self.state in (RowState.READY, RowState.WARNED)


class Reader:
    """Reads rows of one layout. It asks no database: regions and occupations are in its hands."""

    def __init__(
        self,
        layout: headers.Layout,
        places: gazetteer.Gazetteer,
        trades: Trades,
        defaults: Defaults,
        on: dt.date,
    ) -> None:
        self.columns = {name: column.index for name, column in layout.by_field.items()}
        self.scale = next((column.scale for column in layout.columns if column.field == "income"), 1)
        self.places, self.trades, self.defaults, self.on = places, trades, defaults, on
        self.regions = frozenset(code.replace(".", "") for code, r in places.regions.items() if r.level < 4)
        self.lowest = rulebook.in_force("bpu_base", on).value[0]

    def read(self, number: int, row: Sequence[Any], written: gazetteer.Written | None = None) -> Row:
        """What this row says. `written`: what it says of the place, if that was gathered before."""
        get = Cells(row, self.columns)
        other = _not_a_person(get, row)
        if other is not None:
            return Row(number, RowState.BLANK, {}, [other] if other.code != "row_blank" else [])
        read = Row(number, RowState.READY)
        number_ = read.take(cells.nik(get("nik")))
        known = self._nik(read, number_) if number_ else None
        name = read.take(cells.name(get("name")))
        birth = self._birth(read, get, known)
        read.values = {
            "nik": number_,
            "name": name,
            "birth_date": birth.isoformat() if birth else None,
            "sex": self._sex(read, get, known),
            "phone": self._phone(read, get),
            "email": read.take(cells.email(get("email"))),
            "address": self._address(read, get),
            "lives_in": self._place(read, written or self.written(get)),
            "works_in": self._works_in(read, get),
            **self._occupation(read, get),
            "income": self._income(read, get),
            "programmes": self._programmes(read, get),
            "heirs": self._heirs(read, get),
            "note": read.take(cells.line(get("note"), "note", 300)),
            "due": amounts.plain(get("due")),
        }
        read.judge()
        return read

    def _nik(self, row: Row, number: str) -> law_nik.Nik | None:
        """What the number carries; a number that cannot be one must be mended."""
        read = law_nik.read(number, regions=self.regions, today=self.on)
        for reason in read.problems:
            words = {"cell": number, "why": reason.id, "why_en": reason.en}
            row.findings.append(find("nik_not_possible", "nik", **words))
        for reason in read.warnings:
            row.findings.append(find("nik_warning", "nik", why=reason.id, why_en=reason.en))
        return read if read.valid else None

    def _birth(self, row: Row, get: Cells, known: law_nik.Nik | None) -> dt.date | None:
        by_nik = known.birth_dates if known else ()
        by_nik = tuple(sorted(by_nik, key=lambda day: self.on.year - day.year < dates.YOUNGEST))
        if get.lacks("birth_date", "birth"):
            if not by_nik:
                return row.take(Understood(None, (find("date_missing", "birth_date"),))) if known else None
            return row.take(Understood(by_nik[0], (find("date_no_column", "birth_date", read=by_nik[0]),)))
        value = get("birth_date")
        value = get("birth") if cells.is_empty(value) else value
        birth: dt.date | None = row.take(dates.birth(value, by_nik=by_nik, on=self.on))
        if birth and by_nik and birth not in by_nik:
            row.findings.append(find("nik_birth_differs", "birth_date", nik=by_nik[0], column=birth))
        return birth

    def _sex(self, row: Row, get: Cells, known: law_nik.Nik | None) -> str | None:
        sex = row.take(cells.sex(get("sex")))
        if sex is None and not get.lacks("sex_male", "sex_female"):
            male, female = cells.ticked(get("sex_male")), cells.ticked(get("sex_female"))
            sex = None if bool(male) == bool(female) else "M" if male else "F"
        words = {"M": "L", "F": "P"}
        if sex is None and known and cells.is_empty(get("sex")):
            sex = row.take(Understood(known.sex, (find("sex_from_nik", "sex", read=words[known.sex]),)))
        elif sex is None and cells.is_empty(get("sex")) and not any(f.field == "nik" for f in row.findings):
            row.findings.append(find("sex_missing", "sex"))
        elif sex and known and sex != known.sex:
            row.findings.append(find("nik_sex_differs", "sex", nik=words[known.sex], column=words[sex]))
        return sex

    def _phone(self, row: Row, get: Cells) -> str | None:
        phone = row.take(cells.phone(get("phone")))
        if phone is None and cells.is_empty(get("phone")):
            row.findings.append(find("phone_missing", "phone"))
        return phone

    def _address(self, row: Row, get: Cells) -> str | None:
        address = row.take(cells.line(get("address"), "address", ADDRESS_MOST))
        parts = [address, get.text("hamlet")[:80]]
        both = get.text("rt_rw")[:20]
        single = [f"{label} {get.text(name)[:8]}" for name, label in (("rt", "RT"), ("rw", "RW")) if get.text(name)]
        parts += [f"RT/RW {both}" if both else " ".join(single)]
        joined = ", ".join(part for part in parts if part and not cells.is_empty(part))
        return cells.line(joined, "address", 500).value if joined else None

    def written(self, get: Cells) -> gazetteer.Written:
        """What the row says of the place of living."""
        said = gazetteer.Written(*(get.place(name) for name in (*gazetteer.LEVELS, "region_code")))
        if said.village or said.code or get.lacks("address"):
            return said
        inside = gazetteer.in_address(get.text("address")[:300])
        more = {name: word for name, word in inside._asdict().items() if word and not getattr(said, name)}
        return said._replace(**more)

    def _place(self, row: Row, written: gazetteer.Written) -> str | None:
        found = self.places.find(written)
        if found is NOTHING and self.defaults.region:
            name = self.places.full_name(self.defaults.region)
            found = Understood(self.defaults.region, (find("place_default", "place", read=name),))
        return row.take(found)

    def _works_in(self, row: Row, get: Cells) -> str | None:
        words = get.place("works_in")
        if not words:
            return None
        found = self.places.find(gazetteer.in_address(words) if "," in words else gazetteer.Written(village=words))
        return found.value

    def _occupation(self, row: Row, get: Cells) -> dict[str, Any]:
        typed = get.text("occupation")[:200]
        first, second = self.trades.find(typed)
        if first is NOTHING and (default := self.trades.named(self.defaults.occupation)):
            first = Understood(default.code, (find("occupation_default", "occupation", read=default.name_id),))
        elif first is NOTHING:
            first = Understood(None, (find("occupation_missing", "occupation"),))
        if other := get.text("second_occupation")[:200]:
            second = self.trades.find(other, "second_occupation")[0]
            second = second if second.is_usable else NOTHING
        is_working = row.take(cells.working(get("working"))) if not get.lacks("working") else True
        codes = row.take(first), row.take(second)
        return {"occupation": codes[0], "second_occupation": codes[1] if codes[1] != codes[0] else None,
                "typed_occupation": typed, "is_working": is_working}  # fmt: skip

    def _income(self, row: Row, get: Cells) -> int:
        income = row.take(amounts.income(get("income"), self.scale))
        if income is not None or any(finding.field == "income" for finding in row.findings):
            return income or 0
        if self.defaults.income is not None or get.lacks("income"):
            income = self.lowest if self.defaults.income is None else self.defaults.income
            row.findings.append(find("income_no_column", "income", read=rupiah(income)))
            return income
        row.findings.append(find("income_missing", "income", read=rupiah(self.lowest)))
        return self.lowest

    def _programmes(self, row: Row, get: Cells) -> list[str]:
        chosen = row.take(cells.programmes(get("programmes")))
        ticks = [name.upper() for name in ("jkk", "jkm", "jht") if cells.ticked(get(name))]
        if chosen is None and ticks:
            chosen = row.take(cells.programmes(", ".join(ticks)))
        if chosen is None and not any(finding.field == "programmes" for finding in row.findings):
            chosen = self.defaults.programmes
            row.findings.append(find("programmes_default", "programmes", read=", ".join(chosen)))
        return list(chosen or ())

    def _heirs(self, row: Row, get: Cells) -> list[list[Any]]:
        """The heir, if name and relation are there: `Siti (istri)` holds both."""
        typed = get.text("heir_name")[:200]
        if cells.is_empty(typed):
            return []
        relation = row.take(cells.relation(get("heir_relation")))
        inside = re.search(r"[(/,-]\s*([^()/,-]+?)\s*\)?\s*$", typed)
        if relation is None and inside and (relation := cells.relation(inside[1]).value):
            typed = typed[: inside.start()]
        name = cells.name(typed, "heir_name")
        if name.value is None:
            row.findings.append(find("heir_ignored", "heir_name", cell=typed))
            return []
        if relation is None:
            if not any(finding.code == "heir_relation_unknown" for finding in row.findings):
                row.findings.append(find("heir_relation_missing", "heir", cell=name.value))
            return []
        birth = None if get.lacks("heir_birth_date") else self._heir_birth(row, get("heir_birth_date"))
        return [[name.value, relation, birth, cells.phone(get("heir_phone"), "heir_phone").value]]

    def _heir_birth(self, row: Row, value: Any) -> str | None:
        if cells.is_empty(value):
            return None
        read = dates.birth(value, by_nik=(), on=self.on, field="heir_birth_date")
        if read.value is None:
            row.findings.append(find("heir_ignored", "heir_birth_date", cell=cells.text(value)))
        return read.value.isoformat() if read.value else None


class Cells:
    """A row's cells by field."""

    __slots__ = ("columns", "row")

    def __init__(self, row: Sequence[Any], columns: Mapping[str, int]) -> None:
        self.row, self.columns = row, columns

    def __call__(self, name: str) -> Any:
        index = self.columns.get(name)
        return self.row[index] if index is not None and index < len(self.row) else None

    def text(self, name: str) -> str:
        value = self(name)
        return "" if value is None else cells.text(value)

    def place(self, name: str) -> str:
        """Words of a place, short; nothing where the cell says nothing."""
        text = self.text(name)[:120]
        return "" if cells.is_empty(text) else " ".join(text.split())

    def lacks(self, *names: str) -> bool:
        """Whether the sheet has none of these columns."""
        return not any(name in self.columns for name in names)


def _names_nobody(nik: str, name: str) -> bool:
    """No name (a count, or the word for a total, in its place), and under NIK at most a count."""
    is_named = any(c.isalpha() for c in name) and not any(c.isdigit() for c in name) and not TOTAL.match(name)
    return not is_named and sum(c.isdigit() for c in nik) < COUNT_DIGITS


def _not_a_person(get: Cells, row: Sequence[Any]) -> Finding | None:
    """Why a row is nobody: blank, a title, a total, a signature, the titles again."""
    nik, name = get.text("nik"), get.text("name")
    filled = [text for value in row if (text := cells.text(value))]
    if not filled:
        return find("row_blank")
    if any(TOTAL.match(text) for text in filled[:4]) and _names_nobody(nik, name):
        return find("row_total")
    if nik and name and any(c.isdigit() for c in nik):
        return None
    shown = " | ".join(filled)[:80]
    if headers.field_of(nik[:60])[0] == "nik" and headers.field_of(name[:60])[0] == "name":
        return find("row_not_a_person", cell=shown)
    if any(c.isdigit() for c in nik):
        return None
    speaks = sum(bool(get.text(field)) for field in PERSONAL)
    if any(FOOTER.search(text) for text in filled) and speaks < 2:
        return find("row_not_a_person", cell=shown)
    if name and (speaks or nik):
        return None
    return None if nik and speaks > 1 else find("row_not_a_person", cell=shown)
