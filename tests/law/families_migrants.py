"""Examples about what migrant workers are given, who inherits, and what is left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from teduh.law import migrant_benefits, migrant_claims, rulebook
from teduh.law.messages import RulebookError
from teduh.law.migrant_benefits import Happening
from tests.law.families_contributions import Answers, Row, when

#: Words in a row's event, and what the law calls it; the first that fits counts.
EVENTS = (
    (("depart", "berangkat"), "failed_to_depart"),
    (("not_per_agreement", "not per agreement", "contrary", "misplaced", "not_according", "tidak sesuai"), "misplaced"),
    (("fail", "gagal"), "failed_placement"),
    (("rape", "perkosa"), "rape"),
    (("body", "jenazah"), "body_home"),
    (("denture", "tooth", "teeth", "gigi"), "dentures"),
    (("hearing", "dengar"), "hearing_aid"),
    (("glasses", "kacamata", "spectacle"), "glasses"),
    (("home_care", "homecare", "home care"), "home_care"),
    (("treatment", "medical", "hospital", "care_abroad"), "treatment_abroad"),
    (("orthosis", "prosthesis", "rehab"), "rehabilitation"),
    (("loss", "rob", "theft", "stolen"), "loss_on_the_way"),
    (("periodic", "total_dis", "total dis", "total_perm", "cacat_total"), "total_disability"),
    (("partial", "cacat_sebagian"), "partial_disability"),
    (("death", "died", "dies", "meninggal"), "death"),
)
CAUSES = (
    (("abscond", "kabur", "ran_away"), "absconded"),
    (("resign", "mundur"), "resigned"),
    (("expir", "contract_end", "end_of_contract", "finished"), "contract_expired"),
    (("leave", "cuti"), "leave"),
    (("deport",), "deported"),
    (("drug", "narko", "psychotrop", "alcohol", "liquor"), "drugs"),
    (("moved", "moving", "change_job", "changed_job", "pindah"), "moved"),
    (("illness", "sick", "sakit"), "illness"),
    (("crim", "unlawful"), "crime"),
    (("law", "melanggar"), "broke_law"),
)
LEVELS = {
    "tk": "kindergarten", "paud": "kindergarten", "kindergarten": "kindergarten", "sd": "primary",
    "elementary": "primary", "primary": "primary", "smp": "junior_high", "junior": "junior_high",
    "sma": "senior_high", "smk": "senior_high", "senior": "senior_high", "high": "senior_high",
    "university": "higher", "higher": "higher", "tertiary": "higher", "kuliah": "higher", "pt": "higher",
    "college": "higher", "s1": "higher", "diploma": "higher",
}  # fmt: skip


def _words(inputs: Row, *names: str) -> str:
    return " ".join(str(inputs[name]) for name in names if name in inputs).casefold()


def _event(row: Row) -> str:
    inputs = row["inputs"]
    if "level" in inputs or row["program"] == "Scholarship":
        return "scholarship"
    text = _words(inputs, "event", "benefit", "type", "item")
    if any(word in text for word in ("phk", "dismiss", "terminat", "layoff")):
        other = any(word in text for word in ("unilateral", "sepihak", "not_accident", "non_accident", "not_because"))
        return "dismissed_accident" if "accident" in text and not other else "dismissed"
    if "repatriat" in text or "pulang" in text:
        return "body_home" if "body" in text else "repatriation_accident" if "accident" in text else "repatriation"
    if "transport" in text and "abroad" in text:
        return "transport_abroad"
    found = next((event for words, event in EVENTS if any(word in text for word in words)), "")
    if not found and "transport" in text:
        return "transport"
    if not found and not text and "cause" in inputs:
        found = "death"
    return "death_accident" if found == "death" and row["program"] == "JKK" else found


def _phase(row: Row, event: str) -> str:
    text = _words(row["inputs"], "phase")
    if event not in migrant_benefits.EVENTS:
        return ""
    return next((phase for phase in ("before", "after", "during") if phase in text), "")


def _number(inputs: Row, *parts: str) -> int | None:
    """The first amount whose name holds one of these words."""
    for part in parts:
        for name, value in inputs.items():
            if part in name and not isinstance(value, bool | str):
                return int(value)
    return None


def _cause(inputs: Row) -> str:
    text = _words(inputs, "reason", "exclusion", "excluded", "cause") + " ".join(
        name for name, value in inputs.items() if value is True
    )
    return next((cause for words, cause in CAUSES if any(word in text for word in words)), "")


def _way(inputs: Row) -> str:
    text = _words(inputs, "mode", "way", "by", "via", "transport", "event")
    for words, way in ((("air", "plane", "flight", "udara"), "air"), (("sea", "ship", "laut"), "sea")):
        if any(word in text for word in words):
            return way
    return "land"


def _facts(row: Row, event: str) -> Happening:
    inputs, on = row["inputs"], when(row)
    if "18/2018" in str(inputs.get("regulation", "")):
        on = min(on, dt.date(2023, 2, 21))
    level = next((LEVELS[w] for w in _words(inputs, "level").replace("_", " ").split() if w in LEVELS), "primary")
    cost = _number(inputs, "cost", "bill", "loss", "expense", "fare", "amount") or 0
    return Happening(
        event=event, on=on, phase=_phase(row, event),
        own_fault=bool(inputs.get("own_fault") or inputs.get("own_wish") or inputs.get("own_will")),
        excluded=_cause(inputs), cost=cost, insured=_number(inputs, "insur", "local_paid", "covered_by") or 0,
        transport_cost=_number(inputs, "repatriation", "ticket", "transport", "fare", "cost") or 0, way=_way(inputs),
        months=_number(inputs, "months") or 0, service_months=_number(inputs, "service", "worked", "months") or 0,
        percentage=int((_number(inputs, "percent", "pct") or 0) * 100), level=level,
        children=_number(inputs, "children") or 1, cases=_number(inputs, "cases") or 1,
    )  # fmt: skip


def benefits(row: Row) -> Answers:
    """PMI: what is given for an event."""
    if not row["segment"].startswith("PMI") or not row["id"].startswith("PMI-B"):
        return {}
    event = _event(row)
    if not event or (event not in migrant_benefits.EVENTS and event not in migrant_benefits.NOT_FOUND):
        return {}
    facts = _facts(row, event)
    try:
        found = migrant_benefits.given(facts)
    except RulebookError:
        unknown = dict.fromkeys(("supported", "known", "defined", "covered_by_text"), False)
        return {"_says": True, **unknown, **dict.fromkeys(("refused", "blind_spot", "needs_ruling", "not_found"), True)}
    parts = {part.code: part.amount for part in found.parts}
    answers: dict[str, Any] = {
        "reimbursed": parts.get("refund", parts.get("transport", 0)),
        "refund": parts.get("refund", 0),
        "cash": parts.get("cash", parts.get("refund", 0)),
        "needs_ruling": found.status == "unconfirmed",
        "transport": parts.get("transport", 0),
        "per_case": found.total,
        "cases": facts.cases,
        "total_paid_approx": found.total * facts.cases,
        "lump_sum": found.total,
        "amount": found.total,
        "total": found.total,
        "paid": found.total,
        **dict.fromkeys(("entitled", "eligible", "payable", "covered"), found.entitled),
    }
    answers |= {key: parts[key] for key in ("death", "periodic", "funeral") if key in parts}
    if event == "death":
        answers["scholarship"] = frozenset({"if school-age children", "yes"})
    return answers | _limits(facts, event)


def _limits(facts: Happening, event: str) -> Answers:
    """Limits, and the years and children of a scholarship."""
    if event == "scholarship":
        row = migrant_benefits.LEVELS.index(facts.level)
        years = rulebook.in_force("pmi_scholarship_years", facts.on).value[row]
        most = rulebook.in_force("pmi_scholarship_children", facts.on).value
        one = migrant_benefits.given(replace(facts, children=1)).total
        return {"per_year": one, "years": years, "max_years": years, "max_children": most, "children": most,
                "children_covered": min(most, facts.children), "paid_children": min(most, facts.children)}  # fmt: skip
    if event in ("treatment_abroad", "home_care", "hearing_aid", "glasses", "dentures", "repatriation",
                 "repatriation_accident", "loss_on_the_way"):  # fmt: skip
        most = migrant_benefits.given(replace(facts, cost=10**12, insured=0, excluded="")).total
        found: Answers = dict.fromkeys(("max", "cap", "limit", "maximum"), most)
        if event == "home_care":
            found |= {"max_months": rulebook.in_force("pmi_home_care_months", facts.on).value, "max_years": 1}
        return found
    return {}


HEIRS = {"widow": "spouse", "widower": "spouse", "wife": "spouse", "husband": "spouse", "mother": "parent",
         "father": "parent", "brother": "sibling", "sister": "sibling", "siblings": "sibling", "children": "child",
         "son": "child", "daughter": "child", "parents": "parent", "parents_in_law": "parent_in_law",
         "mother_in_law": "parent_in_law", "father_in_law": "parent_in_law", "will_beneficiary": "will",
         "named_in_will": "will", "parent-in-law": "parent_in_law"}  # fmt: skip


def heirs(row: Row) -> Answers:
    """PMI: who inherits."""
    inputs = row["inputs"]
    if not row["segment"].startswith("PMI") or "survivors" not in inputs:
        return {}
    left = {HEIRS.get(str(one), str(one)) for one in inputs["survivors"]}
    if inputs.get("spouse_or_child"):
        left.add("spouse")
    if inputs.get("bloodline_2nd_degree"):
        left.add("parent")
    try:
        rank, members, _ = migrant_claims.heirs(survivors=frozenset(left))
    except RulebookError:
        return {}
    given = {str(one) for one in inputs["survivors"] if HEIRS.get(str(one), str(one)) in members}
    return dict.fromkeys(("beneficiary", "heir", "heirs", "recipient"), frozenset({rank, *members, *given}))


ALL = (benefits, heirs)
