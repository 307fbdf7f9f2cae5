"""Some thousands of the self-employed of one regency, with names and fourteen months behind them, for a demonstration.

They are people of the synthetic population (`population`), so that work, income, who pays and who lapsed have the
published proportions; here each becomes a life: when he joined, in which months somebody paid, and for how many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from teduh.law.months import Month
from teduh.national import names, population, schema

REGENCY = 3301  # Kabupaten Cilacap: a fishing port, rice, palm sugar, and the road along the south coast
MONTHS = 14
EPOCH = dt.date(1970, 1, 1)
KUD, APBD, APBD_ENDED = "kud", "apbd", "apbd_ended"
#: Its districts on the Indian Ocean and the Segara Anakan lagoon.
COAST = ("33.01.08", "33.01.21", "33.01.22", "33.01.23", "33.01.24")
#: The registry's occupations that stand for an occupation of the population.
WORK = {
    "farmer": ("petani-padi", "petani-palawija", "buruh-tani", "pekebun", "peternak", "penyadap-karet"),
    "fisher": ("nelayan", "nelayan", "nelayan", "pembudi-daya-ikan", "pengolah-ikan"),
    "ride_hailing_driver": ("ojek-online", "ojek-online", "kurir", "taksi-online"),
    "other_driver": ("ojek-pangkalan", "sopir-angkot", "sopir-truk", "tukang-becak", "buruh-angkut"),
    "trader": ("pedagang-pasar", "pedagang-sayur", "pemilik-warung", "pedagang-makanan", "pedagang-keliling"),
    "builder": ("tukang-bangunan", "kuli-bangunan", "tukang-kayu", "tukang-cat"),
    "artisan": ("penjahit", "pengrajin", "industri-makanan-rumah", "tukang-las", "tukang-mebel"),
    "domestic_worker": ("prt", "pengasuh-anak", "tukang-kebun"),
    "services": ("montir", "penata-rambut", "tukang-pijat", "guru-ngaji", "penatu", "pemulung"),
    "freelancer": ("fotografer", "pekerja-lepas-digital", "kreator-konten", "seniman"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Somebody of the district. Months count from 0 (fourteen months ago) to 14 (now). Incomes are round, as people
    say them.

    `payments`: (in which month he paid, for how many); empty for those a group pays for. `group`: KUD, APBD (the
    regency's budget, to this day) or APBD_ENDED (until the last quarter), or None for who pays himself.
    """

    id: int
    name: str
    nik: str
    phone: str
    birth: dt.date
    is_woman: bool
    district: str
    work: str
    income: int
    saves: bool
    joined: int
    group: str | None
    payments: tuple[tuple[int, int], ...]


def lives(*, people: int, seed: int, on: dt.date) -> list[Life]:
    """So many people, always the same for the same seed and month; their NIKs differ."""
    found: dict[str, Life] = {}
    wanted = 8 * people
    while len(found) < people:
        found = {}
        for life in _drawn(population.Spec(people=wanted, seed=seed, month=Month.of(on), regency=REGENCY)):
            found.setdefault(life.nik, life)
            if len(found) == people:
                break
        wanted *= 2
    return _cooperative(list(found.values()))


def _drawn(spec: population.Spec) -> Iterator[Life]:
    """The self-employed of a population, as lives."""
    p = population.people(spec)
    own = p.segment == schema.BPU
    columns = (p.id, p.district, p.birth, p.sex, p.occupation, p.income, p.programmes, p.payer, p.joined, p.paid_until)
    for row in zip(*(column[own].tolist() for column in columns), strict=True):
        id_, district, birth, sex, occupation, income, programmes, payer, joined, paid_until = row
        born, is_woman = EPOCH + dt.timedelta(days=birth), sex == schema.FEMALE
        who = names.identity(seed=spec.seed, id=id_, female=is_woman, birth=born, district=district)
        kind = WORK[schema.BPU_OCCUPATIONS[occupation - schema.FIRST_BPU]]
        begun, group, payments = _history(id_, spec.month, joined, paid_until, payer == schema.GOVERNMENT)
        yield Life(
            id=id_, name=who.name, nik=who.nik, phone=who.phone, birth=born, is_woman=is_woman,
            district=_dotted(district), work=kind[id_ % len(kind)], income=round(income, -5), saves=programmes & 4 > 0,
            joined=begun, group=group, payments=payments,
        )  # fmt: skip


def _dotted(district: int) -> str:
    text = f"{district:06d}"
    return f"{text[:2]}.{text[2:4]}.{text[4:]}"


def _serial(number: int) -> int:
    return number // 100 * 12 + number % 100 - 1


def _history(
    id: int, month: Month, joined: int, paid_until: int, is_sponsored: bool
) -> tuple[int, str | None, tuple[tuple[int, int], ...]]:
    """When somebody joined, who pays for him, what he paid himself; what lies before the window is moved into it."""
    begun, last = (_serial(number) - month.serial + MONTHS for number in (joined, paid_until))
    begun = begun if begun >= 0 else id % (MONTHS - 2)
    if is_sponsored and last >= MONTHS:
        return begun, APBD_ENDED if id % 3 == 0 else APBD, ()
    last = last if last >= 0 else id % (MONTHS - 5)
    begun = min(begun, last, MONTHS)
    return begun, None, () if id % 40 == 0 else _payments(id, begun, last)


def _payments(id: int, begun: int, last: int) -> tuple[tuple[int, int], ...]:
    """Month by month; some a quarter at a time; some a year in advance. The last one may reach beyond today."""
    now = min(last, MONTHS)
    if id % 25 == 1 and last >= MONTHS - 1 and begun >= MONTHS - 11:
        return ((begun, 12),)
    if id % 5 == 0:
        return tuple((month, 3) for month in range(begun, now - 1, 3)) or ((begun, 1),)
    paid = [(month, 1) for month in range(begun, now + 1)]
    return (*paid[:-1], (now, 1 + max(0, last - now)))


def _cooperative(everyone: list[Life]) -> list[Life]:
    """The cooperative of the port: of those at the coast who would pay every month, one in twenty of all fishes and is
    in it. A regency has no published occupations of its own, and this one is a fishing port."""
    chosen = [
        life.id for life in everyone
        if life.district in COAST and life.payments and sum(life.payments[-1]) > MONTHS and not life.is_woman
    ]  # fmt: skip
    members = set(chosen[: max(5, len(everyone) // 20)])
    return [
        replace(life, group=KUD, payments=(), work=WORK["fisher"][life.id % 4]) if life.id in members else life
        for life in everyone
    ]
