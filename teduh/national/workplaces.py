"""Six employers of one regency and who works for them, for a demonstration: made up, and always the same.

What each does with its months (in time, late, in part, not at all, corrected) is told here; that it happens through the
journeys is `journeys.demo_firms`.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from teduh.national import names

#: Months behind them: 0 is the oldest, the last one is the month that has just ended.
MONTHS = 5
LAST = MONTHS - 1
OLDEST_BIRTH = dt.date(1969, 1, 1)
NEVER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """A firm and its story. `pays`: month's place -> days after the last day to pay in time (NEVER: not at all); of
    those not named, five days before it. `part`: how many per cent of the bill came. `capital` decides the size.
    """

    key: str
    name: str
    legal_form: str
    district: str
    street: str
    activity: str
    capital: int
    workers: int
    wages: tuple[int, int]
    since: int = 0
    programmes: tuple[str, ...] = ()
    labour_intensive: bool = False
    second_site: tuple[str, str] | None = None
    missing: tuple[int, ...] = ()
    corrected: int | None = None
    pays: Mapping[int, int] = field(default_factory=dict)
    part: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Somebody on a payroll. `until` is the last month's place in which he works (None: to this day)."""

    nik: str
    name: str
    birth: dt.date
    is_woman: bool
    number: str
    wage: int
    allowance: int
    site: int = 1
    joined: int = 0
    until: int | None = None


GARMENT, CANNERY, WORKSHOP, SHOP, BUILDER, JOINERY = "garment", "cannery", "workshop", "shop", "builder", "joinery"
WORKPLACES = (
    Workplace(
        key=GARMENT, name="PT Sandang Serayu", legal_form="PT", district="33.01.23", street="Jl. Tentara Pelajar 18",
        activity="Penjahitan/konveksi", capital=24_000_000_000, workers=300, wages=(2_800_000, 5_200_000),
        labour_intensive=True, corrected=2, since=1,
    ),
    Workplace(
        key=CANNERY, name="PT Samudra Boga Cilacap", legal_form="PT", district="33.01.21",
        street="Jl. Laut, komplek PPS Cilacap", activity="Pabrik pengawetan ikan", capital=9_500_000_000, workers=64,
        wages=(2_700_000, 7_500_000), second_site=("Gudang dingin Kroya", "33.01.06"), pays={2: 34},
    ),
    Workplace(
        key=WORKSHOP, name="Bengkel Karya Mandiri", legal_form="UD", district="33.01.22", street="Jl. Gatot Subroto 41",
        activity="Pabrik dan reparasi mesin (bengkel motor, mobil, dan mesin)", capital=650_000_000, workers=12,
        wages=(2_650_000, 4_400_000), programmes=("JHT",),
    ),
    Workplace(
        key=SHOP, name="Toko Sumber Rejeki", legal_form="UD", district="33.01.06", street="Pasar Kroya blok C",
        activity="Perdagangan lainnya (toko, koperasi, penjualan makanan, dan lain-lain)", capital=180_000_000,
        workers=3, wages=(1_900_000, 2_600_000), missing=(3,),
    ),
    Workplace(
        key=BUILDER, name="PT Bangun Segara Anakan", legal_form="PT", district="33.01.22",
        street="Jl. Perintis Kemerdekaan 7", capital=6_000_000_000, workers=22, wages=(2_800_000, 9_800_000),
        activity="Perbaikan rumah, jalan, terusan konstruksi berat, pipa air, jembatan kereta api, dan instalasi "
        "listrik",
        pays={LAST: -3}, part={LAST: 60},
    ),
    Workplace(
        key=JOINERY, name="CV Jati Lestari", legal_form="CV", district="33.01.14", street="Jl. Raya Majenang 112",
        activity="Pabrik meubel dari kayu dan bahan-bahan lainnya", capital=2_100_000_000, workers=18,
        wages=(2_650_000, 4_800_000), pays={0: 41, 1: NEVER, 2: NEVER, 3: NEVER, LAST: NEVER},
    ),
)  # fmt: skip


def hands(place: Workplace, *, seed: int, known: tuple[tuple[str, str, dt.date, bool], ...] = ()) -> list[Hand]:
    """Who works there: first those of `known` (NIK, name, birth date, whether a woman), then made-up people.

    One in forty joined in the third month, one in fifty left in it.
    """
    chance = random.Random(f"{seed}/{place.key}")
    found = []
    serial = sum(ord(c) for c in place.key) * 1_000
    for n in range(place.workers):
        if n < len(known):
            nik, name, birth, is_woman = known[n]
        else:
            birth = OLDEST_BIRTH + dt.timedelta(days=chance.randrange(13_500))
            is_woman = chance.random() < (0.85 if place.key == GARMENT else 0.35)
            who = names.identity(
                seed=seed, id=serial + n, female=is_woman, birth=birth, district=int(place.district.replace(".", ""))
            )
            nik, name = who.nik, who.name
        low, high = place.wages
        wage = round(low + int((high - low) * chance.random() ** 3), -4)
        found.append(Hand(
            nik=nik, name=name, birth=birth, is_woman=is_woman, number=f"{place.key[:2].upper()}{n + 1:04d}", wage=wage,
            allowance=250_000 if n % 9 == 0 else 0, site=2 if place.second_site and n % 3 == 2 else 1,
            joined=2 if n % 40 == 39 else 0, until=2 if n % 50 == 49 else None,
        ))  # fmt: skip
    return found
