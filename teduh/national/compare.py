"""Counts what was made, and sets it beside what is published, with the error that chance allows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from teduh.national import published, schema, shares


def tally(p: schema.People) -> dict[str, int]:
    """What is compared, counted: keys such as `PU.active` or `BPU.province.33`. Tallies of shards add up."""
    counts: dict[str, int] = {}
    who = p.segment.astype("i8") * 2 + p.active
    province = p.regency // 100
    places = np.bincount(who * 100 + province, minlength=1000).reshape(10, 100)
    for name, number in schema.SEGMENTS.items():
        counts[f"{name}.active"], counts[f"{name}.lapsed"] = (int(places[2 * number + k].sum()) for k in (1, 0))
        both = places[2 * number] + places[2 * number + 1]
        counts |= {f"{name}.province.{code}": int(both[code]) for code in map(int, published.provinces())}
    bpu, pu, pmi = (p.segment == segment for segment in (schema.BPU, schema.PU, schema.PMI))
    work = np.bincount(p.occupation[bpu], minlength=schema.FIRST_PU)
    counts |= {f"BPU.{name}": int(work[k + 1]) for k, name in enumerate(schema.BPU_OCCUPATIONS)}
    counts["BPU.sponsored"] = int((p.payer[bpu] == schema.GOVERNMENT).sum())
    counts["BPU.JHT"] = int((p.programmes[bpu] & 4 > 0).sum())
    counts |= {f"PU.{name}": int((p.programmes[pu] & bit > 0).sum()) for name, bit in BITS.items()}
    land = np.bincount(p.destination[pmi], minlength=len(schema.DESTINATIONS))
    counts |= {f"PMI.{name}": int(land[k]) for k, name in enumerate(schema.DESTINATIONS) if name}
    counts["PMI.women"] = int((p.sex[pmi] == schema.FEMALE).sum())
    return counts


BITS = {"JHT": 4, "JP": 8, "JKP": 16}


def together(tallies: Iterable[dict[str, int]]) -> dict[str, int]:
    """The tally of all shards."""
    total: Counter[str] = Counter()
    for one in tallies:
        total.update(one)
    return dict(total)


@dataclass(frozen=True)
class Check:
    """A published part beside the part that was made; `sigmas` away, where chance alone rarely gives more than 4."""

    what: str
    published: float
    count: int
    of: int
    source: str

    @property
    def made(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def sigmas(self) -> float:
        spread = math.sqrt(self.of * self.published * (1 - self.published))
        return (self.count - self.of * self.published) / spread if spread else 0.0

    def as_dict(self) -> dict[str, Any]:
        numbers = {"made": round(self.made, 6), "sigmas": round(self.sigmas, 2)}
        return {"what": self.what, "published": round(self.published, 6), **numbers, "source": self.source}


def checks(counts: dict[str, int], *, everywhere: bool, active_only: bool) -> list[Check]:
    """Every published part that this population should follow; fewer where it is one regency's."""
    found = _programmes(counts) + _abroad(counts)
    if everywhere:
        found = _segments(counts, active_only) + found + _occupations(counts) + _provinces(counts)
    return [check for check in found if check.of]


def _of(counts: dict[str, int], name: str) -> int:
    return counts[f"{name}.active"] + counts[f"{name}.lapsed"]


def _segments(counts: dict[str, int], active_only: bool) -> list[Check]:
    active = {name: published.active(name) for name in schema.SEGMENTS}
    together_, made = sum(active.values()), sum(counts[f"{name}.active"] for name in active)
    found = [
        Check(f"{name} of active members", number / together_, counts[f"{name}.active"], made, "active_participants")
        for name, number in active.items()
    ]
    for name in () if active_only else ("PU", "BPU"):
        lapsed = published.inactive(name)
        part = lapsed / (lapsed + active[name])
        found.append(
            Check(f"{name}: lapsed", part, counts[f"{name}.lapsed"], _of(counts, name), "inactive_participants")
        )
    return found


def _programmes(counts: dict[str, int]) -> list[Check]:
    series = "active_participants_by_programme"
    wanted = [("PU", "JHT"), ("PU", "JP"), ("PU", "JKP"), ("BPU", "JHT")]
    return [Check(f"{s}: {p}", shares.holds(p, s), counts[f"{s}.{p}"], _of(counts, s), series) for s, p in wanted]


def _occupations(counts: dict[str, int]) -> list[Check]:
    of = _of(counts, "BPU")
    found = [Check(f"BPU: {name}", part, counts[f"BPU.{name}"], of, "active_participants")
             for name, part in shares.special().items()]  # fmt: skip
    paid = Check("BPU: sponsored", shares.sponsored(), counts["BPU.sponsored"], of, "derived_government_paid_share")
    return [*found, paid]


def _abroad(counts: dict[str, int]) -> list[Check]:
    of = _of(counts, "PMI")
    lands = [
        Check(f"PMI: {land}", part, counts[f"PMI.{land}"], of, "share_of_active_PMI_participants")
        for land, part in list(shares.destinations().items())[:5]
    ]
    return [*lands, Check("PMI: women", shares.women()["PMI"], counts["PMI.women"], of, "pmi_placements")]


def _provinces(counts: dict[str, int]) -> list[Check]:
    domicile, origin = "active_participants_by_domicile_probable", "pmi_placements_by_origin"
    where = {
        "PU": (published.members_by_province("PU"), domicile),
        "BPU": (published.members_by_province("BPU"), domicile),
        "PMI": (published.origins(), origin),
    }
    found = []
    for segment, (members, source) in where.items():
        total, of = sum(members.values()), _of(counts, segment)
        for code, number in members.items():
            what = f"{segment} in {published.name_of(code)}"
            found.append(Check(what, number / total, counts[f"{segment}.province.{code}"], of, source))
    return found
