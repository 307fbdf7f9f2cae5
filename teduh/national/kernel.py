"""One pass over a shard: every column of every person, in whole numbers, compiled.

The names of draws below are their places in a person's stream: a new column takes a new place, so that the
columns before it stay what they were.
"""

from __future__ import annotations

import numpy as np

from teduh.national import draws, schema
from teduh.national.kept import kept

below, draw, high, mix, stream = draws.below, draws.draw, draws.high, draws.mix, draws.stream
pick, pick_row, quantile, compiled = draws.pick, draws.pick_row, draws.quantile, draws.compiled

CELL, REGENCY, DISTRICT, BAND, DAY, SEX, WORK, FIRM, RANK = 1, 2, 3, 4, 5, 6, 7, 8, 9
INCOME, PROGRAMMES, PAYER, LAG, GONE, TENURE, LAND, DEPARTURE = 10, 11, 12, 13, 14, 15, 16, 17
OF_FIRMS = np.uint64(0xF1F1F1F1F1F1F1F1)
FIRM_SECTOR, FIRM_RISK, FIRM_ARREARS, FIRM_MONTHS = 1, 2, 3, 4

PU, BPU, JAKON, PMI = schema.PU, schema.BPU, schema.JAKON, schema.PMI
SEGMENT_OF = np.array([PU, PU, BPU, BPU, JAKON, PMI], "i8")  # by tables.STANDINGS
ACTIVE_OF = np.array([1, 0, 1, 0, 1, 1], "i8")
BPU_SECTORS, PMI_SECTORS = np.array(schema.BPU_SECTORS, "i8"), np.array(schema.PMI_SECTORS, "i8")
BUILDING = schema.SECTORS.index("construction")
SELF, EMPLOYER, GOVERNMENT, AGENCY = schema.SELF, schema.EMPLOYER, schema.GOVERNMENT, schema.AGENCY
FIRST_BPU, FIRST_PU, FIRST_JAKON, FIRST_PMI = (
    schema.FIRST_BPU, schema.FIRST_PU, schema.FIRST_JAKON, schema.FIRST_PMI,
)  # fmt: skip
ADULT = 18 * 12
_32 = np.uint64(32)


@compiled
def yyyymm(serial):
    return serial // 12 * 100 + serial % 12 + 1


@compiled
def born(s, segment, today, flat, t):
    """A date of birth: a band of five years of age (the first is 18 and 19), any day of it."""
    band = pick_row(draw(s, BAND), flat, t.ages, segment - 1)
    youngest = 18 if band == 0 else 15 + 5 * band
    days = (20 + 5 * band - youngest) * 1461 // 4
    return today - youngest * 1461 // 4 - 1 - below(draw(s, DAY), days)


@compiled
def firm_of(s, province, flat, t):
    """A firm in the province and its size class: a micro one evenly, another by its number of workers."""
    u = high(draw(s, RANK))
    if high(draw(s, FIRM)) < t.micro_workers:
        return flat[t.firm_from + province] + ((u * flat[t.firm_count + province]) >> 31), 1
    v = (u * u) >> 31
    v = (v * v) >> 31
    others = t.provinces + province
    count = flat[t.firm_count + others]
    place = (v * count) >> 31
    height = (place << 31) // count
    size = 4 if height < t.large_until else 3 if height < t.small_from else 2
    return flat[t.firm_from + others] + place, size


@compiled
def traits(seed, firm, province, flat, t):
    """A firm's sector, risk class and months in arrears, the same for all who work there."""
    s = stream(seed ^ OF_FIRMS, firm)
    sector = pick_row(draw(s, FIRM_SECTOR), flat, t.firm_sector, province)
    risk = 1 + pick_row(draw(s, FIRM_RISK), flat, t.firm_risk, sector)
    late = 0
    if high(draw(s, FIRM_ARREARS)) < t.in_arrears:
        late = 3 + quantile(draw(s, FIRM_MONTHS), flat, t.arrears)
    return sector, risk, late


