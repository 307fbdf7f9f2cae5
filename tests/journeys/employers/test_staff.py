"""Who may act for a firm: put in by an owner, or by the code that an owner gave; somebody always answers for it."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.employers import queries
from teduh.employers.models import Staff
from teduh.journeys.employers import employers
from teduh.security.models import Event, Role, User
from tests import factories
from tests.journeys.employers.test_employers import AT, ON, owner, register


@pytest.mark.django_db
class TestWithdrawing:
    def test_a_code_that_waits_is_listed_and_once_withdrawn_opens_nothing(self):
        by = owner()
        firm = register(by).employer
        made = employers.invite_staff(employer=firm, role="filer", key="a-form-key", by=by, at=AT)
        (row,) = queries.invitations(by=by, employer=firm, at=AT)
        assert (row.role, row.expires_at) == ("filer", made.expires_at)
        employers.withdraw_invitation(employer=firm, invitation=row.id, by=by, at=AT)
        assert queries.invitations(by=by, employer=firm, at=AT + dt.timedelta(seconds=1)) == ()
        other = factories.actor(Role.EMPLOYER)
        with pytest.raises(Refused, match="invitation_wrong"):
            employers.join_by_invitation(npp=made.npp, code=made.code, by=other, on=ON, at=AT + dt.timedelta(seconds=1))
        assert Event.objects.filter(action="staff.invitation_withdrawn", subject=f"employer:{firm}").count() == 1

    def test_another_firms_or_a_used_or_an_expired_code_is_not_withdrawn(self):
        by, stranger = owner(), owner()
        firm, elsewhere = register(by).employer, register(stranger, name="PT Lain").employer
        made = employers.invite_staff(employer=firm, role="filer", key="a-form-key", by=by, at=AT)
        (row,) = queries.invitations(by=by, employer=firm, at=AT)
        with pytest.raises(Refused):
            employers.withdraw_invitation(employer=elsewhere, invitation=row.id, by=stranger, at=AT)
        with pytest.raises(Refused):
            employers.withdraw_invitation(employer=firm, invitation=row.id, by=stranger, at=AT)
        with pytest.raises(Refused):
            employers.withdraw_invitation(employer=firm, invitation=row.id, by=by, at=made.expires_at)
        employers.join_by_invitation(npp=made.npp, code=made.code, by=factories.actor(Role.EMPLOYER), on=ON, at=AT)
        with pytest.raises(Refused):
            employers.withdraw_invitation(employer=firm, invitation=row.id, by=by, at=AT)


@pytest.mark.django_db
class TestStaff:
    def test_an_owner_puts_in_an_account_and_an_accountant_serves_many_firms(self):
        accountant = factories.user(Role.EMPLOYER)
        for n in range(3):
            by = owner()
            employers.add_staff(
                employer=register(by, name=f"PT {n}").employer, username=accountant.username, role="filer", by=by, on=ON
            )
        rows = queries.firms_of(by=factories.actor(account=accountant))
        assert [(row.name, row.role) for row in rows] == [("PT 0", "filer"), ("PT 1", "filer"), ("PT 2", "filer")]

    def test_a_members_account_is_not_an_employers(self):
        by = owner()
        with pytest.raises(Refused, match="staff_account_unknown"):
            employers.add_staff(
                employer=register(by).employer, role="filer", by=by, on=ON,
                username=factories.user(Role.MEMBER).username,
            )  # fmt: skip

    def test_the_last_owner_cannot_leave_nor_become_less(self):
        by = owner()
        firm = register(by).employer
        place = Staff.objects.get(employer=firm)
        with pytest.raises(Refused, match="last_owner"):
            employers.remove_staff(employer=firm, staff=place.id, by=by, on=ON)
        with pytest.raises(Refused, match="last_owner"):
            employers.add_staff(employer=firm, username=place.user.username, role="viewer", by=by, on=ON)
        other = factories.user(Role.EMPLOYER)
        employers.add_staff(employer=firm, username=other.username, role="owner", by=by, on=ON)
        employers.remove_staff(employer=firm, staff=place.id, by=by, on=ON)
        assert queries.firms_of(by=by) == ()
        assert Event.objects.filter(action="staff.removed", subject=f"employer:{firm}").count() == 1

    def test_another_role_ends_the_first(self):
        by, other = owner(), factories.user(Role.EMPLOYER)
        firm = register(by).employer
        for role in ("viewer", "filer", "filer"):
            employers.add_staff(employer=firm, username=other.username, role=role, by=by, on=ON)
        assert [row.role for row in queries.firms_of(by=factories.actor(account=other))] == ["filer"]
        assert Staff.objects.filter(employer=firm, user=other).count() == 2

    def test_who_does_not_manage_changes_nothing(self):
        by, filer = owner(), factories.user(Role.EMPLOYER)
        firm = register(by).employer
        employers.add_staff(employer=firm, username=filer.username, role="filer", by=by, on=ON)
        with pytest.raises(Refused, match="not_for_this_role"):
            employers.add_staff(
                employer=firm, username=filer.username, role="owner", by=factories.actor(account=filer), on=ON
            )

    def test_an_invitation_opens_one_account_with_its_place(self):
        by = owner()
        made = register(by)
        given = employers.invite_staff(employer=made.employer, role="preparer", key="f1", by=by, at=AT)
        assert employers.invite_staff(employer=made.employer, role="preparer", key="f1", by=by, at=AT) == given
        told = {"npp": made.npp, "code": given.code.lower(), "name": "Budi", "on": ON, "at": AT}
        with pytest.raises(Refused, match="weak_password"):
            employers.accept_invitation(**told, username="budi.hrd", password="1")
        user = employers.accept_invitation(**told, username="budi.hrd", password="melaut-tiap-malam-77")
        him = factories.actor(account=User.objects.get(pk=user))
        assert [row.role for row in queries.firms_of(by=him)] == ["preparer"]
        with pytest.raises(Refused, match="invitation_wrong"):
            employers.join_by_invitation(npp=made.npp, code=given.code, by=owner(), on=ON, at=AT)

    def test_an_accountant_joins_with_the_account_he_has(self):
        by, accountant = owner(), owner()
        made = register(by)
        given = employers.invite_staff(employer=made.employer, role="filer", key="f1", by=by, at=AT)
        late = AT + dt.timedelta(days=15)
        for npp, at in (("10000001", AT), (made.npp, late)):
            with pytest.raises(Refused, match="invitation_wrong"):
                employers.join_by_invitation(npp=npp, code=given.code, by=accountant, on=ON, at=at)
        assert employers.join_by_invitation(npp=made.npp, code=given.code, by=accountant, on=ON, at=AT) == made.employer
