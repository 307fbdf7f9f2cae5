"""What holds for an employer in a month: programmes, size, reliefs' facts, and every open site with its risk class.

One statement; every check and every filing asks it, so that a month is always assessed by what was so then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from teduh.core import dates, sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import access
from teduh.law.months import Month

#: The last row from the month on or before counts; of one month's rows the one added last.
IN_FORCE = """
SELECT e.npp, e.name, e.legal_form, p.programmes, p.size, p.labour_intensive, p.health_insured,
    (SELECT min(f.from_month) FROM employers_profile f WHERE f.employer_id = e.id),
    w.number, w.id, w.name, w.region_id, r.risk_class, r.activity, r.state
FROM employers_employer e
LEFT JOIN LATERAL (SELECT * FROM employers_profile p WHERE p.employer_id = e.id AND p.from_month <= %(first)s
    ORDER BY p.from_month DESC, p.id DESC LIMIT 1) p ON TRUE
LEFT JOIN (
    employers_worksite w JOIN LATERAL (SELECT * FROM employers_riskclass r
        WHERE r.worksite_id = w.id AND r.from_month <= %(first)s
        ORDER BY r.from_month DESC, r.id DESC LIMIT 1) r ON TRUE
) ON w.employer_id = e.id AND w.opened_on <= %(last)s AND coalesce(w.closed_on, 'infinity') >= %(first)s
WHERE e.id = %(employer)s ORDER BY w.number
"""


@dataclass(frozen=True)
class SiteInForce:
    """An open site in a month. `state` says whether an officer has confirmed its risk class."""

    id: int
    number: int
    name: str
    region: str | None
    risk_class: int
    activity: str
    state: str


@dataclass(frozen=True)
class InForce:
    """What an employer's return for a month is checked and assessed by; `worksites` by the employer's site number."""

    employer: int
    month: Month
    npp: str
    name: str
    legal_form: str
    programmes: tuple[str, ...]
    size: str
    labour_intensive: bool
    health_insured: bool
    worksites: Mapping[int, SiteInForce]


def in_force(*, employer: int, month: Month) -> InForce:
    """What holds for this employer in this month; refused for a month before its first declared one.

    It shows nothing about people and asks nobody's leave: whoever calls it has asked `access.require`.
    """
    rows = sql.rows(IN_FORCE, {"employer": employer, "first": month.first, "last": month.last})
    if not rows:
        raise access.not_yours()
    npp, name, legal_form, programmes, size, labour_intensive, health_insured, since = rows[0][:8]
    if programmes is None:
        raise _too_early(Month.of(since) if since else None)
    sites = [(number, SiteInForce(id_, number, *rest)) for number, id_, *rest in (row[8:] for row in rows) if number]
    return InForce(
        employer, month, npp, name, legal_form, tuple(programmes), size, labour_intensive, health_insured, dict(sites)
    )


def _too_early(since: Month | None) -> Refused:
    return Refused(
        "month_before_registration",
        Text("Pemberi kerja ini belum terdaftar untuk bulan itu.", "This employer is not registered for that month."),
        why=Text(
            f"Terdaftar mulai bulan iuran {dates.month(since).id}.",
            f"It is registered from the month {dates.month(since).en}.",
        )
        if since
        else None,
        then=Text(
            "Pilih bulan lain; bila pekerja sudah bekerja sebelum itu, minta petugas memajukan bulan mulainya.",
            "Choose another month; if people worked before it, ask an officer for an earlier first month.",
        ),
        field="month",
    )
