"""Runs over a snapshot: the same whatever the workers and the shards, whenever they are killed, stopped or repeated."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from teduh.core.errors import Refused
from teduh.law import codes
from teduh.law.months import Month
from teduh.national import picked, population, report, run
from teduh.national.job import Asked
from teduh.national.store import Store

MONTH = Month(2026, 4)
SCENARIO = """
[scenario]
title_id = "JHT pekerja 2,5%"
title_en = "Worker's JHT 2.5 %"
why = "contoh"
approved_by = "Aktuaris"
approved_on = 2026-11-01
[jht_worker_rate]
values = [{ from = 2026-01-01, value = "2.5" }]
[arrears_months]
values = [{ from = 2026-01-01, value = 6 }]
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """20,000 synthetic people, in shards of 3,000 and of 20,000."""
    folder = tmp_path_factory.mktemp("people")
    spec = population.Spec(people=20_000, seed=3, active_only=True)
    for name, rows in (("small", 3_000), ("large", 20_000)):
        population.simulate(spec, folder=folder / name, shard_rows=rows, workers=1)
    return folder


def go(kind, source, target, month=MONTH, engine=None, **values):
    return run.start(Asked(kind=kind, month=month, values=values), source=str(source), target=str(target),
                     engine=engine or run.local(1))  # fmt: skip


def read(folder):
    """All shards of a result as one table."""
    return pa.concat_tables(pq.read_table(path) for path in sorted(folder.glob("*.parquet")))


def test_an_assessment_is_the_same_whatever_the_shards_and_the_workers(people, tmp_path):
    one = go("assess", people / "large", tmp_path / "one")
    many = go("assess", people / "small", tmp_path / "many", engine=run.local(2))
    assert len(many["shards"]) == 7
    assert [one[name] for name in ("rows", "checksum", "sums", "tally")] == [
        many[name] for name in ("rows", "checksum", "sums", "tally")
    ]


def test_everybody_is_assessed_as_the_law_assesses_him_alone(people, tmp_path):
    go("assess", people / "large", tmp_path)
    table = pq.read_table(tmp_path / "assess-00000.parquet")
    for row in table.take(list(range(0, table.num_rows, 97))).to_pylist():
        found = picked.explain(target=str(tmp_path), row=row["id"])
        assert found.agrees
        lines = {(line.programme, line.payer, line.part): line.amount for line in found.assessment.lines}
        assert (
            sum(a for (_, payer, _), a in lines.items() if payer in ("participant", "employer", "worker"))
            == row["total"]
        )


def test_a_row_that_is_not_there_is_refused_with_what_to_do(people, tmp_path):
    go("assess", people / "large", tmp_path)
    with pytest.raises(Refused, match="no_such_row"):
        picked.explain(target=str(tmp_path), row=20_001)
    with pytest.raises(Refused, match="no_snapshot"):
        go("assess", tmp_path / "nowhere", tmp_path / "out")


