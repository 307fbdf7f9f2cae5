"""`teduh explain pmi-cover` and `pmi-event`: what is given, what is not, how sure that is; refusals that help."""

import json

from click.testing import CliRunner

from teduh.cli.explain import command


def _run(*words):
    return CliRunner().invoke(command, list(words))


def test_the_cover_of_a_phase_is_said_in_bahasa_with_what_it_does_not_give():
    said = _run("pmi-cover", "--phase", "during", "--on", "2026-11-01", "--lang", "id").output
    assert "paling banyak Rp50.000.000 tiap kasus [dari pernyataan resmi]" in said
    assert "Rp1.500.000 per bulan" in said and "besarnya belum ditemukan [belum dikonfirmasi]" in said
    assert "Yang tidak dijamin" in said and "jaminan kesehatan (JKN)" in said


def test_an_individual_before_departure_is_told_of_jkm_alone():
    said = json.loads(
        _run("pmi-cover", "--phase", "before", "--route", "individual", "--on", "2026-11-01", "--json").output
    )
    assert [one["code"] for one in said["covered"]] == ["death_outside"]
    assert "individual_only_jkm" in [one["code"] for one in said["not_covered"]]


def test_the_sum_of_a_dismissal_shows_both_readings():
    said = _run("pmi-event", "dismissed", "--on", "2026-11-01", "--lang", "en").output
    assert said.startswith("Rp1,500,000 [unconfirmed]") and "once" in said and "a month" in said


def test_an_event_gives_its_parts_as_json_with_the_values_read():
    said = json.loads(
        _run("pmi-event", "misplaced", "--transport-cost", "12.000.000", "--on", "2026-11-01", "--json").output
    )
    assert said["total"] == 37_000_000 and [part["amount"] for part in said["parts"]] == [25_000_000, 12_000_000]
    assert {value["status"] for value in said["values"]} == {"official"}


def test_nothing_is_given_with_its_reason():
    said = _run(
        "pmi-event", "repatriation", "--cost", "9000000", "--cause", "crime", "--on", "2026-11-01", "--lang", "id"
    )
    assert said.output.startswith("tidak diberikan") and "kejahatan" in said.output


def test_a_blind_spot_is_refused_with_what_why_and_what_next():
    said = _run("pmi-event", "failed_placement", "--on", "2026-11-01", "--lang", "en")
    assert said.exit_code == 1 and "is not known" in said.output and "Next: " in said.output
    refused = json.loads(_run("pmi-event", "body_home", "--on", "2026-11-01", "--json").output)["refused"]
    assert refused["code"] == "pmi_body_home" and "UU 18/2017" in refused["next"]["id"]
