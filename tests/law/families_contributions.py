"""Examples about amounts: what is owed, rates, ceilings, wage bases, by segment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from teduh.law import assessment, codes, pension, programmes, rulebook
from teduh.law.contributions.construction import jkk_contract, jkm_contract
from teduh.law.contributions.reliefs import pp_49_2020
from teduh.law.facts import Construction, Facts, Migrant, SelfEmployed, WageEarner
from teduh.law.messages import RulebookError
from teduh.law.months import Month

Row = dict[str, Any]
Answers = dict[str, Any]
RISKS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
TRANSPORT_JOBS = {"ojol", "opang", "courier", "driver", "kurir", "sopir", "transport", "ojek"}
UNIT = codes.RATE_UNIT
TWO_STAGES = {"two stages", "two", "staged", "2 stages", "two-stage", "two stage", "in two stages", "instalments"}


def when(row: Row) -> dt.date:
    """The day a row asks about: its own date, unless its inputs name a contribution month."""
    text = row["inputs"].get("contribution_month") or row["inputs"].get("month") or row["date"]
    text = str(text).split("..")[0]
    if len(text) == 7 and text[4] == "-":
        return Month.parse(text).last
    return dt.date.fromisoformat(text) if len(text) == 10 else dt.date.fromisoformat(row["date"] or "2025-01-01")


def month_ends(row: Row) -> list[dt.date]:
    """The first and last month of a range such as 2025-02..2026-01, or the one day."""
    text = str(row["inputs"].get("contribution_month", ""))
    return [Month.parse(part).last for part in text.split("..")] if ".." in text else [when(row)]


def owed(facts: Facts, on: dt.date) -> dict[str, int]:
    """The bill, by name."""
    return dict(zip(codes.BILL, assessment.amounts(facts, Month.of(on), on), strict=True))


def paid_on(inputs: Row) -> dt.date | None:
    """The day of payment, where a row names one: arrears of a relieved month lose the relief after a day."""
    text = next((str(inputs[name]) for name in ("paid_on", "paid", "payment_date") if name in inputs), "")
    return dt.date.fromisoformat(text) if len(text) == 10 else None


def risk(inputs: Row) -> int:
    given = inputs.get("risk_class", "I")
    return RISKS.get(str(given).upper()) or int(given)


def self_employed(row: Row) -> Answers:
    """BPU: brackets and reliefs."""
    inputs = row["inputs"]
    known = "income" in inputs or (row["program"] == "JKM" and "normal" in inputs)
    if not row["segment"].startswith("BPU") or not known:
        return {}
    words = {str(inputs.get("sector", "")), str(inputs.get("job", "")), row["segment"].partition("-")[2]}
    sector: Any = "transport" if words & TRANSPORT_JOBS else "other"
    sponsored = any(value and ("apbn" in key.lower() or "apbd" in key.lower()) for key, value in inputs.items())
    chosen = tuple(row["program"].split("+"))

    def bill(names: tuple[str, ...], on: dt.date, relief: bool = True) -> dict[str, int]:
        facts = SelfEmployed(
            int(inputs.get("income", 0)), sector, names, sponsored or not relief,
            bool(inputs.get("eligible", True)) and relief,
        )  # fmt: skip
        return owed(facts, on)

    on = when(row)
    all3, own = bill(("JKK", "JKM", "JHT"), on), bill(chosen, on)
    full = bill(chosen, on, relief=False)
    base = rulebook.record(on).bpu_base[rulebook.record(on).bpu_jkk.index(bill(("JKK",), on, False)["jkk"])]
    months = int(inputs.get("months", 1))
    first = Month.of(on)
    many = sum(bill(chosen, month.last)["total"] for month in Month.span(first, months))
    return {
        "base": base, "jkk": all3["jkk"], "jkm": all3["jkm"], "jht": all3["jht_worker"],
        "jkk_payable": all3["jkk"], "jkm_payable": all3["jkm"], "jht_payable": all3["jht_worker"],
        "total": many, "total_2prog": all3["jkk"] + all3["jkm"], "total_3prog": all3["total"],
        "normal": full["total"], "payable": own["total"], "discount": own["total"] < full["total"],
        "relief": full["total"] - own["total"],
    }  # fmt: skip


def wage(row: Row) -> Answers:
    """PU: amounts from a wage."""
    inputs = row["inputs"]
    if not row["segment"].startswith("PU") or "wage" not in inputs or "event" in inputs:
        return {}
    on = when(row)
    facts = WageEarner(
        int(inputs["wage"]),
        risk(inputs),
        jkp_participant=row["program"] == "JKP" or bool(inputs.get("jkp_participant")),
        labour_intensive="LABOUR" in row["segment"],
        workers=inputs.get("workers"),
        paid_on=paid_on(inputs),
        eligible_2020=bool(inputs.get("eligible", True)),
    )
    b = owed(facts, on)
    jht, jp = b["jht_employer"] + b["jht_worker"], b["jp_employer"] + b["jp_worker"]
    moved = b["jkp_from_jkk"] + b["jkp_from_jkm"]
    found = {
        "jkk": b["jkk"],
        "jkm": b["jkm"],
        "jht_total": jht,
        "jht_employer": b["jht_employer"],
        "jht_employee": b["jht_worker"],
        "jp_total": jp,
        "jp_employer": b["jp_employer"],
        "jp_employee": b["jp_worker"],
        "employee_total": b["jht_worker"] + b["jp_worker"],
        "employer_total": b["jkk"] + b["jkm"] + b["jht_employer"] + b["jp_employer"],
        "grand_total": b["total"],
        "employer_pays_jkk": b["jkk"],
        "employer_pays_jkm": b["jkm"],
        "to_jkp": moved,
        "gov_jkp": b["jkp_state"],
        "jkk_recomposition": b["jkp_from_jkk"],
        "jkm_recomposition": b["jkp_from_jkm"],
        "state": b["jkp_state"],
        "employer_extra": 0,
        "net_jkk": b["jkk"] - b["jkp_from_jkk"],
        "net_jkm": b["jkm"] - b["jkp_from_jkm"],
        "capped_wage": min(int(inputs["wage"]), rulebook.record(on).jp_ceiling),
        "jp_wage_cap": rulebook.record(on).jp_ceiling,
    }
    months = int(inputs.get("months", 12))
    if row["program"] == "JHT":
        found |= {"total": jht, "employer": b["jht_employer"], "employee": b["jht_worker"], "monthly": jht,
                  "annual": 12 * jht, "principal": months * jht}  # fmt: skip
    elif row["program"] == "JP":
        found |= {"total": jp, "employer": b["jp_employer"], "employee": b["jp_worker"]}
    elif row["program"] == "JKP":
        base = min(int(inputs["wage"]), 5_000_000)
        found |= {"total": moved + b["jkp_state"], "base": base, "capped_wage": base}
    elif row["program"] in ("JKK", "JKM", "JKK+JKM"):
        found["total"] = sum(b[name.lower()] for name in row["program"].split("+"))
    else:
        found["total"] = b["total"]
    return found


def _percent(number: int) -> Fraction:
    return Fraction(number * 100, UNIT)


def rates(row: Row) -> Answers:
    """PU: rates in percent by risk class, with reliefs and recomposition."""
    inputs, program = row["inputs"], row["program"]
    named = {
        "risk_class",
        "gross_rate_pct",
        "base_rate_pct",
        "jkp_participant",
        "eligible",
        "contribution_month",
    }
    asked = named & set(inputs) and program in ("JKK", "JKM", "JKK+JKM")
    if not row["segment"].startswith("PU") or "wage" in inputs or "event" in inputs or not asked:
        return {}
    labour, found = "LABOUR" in row["segment"], []
    if "eligible" not in str(inputs.get("industry", "eligible")) or "not" in str(inputs.get("industry", "")):
        labour = False
    for on in month_ends(row):
        facts = WageEarner(
            UNIT,
            risk(inputs),
            ("JKK", "JKM"),
            bool(inputs.get("jkp_participant")),
            labour,
            inputs.get("workers"),
            paid_on=paid_on(inputs),
            eligible_2020=bool(inputs.get("eligible", True)),
        )
        bill, p = owed(facts, on), rulebook.record(on)
        moved = {"JKK": p.jkp_from_jkk_rate, "JKM": p.jkp_from_jkm_rate}.get(program, 0)
        gross = bill["jkm"] if program == "JKM" else bill["jkk"]
        found.append(
            {
                "rate_pct": _percent(gross),
                "to_jkp_pct": _percent(moved),
                "net_jkk_rate_pct": _percent(gross - moved),
                "net_jkm_rate_pct": _percent(gross - moved),
                "jkk_rate_pct": _percent(bill["jkk"]),
                "jkm_rate_pct": _percent(bill["jkm"]),
                "gross_rate_pct": _percent(gross),
            }
        )
    return found[0] if all(one == found[0] for one in found) else {}


def jkp_rates(row: Row) -> Answers:
    """JKP: its rates and ceiling on a day."""
    if row["program"] != "JKP" or row["segment"] != "PU":
        return {}
    try:
        p, total = rulebook.record(when(row)), rulebook.in_force("jkp_total_rate", when(row))
    except RulebookError:
        return {}
    rate = _percent(total.number)
    state, jkk, jkm = (_percent(n) for n in (p.jkp_state_rate, p.jkp_from_jkk_rate, p.jkp_from_jkm_rate))
    return {
        **dict.fromkeys(("total_pct", "total_rate_pct", "jkp_total_pct", "rate_pct", "jkp_rate_pct"), rate),
        **dict.fromkeys(("state_pct", "gov_pct", "government_pct", "state_rate_pct"), state),
        **dict.fromkeys(("jkk_pct", "from_jkk_pct", "jkk_recomposition_pct"), jkk),
        **dict.fromkeys(("jkm_pct", "from_jkm_pct", "jkm_recomposition_pct"), jkm),
        **dict.fromkeys(("wage_ceiling", "ceiling", "jkp_wage_cap", "wage_cap"), p.jkp_ceiling),
    }  # fmt: skip


def wage_base(row: Row) -> Answers:
    """PU: the monthly wage of daily and piece workers."""
    inputs = row["inputs"]
    kind = str(inputs.get("wage_type", ""))
    if kind == "daily" and "daily_wage" in inputs:
        facts = WageEarner(int(inputs["daily_wage"]), wage_type="daily", programmes=("JHT",))
    elif "last_months" in inputs or "last_12_months" in inputs:
        wages = tuple(int(w) for w in inputs.get("last_months") or inputs["last_12_months"])
        piece: Any = "weather" if "weather" in kind or len(wages) == 12 else "piece"
        facts = WageEarner(wage_type=piece, last_months=wages, programmes=("JHT",))
    else:
        return {}
    traced = assessment.assess(facts, month=Month.of(when(row)))
    return {"monthly_base": next(step.result for step in traced.steps if step.rule == "monthly_wage")}


def construction(row: Row) -> Answers:
    """Jakon: exact sums before rounding where the example is exact, whole rupiah otherwise."""
    inputs = row["inputs"]
    if row["segment"] != "JAKON":
        return {}
    on = when(row)
    p, eligible = rulebook.record(on), int(bool(inputs.get("eligible", True)))
    found: Answers = {}
    kinds = p.jakon_jkm_rate if row["program"] == "JKM" else p.jakon_jkk_rate
    scale = [_percent(pp_49_2020(rate, eligible, p)) for rate in kinds]
    found |= dict.fromkeys(("tiers_pct", "tier_rates_pct", "rates_pct", "layers_pct"), scale)
    if tier := inputs.get("tier") or inputs.get("layer"):
        found["rate_pct"] = scale[RISKS.get(str(tier), 0) - 1 if str(tier) in RISKS else int(tier) - 1]
    wages = inputs.get("total_monthly_wages") or inputs.get("monthly_wages")
    value = inputs.get("contract_value_ex_vat") or inputs.get("contract_value")
    if not value and (with_vat := inputs.get("contract_value_incl_vat")):
        value = (Fraction(with_vat) / Fraction(111, 100)).__round__()
    if wages:
        bill = owed(Construction(monthly_wages=int(wages), eligible_2020=bool(eligible)), on)
        found |= {"jkk": bill["jkk"], "jkm": bill["jkm"], "total": bill["total"]}
    elif value:
        exact = (
            Fraction(jkk_contract(int(value), eligible, p), UNIT),
            Fraction(jkm_contract(int(value), eligible, p), UNIT),
        )
        bill = owed(Construction(int(value), eligible_2020=bool(eligible)), on)
        whole = [amount.__floor__() + (amount % 1 >= Fraction(1, 2)) for amount in exact]
        assert [bill["jkk"], bill["jkm"]] == whole, "rounding half up"
        fractional = any(Decimal(str(v)) % 1 for v in row["expected"].values() if isinstance(v, int | Decimal))
        jkk, jkm = exact if fractional else (bill["jkk"], bill["jkm"])
        found |= {"jkk": jkk, "jkm": jkm, "total": jkk + jkm, "contract_value_ex_vat": int(value),
                  "layers": _layers(int(value), row["program"], p)}  # fmt: skip
    return found


def _layers(value: int, program: str, p: Any) -> list[Fraction]:
    rates = p.jakon_jkm_rate if program == "JKM" else p.jakon_jkk_rate
    bounds = [*p.jakon_slice_from, value + 1]
    parts = [min(value, bounds[i + 1]) - bounds[i] for i in range(5) if value > bounds[i]]
    return [Fraction(part * rates[i], UNIT) for i, part in enumerate(parts)]


def migrant(row: Row) -> Answers:
    """PMI: fees by length, extension, tiers."""
    inputs = row["inputs"]
    if not row["segment"].startswith("PMI") or "event" in inputs or "phase" in inputs:
        return {}
    on = dt.date(2022, 6, 1) if "18/2018" in str(inputs.get("regulation", "")) else when(row)
    route: Any = inputs.get("route") or ("individual" if "individual" in row["segment"] else "implementer")
    found: Answers = {}
    try:
        if "extension_months" in inputs:
            bill = owed(Migrant(route, stage="extension", extension_months=int(inputs["extension_months"])), on)
            found |= {"amount": bill["total"], "total": bill["total"], "extension": bill["total"]}
        elif "contract_months" in inputs:
            found |= _contract(route, int(inputs["contract_months"]), on)
        if "jht_monthly" in inputs:
            tiers = rulebook.in_force("pmi_jht_tiers", on).value
            found |= {"valid": inputs["jht_monthly"] in tiers, "allowed": list(tiers)}
    except RulebookError as error:
        text = error.en
        found = {
            "supported": False,
            "refused": True,
            "blind_spot": True,
            "covered_by_text": False,
            "_says": True,
            "defined": False,
            "during_after": None,
            "total": None,
            "amount": None,
            "text": text,
        }
    return found


def _contract(route: Any, months: int, on: dt.date) -> Answers:
    bill = owed(Migrant(route, months), on)
    p = rulebook.record(on)
    package = max([n for n in p.pmi_package_months if n <= months], default=0)
    fee = dict(zip(p.pmi_package_months, p.pmi_package_fee, strict=True)).get(package, 0)
    more = months - package
    return {
        "before": bill["before"],
        "during_after": bill["during"],
        "total": bill["total"],
        "amount": bill["total"],
        "payment": frozenset({"single", "one", "one sum"} if route == "individual" else TWO_STAGES),
        **dict.fromkeys(("stage_1", "stage1", "first_payment"), bill["before"]),
        **dict.fromkeys(("stage_2", "stage2", "second_payment"), bill["during"]),
        "formula": f"{fee}+{more}*{p.pmi_excess_month}",
        "excess_months": more,
        **dict.fromkeys(("excess", "excess_fee", "excess_amount"), more * p.pmi_excess_month),
        "base_package": package,
    }


def pension_figures(row: Row) -> Answers:
    """JP: ceilings, limits and ages on a day, and how a ceiling follows from the one before."""
    inputs = row["inputs"]
    if row["program"] != "JP" or row["segment"] != "PU":
        return {}
    found: Answers = {}
    if "prev_cap" in inputs:
        return {"jp_wage_cap": pension.next_ceiling(int(inputs["prev_cap"]), str(inputs["gdp_growth_prev_year_pct"]))}
    on = dt.date.fromisoformat(inputs.get("date") or row["date"])
    if "prev_benefit" in inputs:
        return {"benefit": pension.next_benefit(int(inputs["prev_benefit"]), str(inputs["inflation_prev_year_pct"]))}
    if set(inputs) == {"formula_benefit"}:
        return {"payable": pension.limited(int(inputs["formula_benefit"]), on)}
    if not set(inputs) - {"date"}:
        for key, name in (("jp_wage_cap", "jp_ceiling"), ("benefit_min", "jp_benefit_min"),
                          ("benefit_max", "jp_benefit_max"), ("pension_age", "pension_age")):  # fmt: skip
            found[key] = rulebook.in_force(name, on).value
    return found


def mandatory(row: Row) -> Answers:
    """PU: programmes by employer size."""
    size = row["inputs"].get("size") or row["inputs"].get("employer_size")
    if size not in programmes.MANDATORY:
        return {}
    names = list(programmes.mandatory(size).programmes)
    return {"programmes": names, "programs": names, "mandatory": names}


ALL = (self_employed, wage, rates, jkp_rates, wage_base, construction, migrant, pension_figures, mandatory)
