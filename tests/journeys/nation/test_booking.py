"""Results of runs come back into the database: by two people where it is money, once, whole, and to the rupiah."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import time
import traceback

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from teduh.contributions import expected
from teduh.core.errors import Refused
from teduh.journeys.money import statement
from teduh.journeys.nation import booking
from teduh.law import codes
from teduh.law.months import Month
from teduh.ledger import queries as books
from teduh.security.access import SYSTEM
from teduh.security.models import Event
from tests import factories
from tests.journeys.nation.people import DAY, MONTH, YEAR, go, people, savings, snapshot
from tests.journeys.paying import moment, rows

pytestmark = pytest.mark.usefixtures("committed_db")

AFTER = dt.date(2021, 2, 10)


@pytest.fixture
def year(tmp_path, committed_db):
    """Thirty accounts and their return for 2020, in shards of seven."""
    own = factories.people(30, on=dt.date(2019, 4, 1))
    savings(own)
    snapshot("savings", tmp_path / "accounts", month=YEAR, as_of=dt.date(2021, 1, 15))
    go("accrue", tmp_path / "accounts", tmp_path / "year", month=YEAR, rate=563_000, declared=True)
    return str(tmp_path / "year"), own


def two():
    return factories.actor("operator"), factories.actor("operator")


def agreed(target: str, on: dt.date = AFTER) -> int:
    first, second = two()
    made = booking.propose(target=target, by=first, on=on, why="Keputusan direksi 1/2021")
    return booking.approve(booking=made.id, by=second, on=on).id


def book(target: str, on: dt.date = AFTER, **more):
    return booking.book(target=target, by=SYSTEM, on=on, at=moment(on), **more)


def everything() -> dict[str, list]:
    return {
        "entries": rows('SELECT id, "on", kind, reference FROM ledger_entry ORDER BY id'),
        "returns": rows("SELECT party, amount, carried, entry_id FROM ledger_accrual ORDER BY party"),
        "pieces": rows("SELECT booking_id, number, stamp, rows, amount FROM ledger_piece ORDER BY 1, 2"),
        "states": rows("SELECT id, state FROM ledger_booking ORDER BY id"),
    }


def exact(n: int, carried: int = 0) -> tuple[int, int]:
    """The return of account `n`, and what is left below a rupiah."""
    weighted = 12 * (1_000_000 + 777 * n) + sum((13 - m) * (20_000 + n) for m in range(1, 13))
    return divmod(weighted * 563_000 + carried, 12 * codes.RATE_UNIT)


def test_returns_are_in_every_account_to_the_rupiah_and_in_every_answer_of_the_books(year):
    target, own = year
    agreed(target)
    before = {party: books.balance(account="JHT:members", party=party) for party in own}
    row = book(target)
    total = sum(exact(n)[0] for n in range(30))
    assert (row.state, row.pieces, row.shards, row.amount) == ("booked", 5, 5, total)
    for n, party in enumerate(own):
        told = books.statement(party=party, on=AFTER)
        line = next(line for line in told.lines if line.kind == "returns")
        assert (line.amount, line.on, line.month) == (exact(n)[0], dt.date(2020, 12, 31), YEAR)
        assert line.articles == ("PP 46/2015 Pasal 27(1)",) and "2020" in line.why
        assert told.balance == before[party] + exact(n)[0] == books.balance(account="JHT:members", party=party)
        assert books.balance(account="JHT:members", party=party, on=dt.date(2020, 12, 30)) == before[party]
    trial = {one.account: one for one in books.trial_balance(on=AFTER).rows}
    assert trial["JHT:returns"].balance == trial["JHT:returns"].debit == total == books.balance(account="JHT:returns")
    assert books.trial_balance(on=AFTER).balanced
    assert [finding.amount for finding in books.check(on=AFTER)] == [-trial["JHT:collection"].debit], "made-up savings"


def test_what_is_left_below_a_rupiah_is_carried_into_the_next_year(year, tmp_path):
    target, own = year
    agreed(target)
    book(target)
    assert rows("SELECT party, carried FROM ledger_accrual ORDER BY party") == sorted(
        (party, exact(n)[1]) for n, party in enumerate(own)
    )
    following = snapshot("savings", tmp_path / "next", month=Month(2021, 12), as_of=dt.date(2022, 1, 5))
    assert following["sums"]["carried"] == sum(exact(n)[1] for n in range(30))
    assert following["sums"]["opening"] == sum(books.balance(account="JHT:members", party=party) for party in own)
    again = snapshot("savings", tmp_path / "same", month=YEAR, as_of=AFTER)
    assert again["sums"]["opening"] == sum(1_000_000 + 777 * n for n in range(30)), "a year's own return is not in it"


def test_booking_the_same_results_twice_changes_nothing(year):
    target, _ = year
    agreed(target)
    book(target)
    before = everything()
    assert book(target).state == "booked"
    assert booking.propose(target=target, by=two()[0], on=AFTER, why="lagi").state == "booked"
    assert everything() == before


def test_money_takes_two_people_and_a_reason(year):
    target, _ = year
    first, second = two()
    with pytest.raises(Refused, match="no_reason"):
        booking.propose(target=target, by=first, on=AFTER, why=" ")
    with pytest.raises(Refused, match="two_people"):
        booking.propose(target=target, by=SYSTEM, on=AFTER, why="x")
    with pytest.raises(Refused, match="not_allowed"):
        booking.propose(target=target, by=factories.actor("officer"), on=AFTER, why="x")
    with pytest.raises(Refused, match="not_approved"):
        book(target)
    assert everything()["states"] == []
    made = booking.propose(target=target, by=first, on=AFTER, why="Keputusan direksi")
    with pytest.raises(Refused, match="same_person"):
        booking.approve(booking=made.id, by=first, on=AFTER)
    with pytest.raises(Refused, match="not_approved"):
        book(target)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="names_two"), transaction.atomic():
        cursor.execute("UPDATE ledger_booking SET state = 'approved'")
    booking.approve(booking=made.id, by=second, on=AFTER)
    with pytest.raises(Refused, match="wrong_state"):
        booking.reject(booking=made.id, by=factories.actor("operator"), on=AFTER, why="berubah pikiran")
    row = book(target)
    assert (row.proposed_by, row.decided_by) == (first.name, second.name)
    told = Event.objects.filter(subject=f"booking:{made.id}").order_by("id").values_list("action", "actor_name")
    assert list(told) == [
        ("nation.propose", first.name), ("nation.approve", second.name), ("nation.book", "sistem"),
        ("nation.booked", "sistem"),
    ]  # fmt: skip


def test_what_the_calendar_made_waits_for_two_people(year):
    target, _ = year
    first, second = two()
    waits = booking.ready(target=target, by=SYSTEM, on=AFTER)
    assert waits.state == "ready" and booking.ready(target=target, by=SYSTEM, on=AFTER).id == waits.id
    with pytest.raises(Refused, match="wrong_state"):
        booking.approve(booking=waits.id, by=second, on=AFTER)
    assert booking.propose(target=target, by=first, on=AFTER, why="direksi").state == "proposed"
    booking.approve(booking=waits.id, by=second, on=AFTER)
    assert book(target).state == "booked"


def test_a_year_is_booked_once_and_a_rejected_proposal_makes_room(year, tmp_path):
    target, _ = year
    first, second = two()
    made = booking.propose(target=target, by=first, on=AFTER, why="direksi")
    snapshot("savings", tmp_path / "later", month=YEAR, as_of=dt.date(2020, 11, 1))
    go("accrue", tmp_path / "later", tmp_path / "other", month=YEAR, rate=563_000, declared=True)
    with pytest.raises(Refused, match="booked_before"):
        booking.propose(target=str(tmp_path / "other"), by=first, on=AFTER, why="lain")
    booking.reject(booking=made.id, by=second, on=AFTER, why="data belum lengkap")
    assert booking.propose(target=str(tmp_path / "other"), by=first, on=AFTER, why="lain").state == "proposed"


@pytest.mark.parametrize("wrong", ["rate", "undeclared", "standing", "damaged", "replaced", "other key", "checks"])
def test_results_that_are_not_whole_or_not_ours_are_refused(year, tmp_path, wrong, monkeypatch):
    target, _ = year
    accounts = tmp_path / "accounts"
    code = {"rate": "not_declared", "undeclared": "not_for_booking", "standing": "not_for_booking",
            "damaged": "results_damaged", "replaced": "not_of_this_fund", "other key": "not_of_this_fund",
            "checks": "checks_failed"}[wrong]  # fmt: skip
    if wrong in ("rate", "undeclared"):
        go("accrue", accounts, tmp_path / "year", month=YEAR, rate=600_000, declared=wrong == "rate")
    elif wrong == "standing":
        snapshot("people", tmp_path / "people")
        target = str(tmp_path / "standing")
        go("standing", tmp_path / "people", target)
    elif wrong == "replaced":
        said = json.loads((accounts / "manifest.json").read_text())
        (accounts / "manifest.json").write_text(json.dumps(said | {"checksum": "0" * 16}))
    elif wrong == "other key":
        monkeypatch.setenv("TEDUH_SURROGATE_KEY_FILE", str(tmp_path / "another.key"))
    elif wrong == "checks":
        place = tmp_path / "year" / "manifest.json"
        said = json.loads(place.read_text())
        place.write_text(json.dumps(said | {"read": said["read"] - 1}))
    else:
        agreed(target)
        (tmp_path / "year" / "accrue-00003.parquet").write_bytes(
            (tmp_path / "year" / "accrue-00002.parquet").read_bytes()
        )
    with pytest.raises(Refused, match=code):
        book(target)
    assert rows("SELECT * FROM ledger_accrual") == [] and books.balance(account="JHT:returns") == 0


def test_nobody_sees_returns_before_all_of_them_are_there(year):
    target, own = year
    agreed(target)

    class Power(Exception):
        pass

    def fails(done: int, of: int) -> None:
        if done == 3:
            raise Power

    with pytest.raises(Power):
        book(target, progress=fails)
    assert 3 <= len(everything()["pieces"]) <= 5 and books.balance(account="JHT:returns") == 0
    assert all(line.kind != "returns" for line in books.statement(party=own[0], on=AFTER).lines)
    assert books.check(on=AFTER)[0].what.en != "Returns booked differ from those approved"
    assert book(target).state == "booked" and books.balance(account="JHT:returns") == sum(
        exact(n)[0] for n in range(30)
    )


@pytest.mark.parametrize("statement_", ["UPDATE {} SET amount = 0", "DELETE FROM {}", "TRUNCATE {}"])
def test_returns_and_their_marks_are_append_only_partition_by_partition(year, statement_):
    target, _ = year
    made = agreed(target)
    book(target)
    for table in ("ledger_accrual", f"ledger_accrual_{made}", "ledger_piece"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement_.format(table))


def test_a_partition_takes_no_row_of_another_account_day_or_booking(year):
    target, _ = year
    made = agreed(target)
    book(target)
    for column, value in (("debit_id", "credit_id"), ("on", '"on" + 1'), ("fund", "'JKK'"), ("entry_id", "1")):
        names = ["party", "booking_id", "entry_id", "on", "month", "fund", "debit_id", "credit_id", "amount", "carried"]
        picked = [value if name == column else f'"{name}"' for name in names]
        copied = f"INSERT INTO ledger_accrual SELECT {', '.join(picked)} FROM ledger_accrual_{made} LIMIT 1"
        wrong = pytest.raises(IntegrityError, match="is_of_one_booking|moves_somewhere")
        with wrong, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copied)


def test_killed_at_any_point_and_run_again_the_books_are_the_same(year):
    target, own = year
    agreed(target)
    chance, kills, lives = random.Random(7), 0, 0
    while rows("SELECT 1 FROM ledger_booking WHERE state <> 'booked'"):
        lives += 1
        connections.close_all()
        kills += one_life(target, 0.01 * lives * chance.random() if lives < 60 else None)
    assert kills, f"none of {lives} lives ended by force"
    for n, party in enumerate(own):
        assert rows(f"SELECT amount, carried FROM ledger_accrual WHERE party = {party}") == [exact(n)]
    assert len(rows("SELECT number FROM ledger_piece")) == 5
    assert books.balance(account="JHT:returns") == sum(exact(n)[0] for n in range(30))
    assert len(books.check(on=AFTER)) == 1, "only what the made-up savings lack"


def one_life(target: str, patience: float | None) -> bool:
    """A child books; after `patience` seconds it is killed. Whether it died of that."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.write(writing, b"begun")
            book(target)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    os.read(reading, 5)
    if patience is not None:
        time.sleep(patience)
        os.kill(child, signal.SIGKILL)
    os.close(reading)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    assert killed or os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return killed


