"""Says which sign-in belongs to which person."""

from __future__ import annotations

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.security import actions as security
from teduh.security.access import Actor


def link_account(*, user: int, person: int, by: Actor) -> None:
    """This account is this person's, from now on; one account, one person."""
    made = sql.run(
        "INSERT INTO registry_account (user_id, person_id) VALUES (%s, %s) ON CONFLICT DO NOTHING", [user, person]
    )
    if made:
        security.record(by=by, action="account.linked", subjects=[f"person:{person}"], detail={"user": user})
    elif not sql.rows("SELECT 1 FROM registry_account WHERE user_id = %s AND person_id = %s", [user, person]):
        raise Refused(
            "account_of_another",
            Text(
                "Akun atau peserta ini sudah terhubung dengan yang lain.", "This account or member is linked already."
            ),
            then=Text("Minta petugas memeriksanya.", "Ask an officer to look at it."),
            status=409,
        )
