"""How members divide, worked out from the published figures: by province, occupation, sector, programme, country."""

from __future__ import annotations

from statistics import median

from teduh.national import published, schema

#: What a person can be to the fund: the segment, and whether his cover stands.
STANDINGS = (
    (schema.PU, True), (schema.PU, False), (schema.BPU, True), (schema.BPU, False),
    (schema.JAKON, True), (schema.PMI, True),
)  # fmt: skip
NAMES = {number: name for name, number in schema.SEGMENTS.items()}
INDONESIA = "Indonesia"


def members(*, active_only: bool = False, province: str | None = None) -> list[list[int]]:
    """Registered members by STANDINGS and province (all provinces, or nobody outside one)."""
    where = {
        schema.PU: published.members_by_province("PU"),
        schema.BPU: published.members_by_province("BPU"),
        # Projects are where builders are.
        schema.JAKON: published.by_province("employed_by_sector", "construction", published.EMPLOYED_ON),
        schema.PMI: published.origins(),
    }
    rows = []
    for segment, active in STANDINGS:
        total = (published.active if active else published.inactive)(NAMES[segment])
        if active_only and not active:
            total = 0
        share, whole = where[segment], sum(where[segment].values())
        rows.append([total * share[code] // whole if province in (None, code) else 0 for code in share])
    return rows


def per_employed(sector: str) -> list[float]:
    """The share of a sector in each province's employment."""
    found = published.by_province("employed_by_sector", sector, published.EMPLOYED_ON)
    employed = published.by_province("employed_population", "TOTAL", published.EMPLOYED_ON)
    return [found[code] / employed[code] for code in employed]


def _fishers() -> list[float]:
    """Capture fishers per employed; where the census figure is not held, by the median of those held."""
    found = published.by_province("capture_fishers_ST2023", "fisher", "2023").values()
    employed = published.by_province("employed_population", "TOTAL", published.EMPLOYED_ON).values()
    farming = per_employed("agriculture_forestry_fishery")
    held = [few / all_ for few, all_ in zip(found, employed, strict=True)]
    usual = median(few / part for few, part in zip(held, farming, strict=True) if few)
    return [few or usual * part for few, part in zip(held, farming, strict=True)]


def special() -> dict[str, float]:
    """Farmers, fishers and ride-hailing drivers as parts of the self-employed members."""
    bpu = published.value("active_participants", "BPU", INDONESIA, "2024-10")
    return {
        "farmer": published.value("active_participants", "BPU_farmers", INDONESIA, "2024-11") / bpu,
        "fisher": published.value("active_participants", "BPU_fishers", INDONESIA, "2024-11") / bpu,
        "ride_hailing_driver": published.value("active_participants", "BPU_ride_hailing", INDONESIA, "2025-05")
        / published.active("BPU"),
    }


def sponsored() -> float:
    """The self-employed members whom local governments pay for, as a part of all."""
    return published.value("derived_government_paid_share", "2.97m / 9.9m BPU", INDONESIA, "2024-12") / 100


def sponsored_by_occupation() -> list[float]:
    """The same for each occupation: farmers and fishers as published, the others so that the total is right."""
    paid, found, share = "active_participants_paid_by_local_government", [], special()
    for name in ("farmer", "fisher"):
        count = published.value("active_participants", f"BPU_{name}s", INDONESIA, "2024-11")
        found.append(published.value(paid, f"BPU_{name}s", INDONESIA, "2024-12") / count)
    both = share["farmer"] * found[0] + share["fisher"] * found[1]
    rest = (sponsored() - both) / (1 - share["farmer"] - share["fisher"])
    return found + [rest] * (len(schema.BPU_OCCUPATIONS) - 2)


def bpu_occupations() -> list[list[float]]:
    """The self-employed occupations in each province: published totals, spread by the province's structure."""
    where = list(published.members_by_province("BPU").values())
    farming, transport = per_employed("agriculture_forestry_fishery"), per_employed("transport_storage")
    trade, building = per_employed("wholesale_retail_trade"), per_employed("construction")
    national, other = special(), published.assumptions()["other_bpu"]
    spread = {"farmer": farming, "fisher": _fishers(), "ride_hailing_driver": transport}
    mean = {name: sum(w * r for w, r in zip(where, rate, strict=True)) / sum(where) for name, rate in spread.items()}
    rows = []
    for p in range(len(where)):
        few = [national[name] * rate[p] / mean[name] for name, rate in spread.items()]
        rest = [
            transport[p] * other["transport_of_published"] / 100,
            trade[p] * other["trade_of_published"] / 100,
            building[p] * other["building_of_published"] / 100,
        ]
        home = [other[name] for name in ("crafts", "domestic", "services", "freelance")]
        free = max(0.05, 1 - farming[p] - trade[p] - transport[p] - building[p]) / 2
        rest += [free * part / sum(home) for part in home]
        left = max(0.02, 1 - sum(few))
        rows.append(few + [left * part / sum(rest) for part in rest])
    return rows


def firm_sectors() -> list[list[float]]:
    """The sectors of firms in each province, in the order of schema.SECTORS."""
    paid = published.assumptions()["pu_sectors"]
    names = ("agriculture_forestry_fishery", "construction", "wholesale_retail_trade", "transport_storage")
    nation = [
        published.value("sector_share_of_employment", name, INDONESIA, published.EMPLOYED_ON) / 100
        for name in ("manufacturing", "accommodation_food")
    ]
    rows = []
    for farming, building, trade, transport in zip(*map(per_employed, names), strict=True):
        other = max(0.02, 1 - farming - building - trade - transport - sum(nation))
        rows.append([
            farming * paid["agriculture"], 0, nation[0] * paid["manufacturing"], building * paid["construction"],
            trade * paid["trade"], transport * paid["transport"], nation[1] * paid["accommodation_food"], 0,
            other * paid["other"],
        ])  # fmt: skip
    return rows


def holds(programme: str, segment: str) -> float:
    """The part of a segment's active members who had a programme in December 2023."""
    held = published.value("active_participants_by_programme", f"{programme}_{segment}", INDONESIA, "2023-12")
    return held / published.value("active_participants", segment, INDONESIA, "2023-12")


def women() -> dict[str, float]:
    """The part of women in each segment; published for migrants only."""
    assumed = {name: percent / 100 for name, percent in published.assumptions()["women"].items()}
    placed = published.value("pmi_placements", "TOTAL", "World", "2025")
    return assumed | {"PMI": published.value("pmi_placements", "female", "World", "2025") / placed}


def destinations() -> dict[str, float]:
    """Migrant members by country; the rest divides by placements of 2023, half of it for countries not listed."""
    found = published.rows()
    lands = schema.DESTINATIONS[1:]
    named = {land: found.get(("share_of_active_PMI_participants", "PMI", land, "2024-06")) for land in lands}
    placed = {land: found.get(("pmi_placements", "TOTAL", land, "2023")) for land in lands}
    rest = 100 - sum(row.value for row in named.values() if row)
    small = sum(row.value for land, row in placed.items() if row and not named[land])
    share = {}
    for land, row in named.items():
        part = placed[land].value / small if placed[land] else 1.0
        share[land] = (row.value if row else rest / 2 * part) / 100
    return share


def jobs_abroad() -> list[int]:
    """Placements of 2025 in the order of schema.PMI_OCCUPATIONS."""
    names = (("domestic worker (house maid)", "domestic worker (other code)"), ("caregiver",), ("plantation worker",),
             ("general worker",))  # fmt: skip
    found = [sum(published.whole("pmi_placements_by_job", name, "World", "2025") for name in job) for job in names]
    return [*found, published.whole("pmi_placements", "TOTAL", "World", "2025") - sum(found)]


def in_arrears() -> float:
    """Employers at least three months behind, as a part of all (November 2015)."""
    row = published.rows()["employers_in_arrears_3m_plus", "PU", INDONESIA, "2015-11"]
    return row.value / int(row.unit.split()[2])  # "establishments of 269981 (30%)"
