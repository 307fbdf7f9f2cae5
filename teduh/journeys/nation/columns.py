"""How rows of the database read as columns for runs over everyone: one SELECT for each kind of membership.

The only place that knows both; it names no person: numbers of rows leave as surrogate keys (`national.surrogates`).
Parameters of the statements: `as_of` (a day), `month` and `january` (first days).
"""

from __future__ import annotations

from teduh.contributions.wages import COLUMNS as SHARES
from teduh.ledger.bulk_queries import SAVINGS
from teduh.national import schema
from teduh.national.snapshot import Layout
from teduh.national.surrogates import DUE, EMPLOYMENT, ENROLMENT, KINDS, PERSON, PLACEMENT, PROJECT_WORKER, WAGE_LINE

#: registry's sectors as the synthetic population's; what is neither is 0, not known.
SECTORS = {
    "farming": "agriculture", "fishing": "fishery", "transport": "transport", "trade": "trade",
    "crafts": "manufacturing", "construction": "construction", "domestic": "domestic", "services": "services",
    "freelance": "services",
}  # fmt: skip


def _month(date: str) -> str:
    return f"(extract(year FROM {date}) * 100 + extract(month FROM {date}))::int"


def _number(kind: int, row: str) -> str:
    return f"{row} * {KINDS} + {kind}"


def _codes(column: str, codes: dict[str, int]) -> str:
    whens = " ".join(f"WHEN '{word}' THEN {code}" for word, code in codes.items())
    return f"CASE {column} {whens} ELSE 0 END"


def _region(digits: int) -> str:
    """The regency (4 digits) or district (6) where somebody lives, without dots; 0 where it is not known."""
    code = "replace(coalesce(p.lives_in_id, p.registered_at_id, p.works_in_id, ''), '.', '')"
    return f"rpad(left({code}, {digits}), {digits}, '0')::int"


def _mask(array: str) -> str:
    return " + ".join(
        f"('{name}' = ANY({array}))::int * {bit}"
        for name, bit in (("JKK", 1), ("JKM", 2), ("JHT", 4), ("JP", 8), ("JKP", 16))
    )


SECTOR = _codes("{}", {word: 1 + schema.SECTORS.index(name) for word, name in SECTORS.items()})
BIRTH = "p.birth_date - DATE '1970-01-01'"
SEX = f"CASE p.sex WHEN 'M' THEN {schema.MALE} ELSE {schema.FEMALE} END"
SIZE = _codes("f.size", {name: code for name, code in schema.SIZES.items() if code})
WHO = f"{_region(4)}, {_region(6)}, {BIRTH}, {SEX}"
HOME = 0  # destination, contract_months, departed: nobody here is abroad
#: Destinations by their ISO codes; any other is the last.
LANDS = ("", "TW", "MY", "HK", "KR", "JP", "SG", "SA", "IT", "BN", "TR")
CODES = ", ".join(f"'{code}'" for code in LANDS)
LAND = f"coalesce(array_position(ARRAY[{CODES}], a.destination_id), {len(LANDS) + 1}) - 1"

#: A member counts as active while his cover or its grace lasts, and before he first paid.
SELF_EMPLOYED = f"""
SELECT {_number(ENROLMENT, "e.id")}, {schema.BPU},
    (c.until IS NULL OR c.until >= %(as_of)s)::int, {WHO}, 0, {SECTOR.format("coalesce(d.sector, e.sector)")},
    coalesce(d.income, e.income), 0, {_mask("e.programmes")},
    CASE WHEN g.person_id IS NULL THEN {schema.SELF} ELSE {schema.GOVERNMENT} END, 0, 0,
    {_month('e."on"')}, coalesce({_month("c.paid")}, 0), {HOME}, {HOME}, {HOME}
FROM registry_enrolment e JOIN registry_person p ON p.id = e.person_id AND p.merged_into_id IS NULL
LEFT JOIN (
    SELECT DISTINCT ON (enrolment_id) enrolment_id, income, sector FROM registry_declaration WHERE month <= %(month)s
    ORDER BY enrolment_id, month DESC, id DESC
) d ON d.enrolment_id = e.id
LEFT JOIN (
    SELECT coalesce(q.merged_into_id, q.id) AS person, max(s.paid_until) AS paid, max(s.grace_until) AS until
    FROM coverage_span s JOIN registry_person q ON q.id = s.person_id
    WHERE s.programme = 'JKK' AND s.segment = 'BPU' GROUP BY 1
) c ON c.person = p.id
LEFT JOIN (
    SELECT DISTINCT m.person_id FROM registry_membership m JOIN registry_group g ON g.id = m.group_id
    WHERE g.funding IN ('apbn', 'apbd') AND m.from_day <= %(as_of)s
        AND (m.until_day IS NULL OR m.until_day >= %(as_of)s)
) g ON g.person_id = p.id
WHERE e.segment = 'BPU' AND e.outcome <> 'refused' AND e."on" <= %(as_of)s
    AND (e.ended_on IS NULL OR e.ended_on >= %(as_of)s)
"""

