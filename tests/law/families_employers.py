"""Examples about employers: sanctions, arrears in numbers, size, several employers, who may have JKP."""

from __future__ import annotations

import datetime as dt
from typing import Any

from teduh.law import jkp, penalties, programmes, rulebook, sanctions, wage_base
from teduh.law.messages import RulebookError
from teduh.law.months import Month, months_begun
from tests.law.families_contributions import Answers, Row, when

CAUSES = {
    "resign": "resigned", "resignation": "resigned", "mengundurkan diri": "resigned", "retirement": "retired",
    "pension": "retired", "pensiun": "retired", "death": "died", "meninggal": "died", "pkwt_expired": "contract_ended",
    "contract_expired": "contract_ended", "contract_end": "contract_ended", "pkwt_ended": "contract_ended",
    "pkwt_end": "contract_ended", "end_of_contract": "contract_ended", "expiry": "contract_ended",
    "total_disability": "permanently_disabled", "total_permanent_disability": "permanently_disabled",
    "permanent_total_disability": "permanently_disabled", "tpd": "permanently_disabled",
    "pkwt_early_by_employer": "contract_broken", "pkwt_terminated_early": "contract_broken",
    "early_termination": "contract_broken", "pkwt_early_termination": "contract_broken", "phk": "dismissed",
    "dismissal": "dismissed", "layoff": "dismissed",
}  # fmt: skip


def _day(text: Any) -> dt.date:
    return dt.date.fromisoformat(str(text))


def _first(inputs: Row, *names: str) -> Any:
    return next((inputs[name] for name in names if name in inputs), None)


def sanction(row: Row) -> Answers:
    """PP 86/2013: warnings, the fine by dates, services denied, and what the law calls a crime."""
    inputs = row["inputs"]
    if row["program"] != "SANCTION":
        return {}
    found: Answers = {
        "warnings": 2, "max_warnings": 2, "warning_days": 10, "warning_working_days": 10, "max_days_each": 10,
        "days_each": 10, "fine_stage_days": 30, "fine_days": 30, "rate_pct_per_month": "0.1", "rate_pct": "0.1",
        "services": [one.what.en for one in sanctions.SERVICES if one.who == "employer"], "prison_years_max": 8,
        "max_prison_years": 8, "fine_max": 1_000_000_000, "max_fine": 1_000_000_000,
    }  # fmt: skip
    ended = _first(inputs, "second_warning_end", "second_warning_ended", "second_warning_ends", "warning_2_end")
    paid = _first(inputs, "paid", "paid_on", "payment_date", "on")
    amount = next((value for key, value in inputs.items() if "contribution" in key), None)
    if ended and paid and amount is not None:
        months = months_begun(_day(ended), _day(paid))
        fine = penalties.administrative_fine(amount=int(amount), months=months, on=when(row))
        found |= {"months": months, "admin_fine": fine.amount, "fine": fine.amount}
    if issued := _first(inputs, "warning_issued", "first_warning", "warning_1", "issued"):
        _, last = sanctions.period(sanctions.Taken("warning_1", _day(issued)), holidays=frozenset())
        found |= {"until": last, "ends": last, "last_day": last}
    return found


def size(row: Row) -> Answers:
    """PU: the size of a business by capital or sales, and its programmes."""
    inputs = row["inputs"]
    capital, sales = (
        _first(inputs, "capital", "capital_ex_land"),
        _first(inputs, "yearly_sales", "annual_sales", "sales"),
    )
    if not row["segment"].startswith("PU") or (capital is None and sales is None):
        return {}
    one = programmes.size_of(capital=capital and int(capital), yearly_sales=sales and int(sales))
    names = list(programmes.mandatory(one).programmes)
    return {"size": one, "scale": one, "programmes": names, "programs": names, "mandatory": names}


def several(row: Row) -> Answers:
    """A worker of several employers, an owner of several firms."""
    inputs = row["inputs"]
    who = "owner" if _first(inputs, "companies", "firms", "companies_owned") else "worker"
    count = _first(inputs, "companies", "firms", "companies_owned", "employers", "number_of_employers")
    if count is None or isinstance(count, list | str) or int(count) < 2:
        return {}
    one = programmes.with_several(who)
    return {
        "each_must_enrol": True, "each_employer_enrols": True, "each": list(one.each), "one": list(one.one),
        **{f"{name.lower()}_at": "each" for name in one.each}, **{f"{name.lower()}_at": "one" for name in one.one},
    }  # fmt: skip


def jkp_entitled(row: Row) -> Answers:
    """Who may have JKP: months paid, times, cause."""
    inputs = row["inputs"]
    cause = str(_first(inputs, "phk_reason", "reason", "cause", "termination", "phk") or "").strip().casefold()
    asked = {"months_in_24", "max_consecutive_before_phk", "claim_number", "contribution_years_since"} & set(inputs)
    if row["program"] != "JKP" or not (asked or cause.replace(" ", "_") in CAUSES):
        return {}
    years = inputs.get("contribution_years_since")
    try:
        one = jkp.entitlement(
            months_in_24=int(inputs.get("months_in_24", 24)),
            months_in_a_row=int(inputs.get("max_consecutive_before_phk", 24)),
            cause=CAUSES.get(cause.replace(" ", "_"), "dismissed"), claim=int(inputs.get("claim_number", 1)),
            years_since_last=None if years is None else int(years), on=when(row),
        )  # fmt: skip
    except RulebookError:
        return {}
    return {
        "eligible": one.entitled, "entitled": one.entitled, "payable": one.entitled, "max_times": one.times,
        "required_years": one.years_between, "required_months": one.months_of_24,
        "required_consecutive": one.months_in_a_row,
    }  # fmt: skip


def wage_check(row: Row) -> Answers:
    """What a return's check says of one wage against the minimum it names."""
    inputs = row["inputs"]
    minimum = _first(inputs, "minimum_wage", "ump", "umk", "regional_minimum_wage")
    if minimum is None or "wage" not in inputs:
        return {}
    month = Month.of(when(row))
    said = wage_base.check(wage=int(inputs["wage"]), month=month, minimum=int(minimum))
    return {"below_minimum": any(one.code == "below_minimum" for one in said)}


def penalty_rate(row: Row) -> Answers:
    """The rate of lateness on a day, where an example asks for nothing else."""
    if row["program"] != "PENALTY" or row["segment"] != "PU":
        return {}
    rate = rulebook.in_force("penalty_rate", when(row)).value
    return {"rate_pct_per_month": rate, "rate_pct": rate, "borne_by": "employer", "paid_by": "employer"}


ALL = (sanction, size, several, jkp_entitled, wage_check, penalty_rate)
