"""`teduh explain`: the amount, every article, every value with date, source and status; or a refusal that helps."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from teduh.cli.explain import command


def _run(*words: str):
    return CliRunner().invoke(command, list(words))


def test_a_driver_pays_half_in_april_2026_and_reads_why():
    said = _run("bpu", "--income", "1000000", "--sector", "transport", "--month", "2026-04", "--lang", "en")
    assert said.exit_code == 0
    first = said.output.splitlines()[0]
    assert first == "Self-employed (BPU), 2026-04: Rp8.400"
    for words in (
        "PP 50/2025",
        "PP 44/2015 Pasal 20(3)",
        "from 2026-01-01 until 2027-03-31",
        "official statement",
        "<https://",
    ):
        assert words in " ".join(said.output.split())


def test_the_same_answer_in_bahasa():
    said = _run("bpu", "--income", "1000000", "--month", "2025-04", "--programmes", "JKK,JKM,JHT", "--lang", "id")
    assert said.output.splitlines()[0] == "Bukan penerima upah (BPU), 2025-04: Rp36.800"
    assert "Mengapa" in said.output
    assert "Why" not in said.output
    for words in ("Iuran JKM sebesar Rp6.800 setiap bulan", "6.800 rupiah sebulan", "dari teks resmi", "naskah dan"):
        assert words in " ".join(said.output.split())
    assert " a month" not in said.output and "text and elucidation" not in said.output


@pytest.mark.parametrize("spoken", [{}, {"LANG": "en_US.UTF-8"}, {"LC_ALL": "C"}, {"TEDUH_LANG": "id"}])
def test_bahasa_is_spoken_whatever_the_machine_is_set_to(spoken, monkeypatch):
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "TEDUH_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in spoken.items():
        monkeypatch.setenv(name, value)
    asked = ("bpu", "--income", "1000000", "--month", "2026-04")
    assert _run(*asked).output.startswith("Bukan penerima upah")
    assert _run(*asked, "--lang", "en").output.startswith("Self-employed")


def test_english_is_spoken_where_it_is_asked_for(monkeypatch):
    monkeypatch.setenv("TEDUH_LANG", "en")
    asked = ("bpu", "--income", "1000000", "--month", "2026-04")
    assert _run(*asked).output.startswith("Self-employed")
    assert _run(*asked, "--lang", "id").output.startswith("Bukan penerima upah")


@pytest.mark.parametrize(
    ("words", "bahasa", "english"),
    [
        (("bpu", "--income", "sejuta"), "bukan jumlah rupiah", "not an amount"),
        (("bpu", "--income", "1", "--month", "2026"), "bukan bulan", "not a month"),
        (("bpu", "--income", "1", "--programmes", "JP"), "tidak dapat dipilih", "cannot be chosen"),
        (("jakon",), "isi nilai kontrak", "give the contract value"),
    ],
)
def test_what_does_not_fit_is_said_in_the_language_asked_for(words, bahasa, english):
    assert bahasa in _run(*words).output
    assert english in _run(*words, "--lang", "en").output


def test_a_state_budget_gets_no_relief():
    words = ("bpu", "--income", "1000000", "--sector", "transport", "--month", "2026-04", "--lang", "en", "--paid-by")
    assert "Rp16.800" in _run(*words, "apbd").output.splitlines()[0]
    assert "Rp8.400" in _run(*words, "private").output.splitlines()[0]


@pytest.mark.parametrize("income", ["1000000", "1.000.000", "Rp1.000.000", "rp 1.000.000", "1,000,000", "1_000_000"])
def test_amounts_are_read_in_every_usual_shape(income):
    assert json.loads(_run("bpu", "--income", income, "--month", "2026-04", "--json").output)["total"] == 8400


@pytest.mark.parametrize("income", ["-1", "1.5", "1.00", "1.000.00", "sejuta", "", "1e6", "9" * 17])
def test_what_is_no_amount_of_rupiah_is_said_to_be_none(income):
    said = _run("bpu", f"--income={income}", "--month", "2026-04")
    assert said.exit_code == 2
    assert "--income" in said.output or "income" in said.output


def test_the_json_is_the_whole_assessment():
    found = json.loads(_run("pu", "--wage", "5000000", "--risk-class", "3", "--month", "2026-04", "--json").output)
    billed = sum(line["amount"] for line in found["lines"] if line["payer"] not in ("state", "moved"))
    assert found["total"] == billed
    assert {value["status"] for value in found["values"]} <= {"gazette", "official", "secondary", "unconfirmed"}


def test_a_month_before_the_oldest_text_is_refused_with_a_reason_and_a_next_step():
    said = _run("bpu", "--income", "1000000", "--month", "2015-06", "--lang", "en")
    assert said.exit_code == 1
    assert "cannot be assessed" in said.stderr and "Next:" in said.stderr
    refused = json.loads(_run("bpu", "--income", "1000000", "--month", "2015-06", "--json").output)["refused"]
    assert set(refused) == {"code", "what", "why", "next"}


def test_a_migrants_contract_under_six_months_is_a_declared_blind_spot():
    said = _run("pmi", "--months", "5", "--month", "2026-04", "--lang", "id")
    assert said.exit_code == 1
    assert "tidak dapat dihitung" in said.stderr and "Lalu:" in said.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("jakon", "--contract-value", "100000000"),
        ("jakon", "--monthly-wages", "50000000"),
        ("pmi", "--route", "individual", "--months", "24", "--jht", "50000"),
        ("pmi", "--stage", "extension", "--extension-months", "6"),
        ("pu", "--wage", "200000", "--wage-type", "daily", "--jkp", "--labour-intensive", "--workers", "60"),
    ],
)
def test_every_kind_of_membership_is_explained(words):
    for language in ("id", "en"):
        said = _run(*words, "--month", "2026-04", "--lang", language)
        assert said.exit_code == 0, said.output
        assert "Pasal" in said.output