#: The line in force: the last one filed for the last month reported.
WAGE_EARNERS = f"""
SELECT {_number(EMPLOYMENT, "e.id")}, {schema.PU}, 1, {WHO}, 0, 0, l.wage, l.risk_class, l.programmes,
    {schema.EMPLOYER}, e.employer_id, {SIZE}, {_month("e.registered_on")}, coalesce({_month("c.paid_until")}, 0),
    {HOME}, {HOME}, {HOME}
FROM (
    SELECT DISTINCT ON (l.employment_id) l.* FROM employers_wageline l
    JOIN employers_wagereturn r ON r.id = l.wage_return_id AND r.state = 'filed' AND r.filed_on <= %(as_of)s
    WHERE l.month <= %(month)s ORDER BY l.employment_id, l.month DESC, l.id DESC
) l
JOIN employers_employment e ON e.id = l.employment_id AND (e.ended_on IS NULL OR e.ended_on >= %(month)s)
JOIN registry_person p ON p.id = e.person_id
LEFT JOIN (
    SELECT DISTINCT ON (employer_id) employer_id, size FROM employers_profile WHERE from_month <= %(month)s
    ORDER BY employer_id, from_month DESC, id DESC
) f ON f.employer_id = e.employer_id
LEFT JOIN coverage_span c ON c.employment_id = e.id AND c.programme = 'JKK'
WHERE NOT l.withdrawn
"""

#: On a project nobody owes anything himself: the project does. So nobody is counted as owing (`active` 0).
PROJECT_WORKERS = f"""
SELECT {_number(PROJECT_WORKER, "w.id")}, {schema.JAKON}, 0, {WHO}, 41, 1 + {schema.SECTORS.index("construction")},
    0, 1, 3, {schema.EMPLOYER}, j.employer_id, {SIZE}, {_month("w.from_day")}, coalesce({_month("c.paid")}, 0),
    {HOME}, {HOME}, {HOME}
FROM employers_projectworker w JOIN employers_project j ON j.id = w.project_id AND j.state <> 'cancelled'
JOIN registry_person p ON p.id = w.person_id
LEFT JOIN (
    SELECT DISTINCT ON (employer_id) employer_id, size FROM employers_profile WHERE from_month <= %(month)s
    ORDER BY employer_id, from_month DESC, id DESC
) f ON f.employer_id = j.employer_id
LEFT JOIN (
    SELECT project_id, person_id, max(paid_until) AS paid FROM coverage_span
    WHERE programme = 'JKK' AND project_id IS NOT NULL GROUP BY 1, 2
) c ON c.project_id = w.project_id AND c.person_id = w.person_id
WHERE w.from_day <= %(as_of)s AND (w.until_day IS NULL OR w.until_day >= %(as_of)s)
"""

#: Months of an agreement as `law.placements.months_of` counts them: whole ones, one begun counts.
BASE = (
    "((extract(year FROM {b}) - extract(year FROM {a})) * 12 + extract(month FROM {b}) - extract(month FROM {a}))::int"
)
MONTHS_OF = (
    "greatest(1, CASE WHEN ({a} + make_interval(months => {base}))::date < {b} THEN {base} + 1 "
    "WHEN ({a} + make_interval(months => {base} - 1))::date >= {b} THEN {base} - 1 ELSE {base} END)"
)


def _months_of(a: str, b: str) -> str:
    return MONTHS_OF.format(a=a, b=b, base=BASE.format(a=a, b=b))


