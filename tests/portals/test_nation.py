"""The operator's pages of national runs: how far one is, what it found, stopping it and having it go on."""

from __future__ import annotations

import json
import os
import shutil

import pytest
from django.conf import settings
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from teduh.law.months import Month
from teduh.national import population, run, shelf
from teduh.national.job import Asked
from tests.national.test_run import SCENARIO

CUTS = [1_000_000 * n for n in range(1, 10)]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Two assessments and a scenario on the shelf, over 3,000 made-up people."""
    people = tmp_path_factory.mktemp("people")
    population.simulate(
        population.Spec(people=3_000, seed=5, active_only=True), folder=people, shard_rows=1_000, workers=1
    )
    place = shelf.folder(settings.DATA_DIR)
    for name, kind, month, values in (
        ("assess-2026-03", "assess", Month(2026, 3), {}), ("assess-2026-04", "assess", Month(2026, 4), {}),
        ("what-if-jht", "what_if", Month(2026, 4), {"scenario": SCENARIO, "deciles": CUTS}),
    ):  # fmt: skip
        run.start(Asked(kind=kind, month=month, values=values), source=str(people), target=str(place / name),
                  engine=run.local(1))  # fmt: skip
    yield place
    shutil.rmtree(place)


def test_only_operators_open_the_nations_pages(db, signed_in, kept):
    for role, status in (("operator", 200), ("officer", 403), ("member", 403)):
        assert signed_in(role).get(reverse("nation")).status_code == status
        assert signed_in(role).get(reverse("nation_run", args=["assess-2026-04"])).status_code == status


def test_the_shelf_lists_runs_with_their_state_and_rate(db, signed_in, kept):
    page = signed_in("operator").get(reverse("nation")).content.decode()
    assert page.count("Selesai") == 3 and "3.000" in page and "per detik" in page


@pytest.mark.parametrize("by", ["segment", "province", "sector", "age"])
def test_a_finished_run_shows_totals_checks_a_chart_and_last_month_beside_it(db, signed_in, kept, by):
    page = signed_in("operator").get(reverse("nation_run", args=["assess-2026-04"]), {"by": by}).content.decode()
    total = json.loads((kept / "assess-2026-04" / "manifest.json").read_text())["sums"]["total"]
    assert f"{total:,}".replace(",", ".") in page
    assert "SALAH" not in page and page.count("benar") == 3
    assert "<svg" in page and "Maret 2026" in page and "‰" in page


def test_a_scenario_shows_winners_and_losers_by_decile(db, signed_in, kept):
    page = signed_in("operator").get(reverse("nation_run", args=["what-if-jht"]), {"by": "decile"}).content.decode()
    assert "Desil 1" in page and "Membayar lebih banyak" in page and page.count("<svg") >= 2


def test_a_run_that_is_stopped_goes_on_as_it_was_asked_for(db, signed_in, kept):
    client, name = signed_in("operator"), "assess-2026-04"
    wanted = shelf.one(settings.DATA_DIR, name).manifest
    state = json.loads((kept / name / "run.json").read_text())
    (kept / name / "assess-00001.parquet").unlink()
    (kept / name / "run.json").write_text(json.dumps(state | {"state": "stopped", "rows": 2_000, "shards": 2}))
    page = client.get(reverse("nation_run", args=[name])).content.decode()
    assert "Dihentikan" in page and "Lanjutkan" in page
    client.post(reverse("nation_go_on", args=[name]))
    job = ProcrastinateJob.objects.get(task_name="teduh.runs.nation_go_on")
    assert job.args == {"kept": name}
    shelf.go_on(settings.DATA_DIR, name, workers=1)
    assert shelf.one(settings.DATA_DIR, name).manifest == wanted


def test_a_running_run_is_asked_to_stop_and_a_dead_one_is_called_cut_off(db, signed_in, kept):
    client, name = signed_in("operator"), "assess-2026-03"
    state = json.loads((kept / name / "run.json").read_text())
    (kept / name / "run.json").write_text(
        json.dumps(state | {"state": "running", "pid": os.getpid(), "rows": 1_000, "left": 7})
    )
    page = client.get(reverse("nation_run", args=[name])).content.decode()
    assert "Hentikan" in page and "detik lagi" in page and 'http-equiv="refresh"' in page
    client.post(reverse("nation_stop", args=[name]))
    assert (kept / name / "stop").exists()
    (kept / name / "run.json").write_text(json.dumps(state | {"state": "running", "pid": 2**22 - 1}))
    assert shelf.one(settings.DATA_DIR, name).state == "killed"
    (kept / name / "run.json").write_text(json.dumps(state))


@pytest.mark.parametrize("name", ["..", "nothing", "%2e%2e", "a/b"])
def test_a_name_that_is_no_run_is_not_found(db, signed_in, kept, name):
    assert signed_in("operator").get(f"/nasional/{name}/").status_code == 404