def test_done_again_nothing_is_computed_and_nothing_changes(people, tmp_path):
    first = go("assess", people / "small", tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.parquet")}
    seen = []
    again = run.start(Asked(kind="assess", month=MONTH), source=str(people / "small"), target=str(tmp_path),
                      engine=run.local(1), progress=seen.append)  # fmt: skip
    assert again == first
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.parquet")} == before
    assert seen[-1].found == 7 and seen[-1].computed == 0


def test_another_month_or_another_snapshot_is_another_run(people, tmp_path):
    april = go("assess", people / "small", tmp_path)
    january = go("assess", people / "small", tmp_path, month=Month(2026, 1))
    assert april["checksum"] != january["checksum"] and april["sums"]["total"] < january["sums"]["total"]
    whole = go("assess", people / "large", tmp_path)
    assert len(list(tmp_path.glob("*.parquet"))) == len(whole["shards"]) == 1


def test_a_run_is_stopped_and_goes_on(people, tmp_path):
    def after_three(now):
        if now.shards == 3:
            run.stop(str(tmp_path))

    with pytest.raises(run.Stopped):
        run.start(Asked(kind="assess", month=MONTH), source=str(people / "small"), target=str(tmp_path),
                  engine=run.local(1), progress=after_three)  # fmt: skip
    assert run.state(str(tmp_path))["state"] == "stopped" and not (tmp_path / run.MANIFEST).exists()
    seen = []
    done = run.start(Asked(kind="assess", month=MONTH), source=str(people / "small"), target=str(tmp_path),
                     engine=run.local(1), progress=seen.append)  # fmt: skip
    assert seen[-1].found == 3 and run.state(str(tmp_path))["state"] == "finished"
    assert done["checksum"] == go("assess", people / "large", tmp_path / "whole")["checksum"]


def test_killed_at_any_point_and_run_again_the_result_is_the_same(people, tmp_path):
    wanted = go("assess", people / "large", tmp_path / "wanted")
    command = [sys.executable, "-m", "teduh", "national", "assess", "--snapshot", str(people / "small"),
               "--out", str(tmp_path / "out"), "--month", str(MONTH), "--workers", "2", "--json"]  # fmt: skip
    for wait in (0.7, 1.3):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert said["checksum"] == wanted["checksum"] and all(check["holds"] for check in said["checks"])


def test_a_half_written_file_is_no_result(people, tmp_path):
    go("assess", people / "small", tmp_path)
    wanted = Store(str(tmp_path)).json(run.MANIFEST)["checksum"]
    broken = tmp_path / "assess-00002.parquet"
    broken.write_bytes(broken.read_bytes()[:-100])
    assert go("assess", people / "small", tmp_path)["checksum"] == wanted


def test_totals_by_segment_province_sector_and_age_add_up(people, tmp_path):
    manifest = go("standing", people / "small", tmp_path)
    for by in report.dimensions(manifest):
        rows = report.rows(manifest, by=by)
        assert sum(row.people for row in rows) == 20_000
        assert [sum(row.sums[k] for row in rows) for k in range(len(manifest["summed"]))] == list(
            manifest["sums"].values()
        )
    assert all(check.holds for check in report.checks(manifest))
    assert [row.name.en for row in report.rows(manifest, by="segment")][:2] == ["Self-employed", "Wage earners"]


def test_a_years_return_is_booked_to_the_rupiah_and_what_is_left_is_carried(people, tmp_path):
    december = Month(2025, 12)
    accounts = go("savings", people / "small", tmp_path / "accounts", month=december)
    year = go("accrue", tmp_path / "accounts", tmp_path / "year", month=december, rate=563_000)
    assert all(check.holds for check in report.checks(year))
    opened, paid, earned = accounts["sums"]["opening"], year["sums"]["paid"], year["sums"]["earned"]
    assert opened + paid + earned == year["sums"]["closing"]
    whole = read(tmp_path / "accounts").to_pydict()
    exact = sum((12 * whole["opening"][i] + sum((13 - m) * whole[f"credit_{m:02}"][i] for m in range(1, 13))) * 563_000
                for i in range(len(whole["id"])))  # fmt: skip
    assert earned * 12 * codes.RATE_UNIT + year["sums"]["carried"] == exact


def test_pensions_of_ragged_histories_follow_the_formula(people, tmp_path):
    go("wages", people / "small", tmp_path / "wages")
    manifest = go("pension", tmp_path / "wages", tmp_path / "out")
    rows = {row["id"]: row for row in read(tmp_path / "out").to_pylist()}
    lengths = set()
    for one in read(tmp_path / "wages").to_pylist():
        row = rows[one["id"]]
        lengths.add(len(one["months"]))
        assert row["paid_months"] == len(one["wages"]) and row["formula"] == (2 * row["indexed"] + 1200) // 2400
        assert row["indexed"] >= row["wages"] or not one["wages"]
    assert len(lengths) > 20 and manifest["rows"] == len(rows)


def test_a_scenario_is_set_beside_todays_law_with_winners_and_losers(people, tmp_path):
    cuts = [1_000_000 * n for n in range(1, 10)]
    manifest = go("what_if", people / "small", tmp_path, scenario=SCENARIO, deciles=cuts)
    sums = manifest["sums"]
    today = go("assess", people / "small", tmp_path / "today")["sums"]
    assert sums["member_now"] + sums["employer_now"] == today["total"] and sums["state_now"] == today["jkp_state"]
    assert sums["employer_then"] == sums["employer_now"] and sums["pays_less"] == 0 < sums["pays_more"]
    more = sums["member_then"] - sums["member_now"]
    assert more == sums["savings_then"] - sums["savings_now"] > 0
    assert sums["days"] > 0 and sums["gets_more"] > sums["pays_more"]
    assert [row.key for row in report.rows(manifest, by="decile")] == list(range(1, 11))


def test_a_scenario_nobody_approved_is_refused():
    from teduh.law import scenarios
    from teduh.law.messages import RulebookError

    for wrong in (SCENARIO.replace("approved_by", "said_by"), SCENARIO.replace("jht_worker_rate", "jht_rate"),
                  SCENARIO.replace('"2.5"', '"two"'), "[scenario"):  # fmt: skip
        with pytest.raises(RulebookError, match="not be used|cannot be used"):
            scenarios.read(wrong)