#: Somebody abroad, or about to leave. `departed` is the month in which the work that was paid for began, and the months
#: are those his fees were reckoned for; nothing paid for work abroad, nothing said. His wage abroad is not known.
MIGRANTS = f"""
SELECT {_number(PLACEMENT, "a.id")}, {schema.PMI}, (c.until IS NULL OR c.until >= %(as_of)s)::int, {WHO}, 0, 0, 0, 0,
    3 + 4 * (a.savings_monthly > 0)::int,
    CASE WHEN EXISTS (SELECT FROM contributions_placementdue d JOIN payments_bill b ON b.id = d.bill_id
        WHERE d.placement_id = a.id AND d.settled_on <= %(as_of)s AND b.organisation_id IS NOT NULL)
        THEN {schema.AGENCY} ELSE {schema.SELF} END,
    0, 0, {_month("a.registered_on")}, coalesce({_month("c.paid")}, 0), {LAND},
    CASE WHEN c.works_until IS NULL THEN 0
        ELSE least(255, {_months_of("w.starts", "greatest(c.works_until, w.starts)")}) END,
    CASE WHEN c.works_until IS NULL THEN 0 ELSE {_month("w.starts")} END
FROM migrants_placement a JOIN registry_person p ON p.id = a.person_id
LEFT JOIN (
    SELECT placement_id, max(paid_until) AS paid, max(grace_until) AS until,
        min(starts) FILTER (WHERE phase = 'during') AS works, max(paid_until) FILTER (WHERE phase = 'during')
        AS works_until
    FROM coverage_span WHERE placement_id IS NOT NULL GROUP BY 1
) c ON c.placement_id = a.id
LEFT JOIN (
    SELECT placement_id, min(starts) AS starts FROM migrants_agreement WHERE withdrawn_at IS NULL GROUP BY 1
) g ON g.placement_id = a.id
CROSS JOIN LATERAL (SELECT CASE WHEN a.entry = 'abroad' THEN c.works ELSE coalesce(g.starts, c.works) END AS starts) w
WHERE a.registered_on <= %(as_of)s AND a.state <> 'cancelled'
    AND coalesce(least(a.home_on, a.failed_on, a.died_on), 'infinity') > %(as_of)s
"""

PLAIN = f"{_region(4)}, 0, {BIRTH}"
CREDITS = tuple(f"credit_{month:02}" for month in range(1, 13))
ACCOUNTS = f"""
SELECT {_number(PERSON, "s.party")}, coalesce(e.segment, {schema.PU}), {PLAIN},
    coalesce(s.opening, 0), coalesce(s.carried, 0), {", ".join(f"coalesce(s.{name}, 0)" for name in CREDITS)}
FROM ({SAVINGS}) s JOIN registry_person p ON p.id = s.party
LEFT JOIN (
    SELECT DISTINCT person_id, {schema.BPU} AS segment FROM registry_enrolment
    WHERE segment = 'BPU' AND ended_on IS NULL
) e ON e.person_id = p.id
"""

#: Months of JP that were paid, with the wage of the line in force; several jobs of one month count together.
HISTORIES = f"""
SELECT {_number(PERSON, "p.id")}, {schema.PU}, {PLAIN},
    string_agg({_month("h.month")}::text, ';' ORDER BY h.month), string_agg(h.wage::text, ';' ORDER BY h.month)
FROM (
    SELECT l.person_id, l.month, sum(l.wage)::bigint AS wage FROM (
        SELECT DISTINCT ON (l.employment_id, l.month) l.employment_id, l.person_id, l.month, l.wage, l.withdrawn
        FROM employers_wageline l
        JOIN employers_wagereturn r ON r.id = l.wage_return_id AND r.state = 'filed' AND r.filed_on <= %(as_of)s
        WHERE l.month BETWEEN DATE '2015-07-01' AND %(month)s AND l.programmes & 8 > 0
        ORDER BY l.employment_id, l.month, l.id DESC
    ) l
    JOIN (
        SELECT n.employment_id, n.month FROM contributions_wagedue d JOIN employers_wageline n ON n.id = d.line_id
        WHERE d.savings_on <= %(as_of)s GROUP BY 1, 2 HAVING sum(d.jp_employer + d.jp_worker) > 0
    ) paid ON paid.employment_id = l.employment_id AND paid.month = l.month
    WHERE NOT l.withdrawn GROUP BY l.person_id, l.month
) h JOIN registry_person p ON p.id = h.person_id GROUP BY p.id
"""

