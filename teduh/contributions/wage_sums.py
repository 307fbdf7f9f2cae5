"""What the books should hold, reckoned from what they speak of: wage dues, penalties and credits of employers."""

from __future__ import annotations

from collections import defaultdict

from teduh.contributions import project_queries
from teduh.core import sql

DUES = """
SELECT coalesce(sum(jkk) FILTER (WHERE protection_on IS NOT NULL), 0)::bigint,
    coalesce(sum(jkm) FILTER (WHERE protection_on IS NOT NULL), 0)::bigint,
    coalesce(sum(jkp_from_jkk) FILTER (WHERE protection_on IS NOT NULL), 0)::bigint,
    coalesce(sum(jkp_from_jkm) FILTER (WHERE protection_on IS NOT NULL), 0)::bigint,
    coalesce(sum(jkp_state) FILTER (WHERE protection_on IS NOT NULL), 0)::bigint,
    coalesce(sum(jht_employer + jht_worker) FILTER (WHERE savings_on IS NOT NULL), 0)::bigint,
    coalesce(sum(jp_employer + jp_worker) FILTER (WHERE savings_on IS NOT NULL), 0)::bigint,
    coalesce(sum(jkk) FILTER (WHERE protection_on IS NULL), 0)::bigint,
    coalesce(sum(jkm) FILTER (WHERE protection_on IS NULL), 0)::bigint,
    coalesce(sum(jht_employer + jht_worker) FILTER (WHERE savings_on IS NULL), 0)::bigint,
    coalesce(sum(jp_employer + jp_worker) FILTER (WHERE savings_on IS NULL), 0)::bigint
FROM contributions_wagedue
"""

PENALTIES = """
SELECT programme, kind, coalesce(sum(amount) FILTER (WHERE settled_on IS NOT NULL), 0)::bigint,
    coalesce(sum(amount) FILTER (WHERE settled_on IS NULL), 0)::bigint
FROM contributions_penalty WHERE cancelled_on IS NULL GROUP BY programme, kind
"""

OPEN_PROJECTS = """
SELECT coalesce(sum(jkk), 0)::bigint, coalesce(sum(jkm), 0)::bigint FROM contributions_projectdue
WHERE settled_on IS NULL AND withdrawn_on IS NULL AND bill_id IS NOT NULL
"""

OPEN_FINES = """
SELECT coalesce(sum(f.amount), 0)::bigint FROM contributions_fine f WHERE f.settled_on IS NULL
"""

CREDITS = "SELECT coalesce(sum(amount - spent), 0)::bigint FROM contributions_credit WHERE cancelled_on IS NULL"


def expected(*, self_employed: dict[str, int]) -> dict[str, int]:
    """Account -> the balance that settled and open rows add up to. `self_employed`: settled dues by programme."""
    jkk, jkm, from_jkk, from_jkm, state, jht, jp, *open_ = sql.rows(DUES)[0]
    found: dict[str, int] = defaultdict(int)
    for programme, amount in (*self_employed.items(), *project_queries.settled_sums().items()):
        found["JHT:members" if programme == "JHT" else f"{programme}:contributions"] += amount
    found["JKK:contributions"] += jkk - from_jkk
    found["JKM:contributions"] += jkm - from_jkm
    found["JKP:contributions"] += from_jkk + from_jkm + state
    found["JKP:government"] += state
    found["JHT:members"] += jht
    found["JP:contributions"] += jp
    for programme, amount in zip(("JKK", "JKM", "JHT", "JP"), open_, strict=True):
        found[f"KOL:assessed:{programme}"] += amount
    for programme, amount in zip(("JKK", "JKM"), sql.rows(OPEN_PROJECTS)[0], strict=True):
        found[f"KOL:assessed:{programme}"] += amount
    for programme, kind, paid, unpaid in sql.rows(PENALTIES):
        is_relief = kind == "relief"
        found[f"{programme}:{'contributions' if is_relief else 'penalties'}"] += paid
        found["KOL:assessed:JKK" if is_relief else "KOL:assessed:denda"] += unpaid
    for programme, amount in project_queries.fines_sums().items():
        found[f"{programme}:penalties"] += amount
    found["KOL:assessed:denda"] += sql.rows(OPEN_FINES)[0][0]
    found["KOL:credits"] = sql.rows(CREDITS)[0][0]
    return dict(found)


#: What employers owe must be the same by account and by programme.
OWED = ("KOL:assessed:JKK", "KOL:assessed:JKM", "KOL:assessed:JHT", "KOL:assessed:JP", "KOL:assessed:denda")
