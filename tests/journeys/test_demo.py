"""The made-up district is what it says: made by the real journeys, with books that balance and cover that is true."""

import datetime as dt

import pytest
from django.db import connection

from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.core.holidays import between
from teduh.coverage import queries as coverage
from teduh.journeys import demo
from teduh.law import protection, standing
from teduh.law.months import Month
from teduh.ledger import queries as books
from teduh.registry.models import Account, Duplicate, Group, Membership, Person
from teduh.security.models import User

ON = dt.date(2026, 8, 20)
AT = dt.datetime(2026, 8, 20, 8, 30, tzinfo=JAKARTA)
PEOPLE = 220


@pytest.fixture(scope="module")
def district(own_database, regions):
    from teduh.registry import actions

    with own_database():
        actions.load_reference()
        accounts = {}
        for role in ("member", "agent", "officer", "auditor", "operator"):
            accounts[role] = User.objects.create(username=f"{role}1", role=role).pk
        told = []
        demo.create(people=PEOPLE, seed=5, on=ON, at=AT, accounts=accounts, progress=lambda *step: told.append(step))
        yield accounts, told


def one(statement, *params):
    return sql.rows(statement, params)[0][0]


def test_it_is_there_and_is_made_once(district):
    accounts, told = district
    assert demo.is_created()
    assert told[-1][0] == told[-1][1]
    before = Person.objects.count()
    demo.create(people=PEOPLE, seed=5, on=ON, at=AT, accounts=accounts)
    assert Person.objects.count() == before >= PEOPLE


def test_every_fund_balances_and_the_books_hold_what_the_banks_told(district):
    found = books.trial_balance(on=ON)
    assert found.balanced
    assert one("SELECT sum(amount) FROM payments_receipt") == books.balance(account="KOL:bank", on=ON)


def test_what_waits_in_the_books_is_what_waits_in_the_queue(district):
    waiting = one("SELECT sum(amount) FROM payments_suspense WHERE state IN ('open', 'refunding')")
    assert waiting == abs(books.balance(account="KOL:suspense", on=ON))
    reasons = {row[0] for row in sql.rows("SELECT DISTINCT reason FROM payments_suspense WHERE state <> 'used'")}
    assert {"unknown_code", "too_much", "too_little", "already_paid"} <= reasons


def test_cover_is_what_the_law_says_of_what_was_paid(district):
    off = between(2024, 2029)
    people = list(Person.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True))
    found = coverage.many(persons=people, on=ON)
    states = set()
    for person in people:
        paid = [
            protection.Paid(Month.of(month), on)
            for month, on in sql.rows(
                "SELECT month, settled_on FROM contributions_due WHERE person_id = %s AND programme = 'JKK' "
                "AND settled_on IS NOT NULL ORDER BY month",
                [person],
            )
        ]
        enrolled = one('SELECT min("on") FROM registry_enrolment WHERE person_id = %s', person)
        spans = (
            protection.self_employed(programme="JKK", enrolled_on=enrolled, payments=paid, holidays=off) if paid else ()
        )
        begun = [span for span in spans if span.starts <= ON]
        wanted = standing.standing(begun[-1] if begun else None, ON).state
        assert found[person].state == wanted, person
        states.add(wanted)
    assert states == {"protected", "grace", "lapsed", "never"}


def test_the_members_sign_in_is_the_fisherman_with_thirteen_months(district):
    accounts, _ = district
    person = Account.objects.get(user_id=accounts["member"]).person
    assert person.name == demo.MEMBER["name"]
    months = sql.rows(
        "SELECT count(DISTINCT month) FROM contributions_due WHERE person_id = %s AND settled_on IS NOT NULL",
        [person.pk],
    )
    assert months == [(13,)]
    cover = coverage.protection(person=person.pk, on=ON)
    assert cover.state == "protected"
    assert cover.protected_until - ON < dt.timedelta(days=40)
    assert (
        books.statement(party=person.pk, on=ON).balance == 13 * 36_000
        or books.statement(party=person.pk, on=ON).balance > 0
    )
    assert one("SELECT count(*) FROM payments_bill WHERE person_id = %s AND state = 'open'", person.pk) == 1


def test_the_agent_has_his_people_and_manages_the_cooperative(district):
    accounts, _ = district
    assert Person.objects.filter(agent_id=accounts["agent"]).count() >= demo.AGENTS_PEOPLE
    kud = Group.objects.get(name="KUD Mino Saroyo")
    assert kud.manager_id == accounts["agent"]
    assert Membership.objects.filter(group=kud).count() >= 5
    assert one("SELECT count(*) FROM payments_bill WHERE group_id = %s AND state = 'paid'", kud.pk) >= 10


def test_the_first_budget_ended_and_its_people_are_owed_nothing_by_it_since(district):
    ended = Group.objects.get(name=demo.GROUPS[demo.APBD_ENDED][0])
    last = one(
        "SELECT max(month) FROM contributions_due d JOIN payments_bill b ON b.id = d.bill_id WHERE b.group_id = %s",
        ended.pk,
    )
    assert last == dt.date(2026, 6, 1)


def test_some_records_may_be_one_person_and_one_refund_waits_for_a_second_officer(district):
    assert Duplicate.objects.filter(state="suspected").count() >= 3
    assert one("SELECT count(*) FROM payments_refund WHERE state = 'proposed'") == 1


def test_most_are_known_to_the_civil_registry_and_the_newest_still_wait(district):
    states = dict(sql.rows("SELECT identity, count(*) FROM registry_person GROUP BY identity"))
    assert states["verified"] > PEOPLE / 2
    assert states["waiting"] >= 1


def test_reliefs_and_the_full_price_of_budgets_are_in_the_bills(district):
    mandatory = sql.rows(
        "SELECT b.group_id IS NOT NULL AND g.funding = 'apbd', d.person_id, d.month, sum(d.amount) "
        "FROM contributions_due d JOIN payments_bill b ON b.id = d.bill_id LEFT JOIN registry_group g "
        "ON g.id = b.group_id WHERE d.month = '2026-06-01' AND d.programme <> 'JHT' GROUP BY 1, 2, 3"
    )
    sponsored = {amount for is_sponsored, *_, amount in mandatory if is_sponsored}
    own = {amount for is_sponsored, *_, amount in mandatory if not is_sponsored}
    assert 16_800 in sponsored
    assert 8_400 in own
    assert min(sponsored) == 16_800


def test_nothing_is_left_open_in_the_transaction(district):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