@compiled
def income_of(s, segment, province, scale, flat, t):
    """Rupiah a month: of the provincial minimum (PU, Jakon), declared (BPU) or of the usual wage there (PMI)."""
    factor = quantile(draw(s, INCOME), flat, t.incomes + 1025 * (segment - 1))
    if segment == BPU:
        return min(max(factor // 1_000_000, t.least_income), t.most_income) * 1000
    if segment == PMI:
        return scale * factor // 1_000_000 * 1000
    return flat[t.minimum + province] * factor // 1_000_000 * scale // 100


@compiled
def months_of(s, segment, active, payer, late, month, flat, t):
    """Joined and paid until, as months since year zero."""
    paid = month - 1 - late
    if segment == BPU:
        paid = month - flat[t.lags + pick(draw(s, LAG), flat, t.lag)]
        if payer == GOVERNMENT:
            paid = month + 2 - month % 3  # budgets pay by the quarter
    elif segment == JAKON:
        paid = month + below(draw(s, LAG), t.project_months)
    if active == 0:
        paid = max(month - t.grace - quantile(draw(s, GONE), flat, t.gone), t.first_month)
    joined = min(paid, month) - quantile(draw(s, TENURE), flat, t.tenure)
    if segment == JAKON:
        joined = month - below(draw(s, TENURE), t.project_months)
    return joined, paid


@compiled
def self_employed(s, province, flat, t):
    """Occupation, sector, payer and programmes of somebody who works for himself."""
    work = pick_row(draw(s, WORK), flat, t.bpu_work, province)
    payer = GOVERNMENT if high(draw(s, PAYER)) < flat[t.sponsored + work] else SELF
    saves = payer == SELF and high(draw(s, PROGRAMMES)) < t.bpu_savers
    return FIRST_BPU + work, BPU_SECTORS[work], payer, 7 if saves else 3


@compiled
def wage_programmes(s, flat, t):
    """The mask of a wage earner: JKP's members are among JP's, those among JHT's."""
    u = high(draw(s, PROGRAMMES))
    if u < flat[t.pu_programmes]:
        return 31
    if u < flat[t.pu_programmes + 1]:
        return 15
    return 7 if u < flat[t.pu_programmes + 2] else 3


@compiled
def employed(s, seed, province, flat, t):
    """Occupation, sector, programmes, firm, its size, risk class and arrears, and the share of the minimum it pays."""
    work = FIRST_PU + pick(draw(s, WORK), flat, t.pu_work)
    employer, size = firm_of(s, province, flat, t)
    sector, risk, late = traits(seed, employer, province, flat, t)
    scale = t.micro_percent if size == 1 else 100
    return work, sector, wage_programmes(s, flat, t), employer, size, risk, late, scale


@compiled
def on_project(s, province, flat, t):
    """The project of a builder and its risk class."""
    projects = 2 * t.provinces + province
    employer = flat[t.firm_from + projects] + below(draw(s, RANK), flat[t.firm_count + projects])
    return employer, 1 + pick_row(draw(s, FIRM), flat, t.firm_risk, BUILDING)


@compiled
def abroad(s, month, flat, t):
    """Occupation, sector, payer, programmes, usual wage, destination, contract and departure of a migrant worker."""
    work = pick(draw(s, WORK), flat, t.pmi_work)
    land = pick(draw(s, LAND), flat, t.lands)
    contract = flat[t.contracts + land]
    payer = SELF if high(draw(s, PAYER)) < t.by_themselves else AGENCY
    mask = 7 if high(draw(s, PROGRAMMES)) < t.pmi_savers else 3
    departed = month - below(draw(s, DEPARTURE), contract)
    return FIRST_PMI + work, PMI_SECTORS[work], payer, mask, flat[t.wages + land], land, contract, departed


@kept
def fill(first, seed, month, today, flat, t, out):
    """Fill the rows of `out` (one a column after the id, in schema's order) with the people from `first` on."""
    seed = np.uint64(seed)
    for i in range(out.shape[1]):
        s = stream(seed, first + i)
        cell = pick(draw(s, CELL), flat, t.cells)
        standing, province = cell // t.provinces, cell % t.provinces
        segment, active = SEGMENT_OF[standing], ACTIVE_OF[standing]
        place = flat[t.regency_from + province] + below(draw(s, REGENCY), flat[t.regency_count + province])
        risk, employer, size, late, scale, payer = 0, 0, 0, 0, 100, EMPLOYER
        land, contract, departed = -1, 0, 0
        if segment == BPU:
            work, sector, payer, mask = self_employed(s, province, flat, t)
        elif segment == PU:
            work, sector, mask, employer, size, risk, late, scale = employed(s, seed, province, flat, t)
        elif segment == JAKON:
            work, sector, mask = FIRST_JAKON, BUILDING, 3
            employer, risk = on_project(s, province, flat, t)
        else:
            work, sector, payer, mask, scale, land, contract, departed = abroad(s, month, flat, t)
        birth = born(s, segment, today, flat, t)
        joined, paid = months_of(s, segment, active, payer, late, month, flat, t)
        if segment == PMI:
            joined, paid = departed - 1, departed + contract - 1
        grown = 1970 * 12 + birth * 48 // 1461 + ADULT
        paid = max(paid, min(grown, month if active == 1 else month - t.grace))
        joined = min(max(joined, t.first_month, grown), paid, month)
        district = flat[t.district_from + place] + below(draw(s, DISTRICT), flat[t.district_count + place])
        out[0, i] = segment
        out[1, i] = active
        out[2, i] = flat[t.regencies + place]
        out[3, i] = flat[t.districts + district]
        out[4, i] = birth
        out[5, i] = 2 if high(draw(s, SEX)) < flat[t.women + segment - 1] else 1
        out[6, i] = work
        out[7, i] = sector + 1
        out[8, i] = income_of(s, segment, province, scale, flat, t)
        out[9, i] = risk
        out[10, i] = mask
        out[11, i] = payer
        out[12, i] = employer
        out[13, i] = size
        out[14, i] = yyyymm(joined)
        out[15, i] = yyyymm(paid)
        out[16, i] = land + 1
        out[17, i] = contract
        out[18, i] = yyyymm(departed) if departed else 0


@kept
def digest(first, block):
    """A checksum of rows that does not ask in which shard they stand: the sum of each row's hash."""
    total = np.uint64(0)
    for i in range(block.shape[1]):
        h = mix(np.uint64(first + i))
        for k in range(0, block.shape[0] - 1, 2):
            h = mix(h ^ np.uint64(block[k, i]) ^ (np.uint64(block[k + 1, i]) << _32))
        if block.shape[0] % 2:
            h = mix(h ^ np.uint64(block[block.shape[0] - 1, i]))
        total += h
    return total
