"""Examples about dates and states: due dates, penalties, arrears, limits, periods, promises, NIK."""

from __future__ import annotations

import datetime as dt
from typing import Any

from teduh.law import deadlines, due, jkp, migrant_periods, nik, penalties, standing
from teduh.law.messages import RulebookError
from teduh.law.months import Month, is_working_day, months_after, working_day_from
from tests.law.families_contributions import Answers, Row, when


class Starts(str):
    """Equal to any words that start like it."""


PAYER = {"agency": Starts("bpjs"), "employer": Starts("employer"), "nobody": Starts("no")}


def day(text: Any) -> dt.date:
    return dt.date.fromisoformat(str(text))


def _holidays(year: int) -> frozenset[dt.date]:
    from teduh.core import holidays

    return holidays.indonesia(year) | holidays.indonesia(year + 1)


def penalty(row: Row) -> Answers:
    """Late penalties, from dates or from a number of months."""
    inputs = row["inputs"]
    if row["program"] != "PENALTY" or row["segment"] not in ("PU", "BPU"):
        return {}
    month = Month.of(when(row))
    amounts = [
        v for k, v in inputs.items() if k.endswith("_due") or k in ("arrears", "contribution", "amount", "due_amount")
    ]
    months = inputs.get("months_late")
    programme = (
        "JP"
        if any(k.startswith("jp") for k in inputs)
        else "JHT"
        if any(k.startswith("jht") for k in inputs)
        else "JKK"
    )
    if "due" in inputs and "paid" in inputs:
        months = penalties.months_late(due=day(inputs["due"]), paid=day(inputs["paid"]))
    if not amounts or months is None:
        return {}
    segment = "self_employed" if row["segment"] == "BPU" else "wage_earner"
    found = penalties.late(
        amount=int(amounts[0]), programme=programme, month=month, months=int(months), segment=segment
    )
    return {"months_late": months, "penalty": found.amount, "total": found.amount + int(amounts[0]),
            "rate_pct_per_month": found.rate, "rate_pct": found.rate}  # fmt: skip


def due_dates(row: Row) -> Answers:
    """Due dates, from a contribution month."""
    inputs = row["inputs"]
    segment = {"PU": "wage_earner", "BPU": "self_employed"}.get(row["segment"].split("-")[0], "")
    if "contribution_month" not in inputs or ".." in str(inputs["contribution_month"]) or not segment:
        return {}
    month = Month.parse(str(inputs["contribution_month"])[:7])
    named = str(inputs.get("program") or row["program"]).split("+")[0]
    programme = named if named in ("JKK", "JKM", "JHT", "JP") else "JKK"
    if (segment, programme) not in due.RULES:
        return {}
    found = due.due_date(programme, segment, month, holidays=_holidays(month.year))
    return {
        "effective_due_date": found.date,
        "due_date": found.date,
        "due": found.date,
        "nominal_due_date": found.nominal,
        "due_day": found.nominal.day,
        "working_day": is_working_day(found.nominal, _holidays(month.year)),
    }


def holiday_moves(row: Row) -> Answers:
    """A due date given as such, moved to a working day."""
    given = row["inputs"].get("due_date")
    return {"effective_due_date": working_day_from(day(given), _holidays(day(given).year))} if given else {}


def sanction(row: Row) -> Answers:
    """Administrative fines."""
    inputs = row["inputs"]
    if row["program"] != "SANCTION" or "months_after_second_warning" not in inputs:
        return {}
    amount = int(next(v for k, v in inputs.items() if "contribution" in k))
    months = int(inputs["months_after_second_warning"])
    return {"admin_fine": penalties.administrative_fine(amount=amount, months=months, on=when(row)).amount}


def compensation(row: Row) -> Answers:
    """What the agency owes for paying late."""
    inputs = row["inputs"]
    late = inputs.get("days_late", inputs.get("months_late"))
    if row["program"] != "SLA" or late is None or "benefit" not in inputs:
        return {}
    programme = inputs.get("program") or row["segment"]
    found = penalties.late_payment(programme=programme, benefit=int(inputs["benefit"]), periods=int(late), on=when(row))
    return {"compensation": found.amount, "penalty": found.amount}


def arrears(row: Row) -> Answers:
    """What months of arrears do to cover."""
    inputs = row["inputs"]
    if "arrears_months" not in inputs or row["program"] not in ("JKK", "JKM"):
        return {}
    months, on = int(inputs["arrears_months"]), when(row)
    if row["segment"] == "PU":
        found = standing.wage_earner_arrears(programme=row["program"], months=months, on=on)
    else:
        settled = bool(inputs.get("arrears_settled", False))
        found = standing.self_employed_arrears(programme=row["program"], months=months, settled=settled, on=on)
    return {
        "payer": PAYER[found.payer],
        "entitled": found.entitled,
        "reimbursable_after_arrears_settled": found.refundable_after_settlement,
        "refund_after_settlement": found.refundable_after_settlement,
        "reimbursable_after_settlement": found.refundable_after_settlement,
        "medical": "now" if "medical" in found.now else "none",
        "medical_care": found.entitled,
        "medical_care_now": "medical" in found.now,
        "medical_now": "medical" in found.now,
        "cash": "after recovery and settlement" if found.after_settlement else "now" if found.entitled else "none",
        "cash_now": "cash" in found.now,
        "cash_after_settlement": "cash" in found.after_settlement,
    }