#: What was booked for a line and those it replaces, with the facts of the last; a withdrawn one owes nothing.
BOOKED_WAGES = f"""
SELECT {_number(WAGE_LINE, "l.id")}, {schema.PU}, {PLAIN}, CASE WHEN l.withdrawn THEN 0 ELSE l.wage END,
    l.risk_class, CASE WHEN l.withdrawn THEN 0 ELSE (b.facts->>'programmes')::int END, {schema.EMPLOYER},
    coalesce((b.facts->>'labour_intensive')::boolean, false)::int, coalesce((b.facts->>'workers')::int, -1),
    coalesce((b.facts->>'paid_late')::boolean, false)::int, coalesce((b.facts->>'eligible_2020')::boolean, true)::int,
    {", ".join(f"t.{name}" for name in SHARES)}
FROM (
    SELECT max(l.id) AS last, {", ".join(f"sum(d.{name})::bigint AS {name}" for name in SHARES)}
    FROM employers_wageline l
    JOIN employers_wagereturn r ON r.id = l.wage_return_id AND r.state = 'filed' AND r.filed_on <= %(as_of)s
    JOIN contributions_wagedue d ON d.line_id = l.id
    WHERE l.month = %(month)s GROUP BY l.employment_id
) t
JOIN employers_wageline l ON l.id = t.last JOIN contributions_wagedue o ON o.line_id = l.id
JOIN contributions_wagebasis b ON b.id = o.basis_id JOIN registry_person p ON p.id = l.person_id
"""

BOOKED_OWN = f"""
SELECT {_number(DUE, "d.first")}, {schema.BPU}, {_region(4)}, {SECTOR.format("a.facts->>'sector'")}, {BIRTH},
    (a.facts->>'income')::bigint, 0, d.programmes,
    CASE WHEN (a.facts->>'paid_by_government')::boolean THEN {schema.GOVERNMENT} ELSE {schema.SELF} END,
    0, -1, 0, 1, d.jkk, d.jkm, 0, d.jht, 0, 0, 0, 0, 0
FROM (
    SELECT min(d.id) AS first, d.person_id, d.assessment_id,
        bit_or(CASE d.programme WHEN 'JKK' THEN 1 WHEN 'JKM' THEN 2 ELSE 4 END) AS programmes,
        coalesce(sum(d.amount) FILTER (WHERE d.programme = 'JKK'), 0)::bigint AS jkk,
        coalesce(sum(d.amount) FILTER (WHERE d.programme = 'JKM'), 0)::bigint AS jkm,
        coalesce(sum(d.amount) FILTER (WHERE d.programme = 'JHT'), 0)::bigint AS jht
    FROM contributions_due d JOIN payments_bill b ON b.id = d.bill_id AND b.issued_on <= %(as_of)s
    WHERE d.month = %(month)s GROUP BY d.bill_id, d.person_id, d.assessment_id
) d JOIN contributions_assessment a ON a.id = d.assessment_id JOIN registry_person p ON p.id = d.person_id
"""

WHO_TYPES = {"id": "int64", "segment": "uint8", "regency": "int32", "sector": "uint8", "birth": "date32[day]"}
#: What is asked for -> its statement and its columns.
KINDS_OF_SNAPSHOT: dict[str, tuple[str, Layout]] = {
    "people": (
        f"{SELF_EMPLOYED} UNION ALL {WAGE_EARNERS} UNION ALL {PROJECT_WORKERS} UNION ALL {MIGRANTS}",
        Layout(what="people", columns={name: column.arrow for name, column in schema.COLUMNS.items()},
               summed=("active", "income")),
    ),
    "savings": (
        ACCOUNTS,
        Layout(what="savings", summed=("opening", "carried", *CREDITS),
               columns=WHO_TYPES | dict.fromkeys(("opening", "carried", *CREDITS), "int64")),
    ),
    "wages": (
        HISTORIES,
        Layout(what="wages", columns=WHO_TYPES | {"months": "list<int32>", "wages": "list<int64>"}),
    ),
    "booked": (
        f"{BOOKED_WAGES} UNION ALL {BOOKED_OWN}",
        Layout(what="booked", summed=tuple(f"booked_{name}" for name in SHARES), columns=WHO_TYPES | {
            "income": "int64", "risk_class": "uint8", "programmes": "uint8", "payer": "uint8",
            "labour_intensive": "uint8", "workers": "int32", "paid_late": "uint8", "eligible_2020": "uint8",
        } | dict.fromkeys((f"booked_{name}" for name in SHARES), "int64")),
    ),
}  # fmt: skip
