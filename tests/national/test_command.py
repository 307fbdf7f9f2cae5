"""`teduh simulate` says what it made beside what is published."""

import json

from click.testing import CliRunner

from teduh.cli.simulate import command


def run(*words):
    return CliRunner().invoke(command, [*words])


def test_it_prints_what_was_made_beside_what_is_published(tmp_path):
    said = run("--people", "20000", "--seed", "3", "--out", str(tmp_path), "--workers", "1")
    assert said.exit_code == 0, said.output
    assert "20,000 people in 1 files" in said.output
    assert "PU of active members" in said.output
    assert (tmp_path / "manifest.json").exists()


def test_as_json_it_prints_one_object(tmp_path):
    said = run("--people", "2000", "--out", str(tmp_path), "--district", "33.01", "--json")
    found = json.loads(said.stdout)
    assert found["rows"] == 2000
    assert found["spec"]["regency"] == 3301


def test_a_district_that_is_none_and_a_month_that_is_none_are_refused_in_words(tmp_path):
    for words in (("--district", "Cilacap"), ("--district", "99.99"), ("--month", "2026-13"), ("--people", "0")):
        said = run("--people", "10", "--out", str(tmp_path), *words)
        assert said.exit_code != 0
        assert "Error" in said.output
        assert "Traceback" not in said.output