def bpu_status(row: Row) -> Answers:
    """The agency's register of a self-employed person's arrears."""
    inputs = row["inputs"]
    if not row["segment"].startswith("BPU") or not row["id"].startswith("BPU-S"):
        return {}
    months = int(inputs.get("consecutive_unpaid_months", inputs.get("unpaid_months", 3)))
    found = standing.membership(unpaid_months=months, on=when(row))
    again = any("reactiv" in key or "pay" in key.replace("unpaid", "") for key in inputs)
    return {
        "penalty": found.penalty,
        "status": "active" if again else found.register,
        "arrears_charged": found.arrears_charged_on_return,
        "old_arrears_charged": found.arrears_charged_on_return > 0,
        "arrears_due": found.arrears_charged_on_return,
        "protected": found.entitlement != "lapsed",
    }


def limits(row: Row) -> Answers:
    """Time limits of claims."""
    inputs = row["inputs"]
    if {"accident_date", "claim_date"} <= set(inputs):
        one = deadlines.jkk_claim(accident=day(inputs["accident_date"]), claim=day(inputs["claim_date"]))
        return {"time_barred": one.lost, "limit_years": one.length}
    if {"employment_end", "pak_onset"} <= set(inputs):
        one = deadlines.occupational_disease(
            employment_end=day(inputs["employment_end"]), onset=day(inputs["pak_onset"])
        )
        return {"pak_covered": not one.lost}
    if {"claim_date", "event_date"} <= set(inputs) and row["segment"].startswith("PMI"):
        one = deadlines.migrant_claim(event=day(inputs["event_date"]), claim=day(inputs["claim_date"]))
        return {"expired": one.lost, "limit_years": one.length}
    if {"claim", "phk"} <= set(inputs):
        one = deadlines.jkp_claim(dismissed=day(inputs["phk"]), claim=day(inputs["claim"]))
        return {"limit_months": one.length, "right_lost": one.lost, "latest_claim": one.until}
    left = inputs.get("letter_date") or inputs.get("dismissal_date")
    if left and "claim_date" in inputs and row["program"] == "JHT":
        one = deadlines.jht_after_leaving(left=day(left), claim=day(inputs["claim_date"]))
        return {"eligible": not one.lost, "earliest_claim": one.until,
                "sla_working_days": deadlines.promise("jht_payment", when(row)).length}  # fmt: skip
    return {}


def migrant_phases(row: Row) -> Answers:
    """Periods of a migrant worker's cover."""
    inputs, phase = row["inputs"], row["inputs"].get("phase")
    if not row["id"].startswith("PMI-P") or not phase:
        return {}
    route = inputs.get("route") or ("individual" if "individual" in row["segment"] else "implementer")
    if phase == "before":
        one = migrant_periods.before(route=route, paid_on=when(row))
        return {
            "start": frozenset({one.starts_with, "registration and payment"}),
            "max_months": one.most,
            "end": frozenset({"embarkation", "arrival at embarkation", "arrival_at_embarkation"}),
            "programmes": list(one.programmes),
            "programs": list(one.programmes),
            "jkk": "JKK" in one.programmes,
            "programme": frozenset({"+".join(one.programmes), f"{one.programmes[-1]} only"}),
            "JKK_covered": "JKK" in one.programmes,
            "JKM_covered": True,
        }
    if phase == "during" and "contract_end" in inputs:
        one = migrant_periods.during(contract_end=day(inputs["contract_end"]))
        return {"covered_until_latest": one.until, **_covered(one, inputs), "extra_months": one.most}
    if phase == "after" and "debarkation" in inputs:
        one = migrant_periods.after(debarkation=day(inputs["debarkation"]))
        return {
            "window_days": one.most,
            "max_days": one.most,
            "covered_until_latest": one.until,
            **_covered(one, inputs),
        }
    if phase == "all" and "contract_months" in inputs:
        months = migrant_periods.longest(route=route, contract_months=int(inputs["contract_months"]), on=when(row))
        return {"total_protection_months": months}
    return {}


def _covered(period: migrant_periods.Period, inputs: Row) -> Answers:
    assert period.until
    return {"covered": day(inputs["event_date"]) <= period.until} if "event_date" in inputs else {}


