"""How likely it is that an employer owes more than he says: reasons with points, words and the numbers behind each.

Pure: what is so goes in, reasons come out. The weights are a policy, not law; docs/compliance.md states them and why.
They rank who is visited first; they prove nothing and follow nobody around.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from teduh.core.text import Text, rupiah


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of an employer on a day. Counts are of the last return; months go back from the last one due."""

    employer: int
    npp: str
    name: str
    region: str | None = None
    region_name: str = ""
    activity: str = ""
    size: str = ""
    programmes: tuple[str, ...] = ()
    mandatory: tuple[str, ...] = ()
    due_months: int = 0
    filed_months: int = 0
    missing: int = 0
    late: int = 0
    workers: int = 0
    workers_year_ago: int | None = None
    workers_median: int | None = None
    lines: int = 0
    at_minimum: int = 0
    minimum_known: int = 0
    identical: int = 0
    identical_wage: int = 0
    base: int = 0
    variable: int = 0
    arrears: int = 0
    arrears_months: int = 0
    arrears_rising: bool = False
    declared_class: int | None = None
    listed_class: int | None = None
    reports: Mapping[str, int] = field(default_factory=dict)
    has_case: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a stable code, its points, why in both languages, and the numbers it rests on."""

    code: str
    points: int
    why: Text
    numbers: dict[str, int]

    @property
    def evidence(self) -> tuple[tuple[Text, int], ...]:
        """The numbers with their names for people."""
        return tuple((NUMBERS[name], number) for name, number in self.numbers.items())


@dataclass(frozen=True, slots=True)
class Scored:
    """An employer with its reasons, the heaviest first."""

    facts: Facts
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Weight:
    """`points` for a reason and what it is called; `each` more for every further one, up to `most` in all."""

    points: int
    name: Text
    each: int = 0
    most: int = 0

    def of(self, count: int = 1) -> int:
        return min(self.most or self.points, self.points + self.each * max(0, count - 1))


WEIGHTS: dict[str, Weight] = {
    "never_filed": Weight(40, Text("Tidak pernah melapor", "Never filed")),
    "missing": Weight(6, Text("Bulan tidak dilaporkan", "Months not filed"), each=6, most=36),
    "late": Weight(2, Text("Sering terlambat melapor", "Filed late"), each=2, most=12),
    "fewer_than_year_ago": Weight(
        15, Text("Pekerja jauh berkurang dari setahun lalu", "Far fewer workers than a year ago")
    ),
    "fewer_than_median": Weight(
        10, Text("Pekerja di bawah kebiasaan 12 bulan", "Fewer workers than usual in 12 months")
    ),
    "at_minimum": Weight(12, Text("Upah menumpuk di upah minimum", "Wages bunched at the minimum")),
    "identical": Weight(8, Text("Upah banyak orang persis sama", "Many wages exactly alike")),
    "low_base": Weight(10, Text("Upah pokok kecil, tidak tetap besar", "Low base, high variable pay")),
    "arrears": Weight(8, Text("Menunggak", "In arrears"), each=4, most=32),
    "arrears_rising": Weight(6, Text("Tunggakan bertambah", "Arrears grow")),
    "programmes": Weight(15, Text("Program kurang dari yang wajib", "Fewer programmes than mandatory")),
    "risk_class": Weight(12, Text("Kelas risiko lebih rendah dari daftar", "Risk class lower than listed")),
    "reports": Weight(20, Text("Laporan pekerja", "Workers' reports"), each=5, most=40),
}

#: What the numbers behind a reason are called.
NUMBERS: dict[str, Text] = {
    "due_months": Text("bulan jatuh tempo", "months due"),
    "missing": Text("bulan tidak dilaporkan", "months not filed"),
    "late": Text("bulan terlambat", "months late"),
    "workers": Text("pekerja sekarang", "workers now"),
    "year_ago": Text("setahun lalu", "a year ago"),
    "median": Text("nilai tengah 12 bulan", "median of 12 months"),
    "at_minimum": Text("di upah minimum", "at the minimum"),
    "of": Text("dari orang", "of people"),
    "identical": Text("berupah sama", "alike"),
    "wage": Text("upah (Rp)", "wage (Rp)"),
    "base": Text("upah pokok dan tetap (Rp)", "base and fixed (Rp)"),
    "variable": Text("tidak tetap (Rp)", "variable (Rp)"),
    "percent": Text("persen pokok", "percent base"),
    "months": Text("bulan menunggak", "months in arrears"),
    "amount": Text("jumlah (Rp)", "amount (Rp)"),
    "lacking": Text("program kurang", "programmes lacking"),
    "declared": Text("kelas dinyatakan", "class declared"),
    "listed": Text("kelas menurut daftar", "class listed"),
    "reports": Text("laporan", "reports"),
    "wrong_wage": Text("upah berbeda", "another wage"),
    "not_listed": Text("tidak terdaftar", "not listed"),
    "not_there": Text("tidak bekerja di sana", "does not work there"),
}
#: From where on a figure counts as a sign.
FEWER, BUNCHED, ALIKE, BASE = Fraction(3, 4), Fraction(1, 2), Fraction(1, 2), Fraction(3, 5)
#: Of fewer people nothing can be said.
FEWEST, FEWEST_ALIKE = 5, 10


def score(*, facts: Facts) -> Scored:
    """The reasons that hold, the heaviest first."""
    found = [reason for rule in RULES for reason in rule(facts)]
    return Scored(facts, tuple(sorted(found, key=lambda reason: (-reason.points, reason.code))))


def rank(*, facts: Iterable[Facts]) -> list[Scored]:
    """Employers with a reason, those with most points first; of equals the one with more workers."""
    scored = [one for one in (score(facts=each) for each in facts) if one.reasons]
    return sorted(scored, key=lambda one: (-one.points, -one.facts.workers, one.facts.npp))


def _reason(code: str, id_: str, en: str, numbers: dict[str, int], count: int = 1) -> tuple[Reason, ...]:
    return (Reason(code, WEIGHTS[code].of(count), Text(id_, en), numbers),)


def _filing(f: Facts) -> tuple[Reason, ...]:
    if f.due_months and not f.filed_months:
        return _reason("never_filed", f"Belum pernah melapor; {f.due_months} bulan sudah jatuh tempo.",
                       f"Never filed; {f.due_months} months were due.", {"due_months": f.due_months})  # fmt: skip
    found: tuple[Reason, ...] = ()
    if f.missing:
        found += _reason(
            "missing",
            f"{f.missing} dari 12 bulan terakhir tidak dilaporkan.",
            f"{f.missing} of the last 12 months were not filed.",
            {"missing": f.missing},
            f.missing,
        )
    if f.late:
        found += _reason("late", f"{f.late} dari 12 bulan terakhir dilaporkan terlambat.",
                         f"{f.late} of the last 12 months were filed late.", {"late": f.late}, f.late)  # fmt: skip
    return found


def _workers(f: Facts) -> tuple[Reason, ...]:
    found: tuple[Reason, ...] = ()
    before, usual = f.workers_year_ago, f.workers_median
    if f.filed_months and before and before >= FEWEST and f.workers < before * FEWER:
        found += _reason(
            "fewer_than_year_ago", f"{f.workers} pekerja; setahun lalu {before}.",
            f"{f.workers} workers; a year ago {before}.", {"workers": f.workers, "year_ago": before},
        )  # fmt: skip
    if f.filed_months and usual and usual >= FEWEST and f.workers < usual * FEWER:
        found += _reason(
            "fewer_than_median", f"{f.workers} pekerja; biasanya {usual} dalam 12 bulan terakhir.",
            f"{f.workers} workers; usually {usual} in the last 12 months.", {"workers": f.workers, "median": usual},
        )  # fmt: skip
    return found


def _wages(f: Facts) -> tuple[Reason, ...]:
    found: tuple[Reason, ...] = ()
    if f.minimum_known >= FEWEST and f.at_minimum >= f.minimum_known * BUNCHED:
        found += _reason(
            "at_minimum", f"{f.at_minimum} dari {f.minimum_known} upah dalam 1% dari upah minimum daerahnya.",
            f"{f.at_minimum} of {f.minimum_known} wages lie within 1 % of the region's minimum.",
            {"at_minimum": f.at_minimum, "of": f.minimum_known},
        )  # fmt: skip
    if f.lines >= FEWEST_ALIKE and f.identical >= f.lines * ALIKE:
        found += _reason(
            "identical", f"{f.identical} dari {f.lines} orang berupah persis {rupiah(f.identical_wage)}.",
            f"{f.identical} of {f.lines} people earn exactly {rupiah(f.identical_wage)}.",
            {"identical": f.identical, "of": f.lines, "wage": f.identical_wage},
        )  # fmt: skip
    whole = f.base + f.variable
    if f.lines >= FEWEST and whole and f.base < whole * BASE:
        share = f.base * 100 // whole
        found += _reason(
            "low_base", f"Upah pokok dan tunjangan tetap hanya {share}% dari yang diterima.",
            f"Base and fixed allowances are only {share} % of what is received.",
            {"base": f.base, "variable": f.variable, "percent": share},
        )  # fmt: skip
    return found


def _money(f: Facts) -> tuple[Reason, ...]:
    if not f.arrears_months:
        return ()
    numbers = {"months": f.arrears_months, "amount": f.arrears}
    found = _reason(
        "arrears",
        f"Menunggak {f.arrears_months} bulan, {rupiah(f.arrears)}.",
        f"{f.arrears_months} months in arrears, {rupiah(f.arrears)}.",
        numbers,
        f.arrears_months,
    )
    if f.arrears_rising:
        found += _reason("arrears_rising", "Bulan yang terakhir jatuh tempo juga tidak dibayar.",
                         "The month that fell due last is unpaid as well.", numbers)  # fmt: skip
    return found


def _declared(f: Facts) -> tuple[Reason, ...]:
    found: tuple[Reason, ...] = ()
    lacking = tuple(name for name in f.mandatory if name not in f.programmes)
    if lacking and f.programmes:
        said = ", ".join(lacking)
        found += _reason("programmes", f"Wajib menurut ukurannya tetapi tidak diikuti: {said}.",
                         f"Mandatory by its size but left out: {said}.", {"lacking": len(lacking)})  # fmt: skip
    if f.declared_class and f.listed_class and f.declared_class < f.listed_class:
        found += _reason(
            "risk_class", f"Dinyatakan kelas {f.declared_class}; daftar menyebut kelas {f.listed_class}.",
            f"Declared class {f.declared_class}; the list says class {f.listed_class}.",
            {"declared": f.declared_class, "listed": f.listed_class},
        )  # fmt: skip
    return found


def _reports(f: Facts) -> tuple[Reason, ...]:
    """How many, and of which kinds. Who told is in no reason."""
    count = sum(f.reports.values())
    if not count:
        return ()
    numbers = {"reports": count, **f.reports}
    return _reason("reports", f"{count} laporan pekerja dalam 12 bulan.", f"{count} workers' reports in 12 months.",
                   numbers, count)  # fmt: skip


RULES = (_filing, _workers, _wages, _money, _declared, _reports)
