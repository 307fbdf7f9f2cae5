"""Gives accounts their place at an employer, and ends it. The last owner stays: somebody must answer for a firm."""

from __future__ import annotations

import datetime as dt

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers.models.firms import Employer, Invitation, Staff, StaffRole
from teduh.security import actions as security
from teduh.security import crypto
from teduh.security.access import Actor
from teduh.security.models import Role, User

#: Held until the transaction ends, so that a code opens one place.
LIVE = """
SELECT i.id, i.employer_id, i.role, e.npp FROM employers_invitation i JOIN employers_employer e ON e.id = i.employer_id
WHERE i.digest = %(digest)s AND i.spent_at IS NULL AND i.expires_at > %(at)s FOR UPDATE OF i
"""


def account(*, username: str) -> int:
    """The employer's account of this name; refused where there is none, or where it is somebody's other account."""
    found = User.objects.filter(username=username[:150].replace("\x00", ""), is_active=True).first()
    if found is None or found.role != Role.EMPLOYER:
        raise Refused(
            "staff_account_unknown",
            Text("Belum ada akun pemberi kerja dengan nama ini.", "There is no employer's account of this name."),
            why=Text("Akun peserta dan akun pemberi kerja terpisah.", "A member's account is not an employer's."),
            then=Text(
                "Minta orangnya membuat akun di “Daftarkan usaha”, atau beri ia kode undangan.",
                "Have the person open one under “Register a business”, or give an invitation code.",
            ),
            field="username",
        )
    return found.pk


def place(*, employer: int, user: int, role: str, by: Actor, on: dt.date, why: str = "") -> int:
    """This account acts for this firm in this role from now on; an older place with another role ends."""
    if role not in StaffRole.values:
        raise Refused(
            "role_unknown",
            Text("Perannya belum dipilih.", "The role is missing."),
            then=Text("Pilih dari daftar.", "Choose it from the list."),
            field="role",
        )
    _held(employer)
    now = Staff.objects.filter(employer=employer, user=user, until_day=None).first()
    if now is not None and now.role == role:
        return now.id
    if now is not None:
        _require_another_owner(now, leaves=role != StaffRole.OWNER)
        Staff.objects.filter(id=now.id).update(until_day=on)
    made = Staff.objects.create(employer_id=employer, user_id=user, role=role, from_day=on, by_id=by.user)
    _recorded("staff.added", employer, user, by, on, why, role)
    return made.id


def end_place(*, employer: int, staff: int, by: Actor, on: dt.date, why: str = "") -> None:
    """The account acts for this firm no more; what it did stays attributed to it."""
    _held(employer)
    now = Staff.objects.filter(id=staff, employer=employer, until_day=None).first()
    if now is None:
        raise not_found(Text("Staf ini tidak ditemukan.", "There is no such staff."))
    _require_another_owner(now, leaves=True)
    Staff.objects.filter(id=now.id).update(until_day=on)
    _recorded("staff.removed", employer, now.user_id, by, on, why, now.role)


def invite(*, employer: int, role: str, code: str, by: Actor, at: dt.datetime, expires: dt.datetime) -> bool:
    """A place that waits for whoever has this code; whether it is a new one."""
    if role not in StaffRole.values:
        raise ValueError(f"no such role: {role}")
    _, is_new = Invitation.objects.get_or_create(
        digest=_digest(code),
        defaults={"employer_id": employer, "role": role, "by_id": by.user, "given_at": at, "expires_at": expires},
    )
    if is_new:
        security.record(by=by, action="staff.invited", subjects=[f"employer:{employer}"], detail={"role": role})
    return is_new


def spend_invitation(*, npp: str, code: str, at: dt.datetime) -> tuple[int, str] | None:
    """The employer and the role that this code opens, once; None where number and code do not belong together."""
    found = sql.rows(LIVE, {"digest": _digest(code), "at": at})
    if not found or found[0][3] != npp:
        return None
    id_, employer, role, _ = found[0]
    Invitation.objects.filter(id=id_).update(spent_at=at)
    return employer, role


def withdraw(*, employer: int, invitation: int, by: Actor, at: dt.datetime) -> None:
    """The code opens nothing from now on: it is spent, by nobody. Refused where it was used or has run out."""
    waits = Invitation.objects.select_for_update().filter(
        id=invitation, employer=employer, spent_at=None, expires_at__gt=at
    )
    found = waits.first()
    if found is None:
        raise not_found(Text("Undangan ini tidak menunggu lagi.", "This invitation waits no more."))
    found.spent_at = at
    found.save(update_fields=["spent_at"])
    security.record(
        by=by, action="staff.invitation_withdrawn", subjects=[f"employer:{employer}"], detail={"role": found.role}
    )


def _held(employer: int) -> None:
    """Changes of a firm's staff follow one another, so that two owners never leave each other alone."""
    Employer.objects.select_for_update().get(id=employer)


def _require_another_owner(now: Staff, *, leaves: bool) -> None:
    others = Staff.objects.filter(employer=now.employer_id, role=StaffRole.OWNER, until_day=None).exclude(id=now.id)
    if leaves and now.role == StaffRole.OWNER and not others.exists():
        raise Refused(
            "last_owner",
            Text("Pengelola terakhir tidak dapat keluar.", "The last owner cannot leave."),
            why=Text("Setiap pemberi kerja memiliki paling sedikit satu pengelola.", "Each employer has an owner."),
            then=Text("Jadikan orang lain pengelola dulu.", "Make somebody else an owner first."),
            status=409,
        )


def _digest(code: str) -> bytes:
    return crypto.blind("staff invitation", code)


def _recorded(action: str, employer: int, user: int, by: Actor, on: dt.date, why: str, role: str) -> None:
    subjects = [f"employer:{employer}", f"user:{user}"]
    security.record(by=by, action=action, subjects=subjects, why=why, detail={"on": on.isoformat(), "role": role})
