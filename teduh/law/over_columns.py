"""Loops over columns that call the rules: the text of these functions is compiled beside the rules' own (`compiled`).

Plain functions over arrays of 64-bit numbers, which also run uncompiled. They decide nothing: each calls a rule by its
name for each row.
"""

from __future__ import annotations

from typing import Any

from teduh.law.benefits.jht import jht_carried, jht_return
from teduh.law.benefits.jp import jp_entitlement, jp_formula, jp_indexed_wage, jp_pension
from teduh.law.codes import MIGRANT, SELF_EMPLOYED, WAGE_EARNER
from teduh.law.reach import abroad_until, clear_until, grace_until


def accrue_rows(opening: Any, credits: Any, carried: Any, return_rate: int, out: Any) -> None:
    """A year of JHT accounts. `credits` has a row for each month. `out`: credits, return, closing balance, carried."""
    for i in range(out.shape[1]):
        paid = weighted = 0
        for month in range(12):
            paid += credits[month, i]
            weighted += (12 - month) * credits[month, i]
        earned = jht_return(opening[i], weighted, carried[i], return_rate)
        out[0, i] = paid
        out[1, i] = earned
        out[2, i] = opening[i] + paid + earned
        out[3, i] = jht_carried(opening[i], weighted, carried[i], return_rate)


def pension_rows(starts: Any, wages: Any, months: Any, ages: Any, ceilings: Any, index: Any, first: int, limits: Any,
                 out: Any) -> None:  # fmt: skip
    """JP of members with the wage histories `wages[starts[i]:starts[i + 1]]`, whose months are `months`.

    `limits`: pension age, months needed, lowest and highest pension. `out`: months paid, sum of indexed wages, formula,
    pension within its limits, entitlement, contributions' wage base.
    """
    for i in range(out.shape[1]):
        total = counted = 0
        for k in range(starts[i], starts[i + 1]):
            at = months[k] - first
            total += jp_indexed_wage(wages[k], ceilings[at], index[at])
            counted += min(wages[k], ceilings[at])
        paid = starts[i + 1] - starts[i]
        out[0, i] = paid
        out[1, i] = total
        out[2, i] = jp_formula(total)
        out[3, i] = jp_pension(total, limits[2], limits[3]) if paid > 0 else 0
        out[4, i] = jp_entitlement(ages[i], limits[0], paid, limits[1])
        out[5, i] = counted


def standing_rows(segment: Any, paid_until: Any, departed: Any, contract_months: Any, first: int, last_days: Any,
                  own_due: Any, wage_due: Any, limits: Any, today: int, out: Any) -> None:  # fmt: skip
    """Protection of people. `limits`: months of arrears that cover outlasts, months to come home. `out`: last day
    without arrears, last day of cover or grace, state on `today` (1 protected, 2 in grace or employer behind, 3 over).
    """
    for i in range(out.shape[1]):
        s = segment[i]
        if s == SELF_EMPLOYED:
            clear = clear_until(paid_until[i], first, last_days, own_due)
            grace = grace_until(paid_until[i], limits[0], first, own_due)
        elif s == WAGE_EARNER:
            clear = clear_until(paid_until[i], first, last_days, wage_due)
            grace = grace_until(paid_until[i], limits[0], first, wage_due)
        elif s == MIGRANT:
            clear = abroad_until(departed[i], contract_months[i], limits[1], first, last_days)
            grace = clear
        else:
            clear = last_days[paid_until[i] - first]
            grace = clear
        out[0, i] = clear
        out[1, i] = grace
        out[2, i] = 1 if today <= clear else 2 if today <= grace else 3
