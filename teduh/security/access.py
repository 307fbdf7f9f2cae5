"""Who asks, and what a role may do. Every door makes an `Actor` and passes it down."""

from __future__ import annotations

from dataclasses import dataclass, field

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.security.models import Role, User

#: What each role may do. A member sees himself, an agent his own people, an employer's account the firms it acts for
#: (`employers.Staff` says how far), an agency or a mission its own migrants (`migrants.Desk`), a relative those who
#: named him (`migrants.Relative`); officers everyone, for a stated purpose.
MAY: dict[str, frozenset[str]] = {
    Role.MEMBER: frozenset({"self", "family"}),
    Role.AGENT: frozenset({"enrol", "own_people", "bill", "upload"}),
    Role.OFFICER: frozenset(
        {
            "enrol",
            "own_people",
            "everyone",
            "bill",
            "upload",
            "suspense",
            "refund",
            "merge",
            "identity",
            "groups",
            "employers",
            "migrants",
            "gate",
        }
    ),
    Role.EMPLOYER: frozenset({"own_employers"}),
    Role.AGENCY: frozenset({"own_placements"}),
    Role.MISSION: frozenset({"own_placements", "mission", "gate"}),
    Role.FAMILY: frozenset({"family"}),
    Role.INSPECTOR: frozenset({"employers", "inspect"}),
    Role.AUDITOR: frozenset({"books", "audit"}),
    Role.OPERATOR: frozenset({"books", "audit", "accounts", "runs", "bank"}),
}

#: A token's scope that begins so narrows it to the employer with the NPP that follows.
FIRM = "firm:"
#: One that begins so narrows it to the agency or mission with the code that follows.
DESK = "desk:"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who asks: an account with its role, or the system itself. `scopes` narrows a machine's token."""

    user: int | None
    name: str
    role: str
    person: int | None = None
    scopes: frozenset[str] | None = field(default=None)

    def may(self, what: str) -> bool:
        """Whether the role (and the token's scopes, if any) allow it."""
        if self.role == "system":
            return True
        allowed = what in MAY.get(self.role, frozenset())
        return allowed and (self.scopes is None or what in self.scopes)

    @property
    def firms(self) -> frozenset[str] | None:
        """The employers (NPP) to which a machine's token is narrowed; None: no such limit."""
        return self._narrowed(FIRM)

    @property
    def organisations(self) -> frozenset[str] | None:
        """The agencies and missions (codes) to which a machine's token is narrowed; None: no such limit."""
        return self._narrowed(DESK)

    def _narrowed(self, prefix: str) -> frozenset[str] | None:
        named = [scope.removeprefix(prefix) for scope in self.scopes or () if scope.startswith(prefix)]
        return frozenset(named) if named else None

    def require(self, *any_of: str) -> None:
        """Raise `Refused` unless at least one of these is allowed."""
        if not any(self.may(what) for what in any_of):
            raise Refused(
                "not_allowed",
                Text("Akun Anda tidak berwenang untuk ini.", "Your account may not do this."),
                then=Text(
                    "Masuk dengan akun yang berwenang, atau minta petugas kantor cabang.",
                    "Sign in with an account that may, or ask an officer of the branch.",
                ),
                status=403,
            )


#: The machine itself: scheduled runs, and commands an operator types.
SYSTEM = Actor(user=None, name="sistem", role="system")


def actor_of(user: User, *, person: int | None = None, scopes: frozenset[str] | None = None) -> Actor:
    """Who asks, when this account asks. The door says which person a member's account belongs to."""
    name = user.get_full_name() or user.get_username()
    return Actor(user=user.pk, name=name, role=user.role, person=person, scopes=scopes)