def test_two_who_book_the_same_results_at_once_book_them_once(year):
    target, own = year
    agreed(target)
    connections.close_all()
    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                book(target)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
    assert len(rows("SELECT number FROM ledger_piece")) == 5 and len(rows("SELECT party FROM ledger_accrual")) == 30
    assert books.balance(account="JHT:returns") == sum(exact(n)[0] for n in range(30))


def test_what_everyone_is_expected_to_pay_is_there_by_membership_and_bills_nobody(tmp_path):
    own, firm = people()
    bills = rows("SELECT count(*) FROM payments_bill")
    snapshot("people", tmp_path / "people")
    result = go("assess", tmp_path / "people", tmp_path / "assess")
    row = book(str(tmp_path / "assess"), on=DAY)
    assert row.state == "booked" and rows("SELECT count(*) FROM payments_bill") == bills
    sums = expected.sums(month=MONTH)
    assert {segment: found["people"] for segment, found in sums.items()} == {1: 20, 2: 4}
    for name in ("total", *codes.BILL[:9]):
        assert sum(found[name] for found in sums.values()) == result["sums"][name]
    one = expected.of(segment=2, source=firm.employments[1], month=MONTH)
    due = rows("SELECT sum(d.jkk)::bigint, sum(d.jp_worker)::bigint FROM contributions_wagedue d "
               f"WHERE d.person_id = {firm.people[1]}")[0]  # fmt: skip
    assert (one["jkk"], one["jp_worker"]) == due and one["booking"] == row.id
    assert expected.of(segment=2, source=firm.employments[2], month=MONTH) is None, "his line was withdrawn"
    assert book(str(tmp_path / "assess"), on=DAY).id == row.id and expected.sums(month=MONTH) == sums
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM contributions_expectation_{row.id}")


def test_a_later_expectation_of_a_month_takes_the_place_of_the_earlier_which_stays(tmp_path):
    people()
    for name, as_of in (("first", dt.date(2026, 5, 2)), ("second", DAY)):
        snapshot("people", tmp_path / name, as_of=as_of)
        go("assess", tmp_path / name, tmp_path / f"{name}-assess")
    first = book(str(tmp_path / "first-assess"), on=DAY)
    assert expected.sums(month=MONTH)[2]["people"] == 5
    second = book(str(tmp_path / "second-assess"), on=DAY)
    assert expected.sums(month=MONTH)[2]["people"] == 4
    assert rows("SELECT state FROM ledger_booking ORDER BY id") == [("replaced",), ("booked",)]
    assert rows(f"SELECT count(*) FROM contributions_expectation_{first.id}") == [(25,)]
    assert book(str(tmp_path / "first-assess"), on=DAY).state == "replaced", "it is not booked again"
    assert expected.of(segment=1, source=0, month=MONTH) is None and second.state == "booked"


def test_the_books_agree_with_bills_and_receipts_after_returns_too(year):
    target, _ = year
    before = statement.check(on=AFTER)
    agreed(target)
    book(target)
    assert statement.check(on=AFTER) == before