def jkp_default(row: Row) -> Answers:
    """Who pays JKP when the employer is behind, and the reimbursement's dates."""
    inputs = row["inputs"]
    if not row["id"].startswith("JKP-D"):
        return {}
    found: Answers = {
        "pay_within_working_days": deadlines.promise("jkp_reimbursement_payment", when(row)).length,
        "request_within_months": deadlines.promise("jkp_reimbursement_request", when(row)).length,
    }
    start = next((v for k, v in inputs.items() if "paid" in k and "unpaid" not in k and len(str(v)) == 10), None)
    if start:
        latest = months_after(day(start), found["request_within_months"])
        found |= dict.fromkeys(("request_latest", "latest_request", "deadline", "request_by"), latest)
        if asked := next((v for k, v in inputs.items() if "request" in k and len(str(v)) == 10), None):
            in_time = day(asked) <= latest
            found |= {"in_time": in_time, "accepted": in_time, "allowed": in_time, "too_late": not in_time}
    months = next((inputs[k] for k in inputs if k.endswith("_months")), None)
    if months is not None:
        found |= _default(int(months), inputs, when(row))
    return found


def _default(months: int, inputs: Row, on: dt.date) -> Answers:
    words = " ".join(f"{key} {value}" for key, value in inputs.items() if value)
    bankrupt = "bankrupt" in words or "closed" in words
    one = jkp.employer_default(unpaid_months=months, on=on, bankrupt=bankrupt)
    return {
        "payer": PAYER[one.payer],
        "employer_owes_arrears": one.employer_owes_arrears,
        **dict.fromkeys(("debt_erased", "arrears_erased", "debt_cancelled"), False),
        **dict.fromkeys(("debt_remains", "debt_stays"), True),
        "reimbursable_after_arrears_settled": one.reimbursable_after_arrears_settled,
    }


def jkp_member(row: Row) -> Answers:
    """Who takes part in JKP."""
    inputs = row["inputs"]
    if row["program"] != "JKP" or not {"age_at_registration", "wni", "programmes"} & set(inputs):
        return {}
    size = inputs.get("firm", "medium")
    needed = ["JKK", "JKM", "JHT", "JKN"] + (["JP"] if size in ("medium", "large") else [])
    one = jkp.participation(
        age_at_registration=int(inputs.get("age_at_registration", 30)),
        citizen=bool(inputs.get("wni", True)),
        employed=bool(inputs.get("employment_relation", True)),
        firm=size,
        programmes=inputs.get("programmes", needed),
        on=when(row),
    )
    return {"eligible": one.participant, "participant": one.participant}


PROMISED = {
    "submit_within_working_days": "registration_form",
    "report_within_hours": "jkk_report_1",
    "notice_within_hours": "jkk_report_1",
    "within_hours": "jkk_report_1",
    "change_within_working_days": "data_change",
    "notify_within_working_days": "data_change",
    "report_within_working_days": "data_change",
    "file_latest_days_after_reference": "jkp_monthly_filing",
    "earliest_working_days_before_end": "jkp_month_6_filing",
}


def service(row: Row) -> Answers:
    """Promises of the agency and duties of employers."""
    if not row["id"].startswith(("PRC-", "JKP-F")):
        return {}
    on, found = when(row), Answers()
    for key, code in PROMISED.items():
        try:
            found[key] = deadlines.promise(code, on).length
        except RulebookError:
            continue
    if row["segment"] == "PU-nonASN":
        same_day = deadlines.promise("number_issued_state_staff", on).length == 0
        ready = all(row["inputs"].get(key, True) for key in ("form_complete", "first_contribution_paid"))
        found["number_issued"] = "same_day" if same_day and ready else Starts("no")
    return found


def identity(row: Row) -> Answers:
    """NIK."""
    inputs = row["inputs"]
    if row["program"] != "ID":
        return {}
    if "nik_day" in inputs:
        number = int(inputs["nik_day"])
        sex = nik.sex_of_day(number)
        return {"sex": sex, "birth_day": number - 40 if number > 40 else number, "valid": bool(sex)}
    one = nik.read(str(inputs.get("nik", "")), regions=None, today=max(when(row), dt.date(2019, 1, 1)))
    birth = next((day(v) for k, v in inputs.items() if "birth" in k and len(str(v)) == 10), None)
    home = next((str(v) for k, v in inputs.items() if "region" in k or "residence" in k or "address" in k), None)
    warnings = nik.compare(one, birth=birth, sex=inputs.get("registered_sex"), residence=home)
    born = one.birth_dates[0] if one.birth_dates else None
    return {
        "valid": one.valid,
        "accept": one.valid,
        "province": one.province,
        "sex": one.sex,
        "serial": one.serial,
        "regency": frozenset({one.regency, one.regency[2:]}),
        "district": frozenset({one.district, one.district[4:]}),
        "birth": born and f"{born:%d-%m-%y}",
        "birth_date": frozenset(one.birth_dates),
        "reject": not one.valid,
        "_says": bool(one.problems or warnings or one.warnings),
    }


ALL = (penalty, due_dates, holiday_moves, sanction, compensation, arrears, bpu_status, limits, migrant_phases,
       jkp_default, jkp_member, service, identity)  # fmt: skip
