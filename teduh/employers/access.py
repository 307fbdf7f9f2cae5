"""Who may act for an employer, and how far: its staff by their role, officers and inspectors for a stated purpose.

An employer that is not the asker's to see reads like one that is not there.
"""

from __future__ import annotations

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers.models.firms import StaffRole
from teduh.security import actions as security
from teduh.security.access import Actor

#: What a role at one employer allows. Whoever prepares a return need not be the one who files it.
MAY: dict[str, frozenset[str]] = {
    StaffRole.OWNER: frozenset({"view", "prepare", "file", "manage"}),
    StaffRole.FILER: frozenset({"view", "prepare", "file"}),
    StaffRole.PREPARER: frozenset({"view", "prepare"}),
    StaffRole.VIEWER: frozenset({"view"}),
}
WHAT = frozenset({"view", "prepare", "file", "manage"})
#: What looking at an employer is called in the audit, and what is done for it by an officer.
ACTIONS = {"view": "employer.read", "prepare": "employer.prepare", "file": "employer.file", "manage": "employer.manage"}

ROLE = """
SELECT s.role, e.npp FROM employers_employer e
LEFT JOIN employers_staff s ON s.employer_id = e.id AND s.user_id = %(user)s AND s.until_day IS NULL
WHERE e.id = %(employer)s
"""


def require(*, by: Actor, employer: int, what: str, why: str = "") -> None:
    """Raise `Refused` unless `by` may do this (view, prepare, file, manage) for this employer.

    Officers may all of it and inspectors may look, both with a purpose that is recorded.
    """
    if what not in WHAT:
        raise ValueError(f"no such thing to do for an employer: {what}")
    if by.role == "system":
        return
    rows = sql.rows(ROLE, {"user": by.user, "employer": employer})
    if not rows:
        raise not_yours()
    role = _role(by, rows)
    if role is not None:
        _require_role(role, what)
    elif by.may("employers") and (what == "view" or not is_inspector(by)):
        require_purpose(why)
        security.record(by=by, action=ACTIONS[what], subjects=[f"employer:{employer}"], why=why)
    else:
        raise not_yours()


def may(*, by: Actor, employer: int, what: str) -> bool:
    """Whether `require` would let this pass, for pages that offer only what can be done. Nothing is recorded."""
    if by.role == "system":
        return True
    rows = sql.rows(ROLE, {"user": by.user, "employer": employer})
    role = _role(by, rows)
    if role is not None:
        return what in MAY[role]
    return bool(rows) and by.may("employers") and (what == "view" or not is_inspector(by))


def _role(by: Actor, rows: list[tuple[str | None, str]]) -> str | None:
    """The role at the employer, if there is one; a token that is narrowed to other employers has none here."""
    if not rows or not by.may("own_employers") or (by.firms is not None and rows[0][1] not in by.firms):
        return None
    return rows[0][0]


def is_inspector(by: Actor) -> bool:
    """Inspectors look and never file."""
    return by.role != "system" and by.may("inspect")


def _require_role(role: str, what: str) -> None:
    if what not in MAY[role]:
        raise Refused(
            "not_for_this_role",
            Text("Peran Anda di perusahaan ini tidak mencakup hal ini.", "Your role here does not include this."),
            why=Text(f"Peran Anda: {StaffRole(role).label}.", f"Your role: {role}."),
            then=Text(
                "Minta pengelola akun perusahaan melakukannya atau mengubah peran Anda.",
                "Ask an owner of the employer's account to do it, or to change your role.",
            ),
            status=403,
        )


def require_purpose(why: str) -> None:
    """Nobody outside an employer looks into it, or acts for it, for no reason."""
    if not why.strip():
        raise Refused(
            "purpose_missing",
            Text("Tujuan belum diisi.", "The purpose is missing."),
            why=Text(
                "Setiap pembukaan data pemberi kerja dicatat dengan tujuannya.", "Every look is recorded with its why."
            ),
            then=Text("Tulis untuk apa data ini dibuka.", "Write what you need this for."),
            field="why",
        )


def not_yours() -> Refused:
    """There is no such employer, or it is not the asker's; both read the same."""
    return Refused(
        "not_your_employer",
        not_found(Text("Pemberi kerja ini tidak ditemukan.", "There is no such employer.")).what,
        then=Text(
            "Periksa NPP-nya, atau minta pengelola akun perusahaan menambahkan Anda.",
            "Check its NPP, or ask an owner of its account to add you.",
        ),
        status=404,
    )
