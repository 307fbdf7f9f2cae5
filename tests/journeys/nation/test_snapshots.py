"""A snapshot of the database: everyone of one moment, in shards, with no name in it, and every run works on it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection

from teduh.core.errors import Refused
from teduh.journeys.nation import snapshots
from teduh.law.months import Month
from teduh.national import report, schema
from teduh.registry.models import Enrolment, Person
from teduh.security.access import SYSTEM
from teduh.security.models import Event
from tests import factories
from tests.coverage import placed
from tests.journeys.nation.people import DAY, MONTH, WAGES, YEAR, go, people, savings, snapshot
from tests.journeys.paying import rows

pytestmark = pytest.mark.usefixtures("committed_db")


def read(folder) -> pa.Table:
    return pa.concat_tables(pq.read_table(path) for path in sorted(folder.glob("*.parquet")))


def test_everyone_is_in_it_once_with_what_the_law_needs_and_without_a_name(tmp_path):
    own, firm = people()
    manifest = snapshot("people", tmp_path)
    table = read(tmp_path)
    assert table.schema.names == list(schema.COLUMNS) and manifest["rows"] == table.num_rows == 24
    assert [one["rows"] for one in manifest["shards"]] == [7, 7, 7, 3]
    told = table.to_pylist()
    assert sorted(row["income"] for row in told if row["segment"] == schema.PU) == sorted(
        [WAGES[0], 6_000_001, WAGES[3], WAGES[4]]
    ), "the withdrawn line is not there, the amended one as it stands"
    assert {row["sector"] for row in told if row["segment"] == schema.BPU} == {2}
    known = {id_ for model in (Person, Enrolment) for id_ in model.objects.values_list("id", flat=True)}
    assert not known & set(table.column("id").to_pylist()) and len(set(table.column("id").to_pylist())) == 24
    text = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for person in Person.objects.all():
        assert person.nik.encode() not in text and person.name.encode() not in text
        assert person.member_number.encode() not in text


def test_a_snapshot_is_of_its_day_not_of_what_was_filed_later(tmp_path):
    people()
    snapshot("people", tmp_path, as_of=dt.date(2026, 5, 2))
    wages = [row["income"] for row in read(tmp_path).to_pylist() if row["segment"] == schema.PU]
    assert sorted(wages) == sorted(WAGES)


def test_every_run_works_on_it_and_assesses_what_was_booked(tmp_path):
    _, firm = people()
    snapshot("people", tmp_path / "people")
    owed = go("assess", tmp_path / "people", tmp_path / "assess")
    booked = rows("SELECT sum(jkk + jkm + jht_employer + jht_worker + jp_employer + jp_worker)::bigint "
                  "FROM contributions_wagedue")[0][0]  # fmt: skip
    own = rows("SELECT sum(amount)::bigint FROM contributions_due")[0][0]
    assert owed["sums"]["total"] == booked + own and all(check.holds for check in report.checks(owed))
    assert all(check.holds for check in report.checks(go("standing", tmp_path / "people", tmp_path / "standing")))


def test_keys_are_the_same_in_every_snapshot_and_lead_back_only_with_the_key_and_a_purpose(tmp_path):
    own, _ = people()
    snapshot("people", tmp_path / "one")
    snapshot("people", tmp_path / "two", rows=100)
    assert set(read(tmp_path / "one").column("id").to_pylist()) == set(read(tmp_path / "two").column("id").to_pylist())
    key = next(row["id"] for row in read(tmp_path / "one").to_pylist() if row["segment"] == schema.BPU)
    with pytest.raises(Refused, match="no_purpose"):
        snapshots.behind(key=key, by=SYSTEM, why=" ")
    with pytest.raises(Refused, match="not_allowed"):
        snapshots.behind(key=key, by=factories.actor("officer"), why="keluhan 17")
    kind, row = snapshots.behind(key=key, by=factories.actor("operator"), why="keluhan 17")
    assert kind == "enrolment" and Enrolment.objects.get(id=row).person_id in own
    assert Event.objects.filter(action="nation.key_opened", subject=f"enrolment:{row}", why="keluhan 17").exists()


def test_done_again_it_is_found_and_something_else_is_never_written_over(tmp_path):
    people()
    first = snapshot("people", tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert snapshot("people", tmp_path) == first
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    with pytest.raises(Refused, match="snapshot_is_there"):
        snapshot("people", tmp_path, as_of=DAY + dt.timedelta(days=1))


def test_a_snapshot_that_was_interrupted_is_none_and_is_made_anew(tmp_path):
    people()

    class Power(Exception):
        pass

    def fails(done: int) -> None:
        if done > 10:
            raise Power

    with pytest.raises(Power):
        snapshots.snapshot(what="people", as_of=DAY, month=MONTH, target=str(tmp_path), by=SYSTEM, shard_rows=5,
                        progress=fails)  # fmt: skip
    with pytest.raises(Refused, match="no_snapshot"):
        go("assess", tmp_path, tmp_path / "out")
    assert snapshot("people", tmp_path, rows=100)["rows"] == 24
    assert len(list(tmp_path.glob("*.parquet"))) == 1


def test_one_moment_is_seen_whatever_happens_meanwhile(tmp_path):
    own, firm = people()
    seen = []

    def meanwhile(done: int) -> None:
        if not seen:
            seen.append(done)
            import threading

            def more():
                factories.people(30, on=dt.date(2026, 4, 1))
                connection.close()

            other = threading.Thread(target=more)
            other.start()
            other.join()

    manifest = snapshots.snapshot(what="people", as_of=DAY, month=MONTH, target=str(tmp_path), by=SYSTEM, shard_rows=1,
                               progress=meanwhile)  # fmt: skip
    assert manifest["rows"] == 24 and Enrolment.objects.count() == 50


def test_accounts_open_with_their_balance_and_take_the_years_credits_by_month(tmp_path):
    own = factories.people(5, on=dt.date(2019, 4, 1))
    savings(own)
    manifest = snapshot("savings", tmp_path, month=YEAR, as_of=dt.date(2021, 1, 15))
    assert manifest["rows"] == 5 and manifest["sums"]["opening"] == sum(1_000_000 + 777 * n for n in range(5))
    assert manifest["sums"]["credit_03"] == sum(20_000 + n for n in range(5)) and manifest["sums"]["carried"] == 0
    year = go("accrue", tmp_path, tmp_path / "year", month=YEAR, rate=563_000)
    assert all(check.holds for check in report.checks(year)) and year["sums"]["earned"] > 0


def test_wage_histories_hold_the_months_that_jp_was_paid_for(tmp_path):
    _, firm = people()
    assert snapshot("wages", tmp_path / "before")["rows"] == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contributions_wagedue SET savings_on = '2026-05-04' WHERE employer_id = %s",
                       [firm.employer])  # fmt: skip
    manifest = snapshot("wages", tmp_path / "after")
    found = read(tmp_path / "after").to_pylist()
    assert manifest["rows"] == 4 and {tuple(row["months"]) for row in found} == {(202604,)}
    assert sorted(row["wages"][0] for row in found) == sorted([WAGES[0], 6_000_001, WAGES[3], WAGES[4]])
    go("pension", tmp_path / "after", tmp_path / "pension", month=Month(2026, 4))


def test_an_empty_house_gives_an_empty_snapshot(tmp_path):
    manifest = snapshot("people", tmp_path / "people")
    assert manifest["rows"] == 0 and go("assess", tmp_path / "people", tmp_path / "out")["rows"] == 0


def test_surrogate_keys_are_one_to_one():
    from teduh.national.surrogates import FIRMS, Keys

    keys = Keys(b"\1" * 32)
    numbers = np.arange(0, 1 << 15)
    for domain in (None, FIRMS):
        closed = keys.close(numbers) if domain is None else keys.close(numbers, domain)
        opened = keys.open(closed) if domain is None else keys.open(closed, domain)
        assert len(np.unique(closed)) == len(numbers) and (opened == numbers).all() and int(closed.min()) >= 0
    assert (Keys(b"\2" * 32).close(numbers) != keys.close(numbers)).mean() > 0.99
    with pytest.raises(ValueError, match="outside"):
        keys.close(np.array([1 << 62]))


def test_migrants_are_in_it_with_destination_contract_and_the_month_their_work_began(tmp_path):
    placed.departed()
    waiting = placed.placement(to="KR", registered="2026-04-20", savings_monthly=100_000)
    placed.pay(waiting, "before", "2026-04-21")
    abroad = placed.placement(route="individual", abroad=True, registered="2026-04-10", state="working")
    placed.pay(abroad, "during", "2026-04-15")
    home = placed.departed()
    placed.tell(home, on="2026-05-04", state="home", debarked_on="2026-05-03", home_on="2026-05-04")
    later = placed.placement(registered="2026-05-05")
    cancelled = placed.placement(registered="2026-04-20", state="cancelled")
    assert later.id and cancelled.id
    snapshot("people", tmp_path / "people")
    told = sorted(
        (schema.DESTINATIONS[row["destination"]], row["programmes"], row["departed"], row["contract_months"],
         row["paid_until"], row["active"], row["joined"])
        for row in read(tmp_path / "people").to_pylist() if row["segment"] == schema.PMI
    )  # fmt: skip
    assert told == [
        ("South Korea", 7, 0, 0, 202609, 1, 202604),
        ("Taiwan", 3, 202604, 24, 202803, 1, 202601),
        ("Taiwan", 3, 202604, 24, 202803, 1, 202604),
    ]
    owed = go("assess", tmp_path / "people", tmp_path / "assess")
    assert owed["sums"]["during"] == 2 * 332_500
    state = go("standing", tmp_path / "people", tmp_path / "standing", month=Month(2028, 4))
    assert state["sums"]["protected"] == 2
    over = go("standing", tmp_path / "people", tmp_path / "over", month=Month(2028, 5))
    assert over["sums"]["protected"] == 0
