"""The civil registry's adapter against a real HTTP server that fails in every documented way."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.registry import civil_registry, civil_registry_simulator
from teduh.registry.civil_registry import HttpCivilRegistry, Question
from teduh.registry.civil_registry_simulator import Simulator

AT = dt.datetime(2026, 4, 10, 3, 0, tzinfo=dt.UTC)
SITI = Question("3578015708850001", "Siti Aminah", dt.date(1985, 8, 17), "F")


@pytest.fixture
def simulator():
    return Simulator()


@pytest.fixture
def registry(simulator):
    with civil_registry_simulator.serving(simulator, silence=0.5) as address:
        yield HttpCivilRegistry(address, timeout=0.2)


def test_a_person_who_agrees_is_verified_with_flags_and_a_trace_only(registry):
    answer = registry.ask(SITI, at=AT)
    assert answer.state == "verified"
    assert dict(answer.matches) == {"name": True, "birth_date": True, "sex": True}
    assert answer.trace.startswith("SIM-")
    assert SITI.nik not in str(answer)


@pytest.mark.parametrize("field", ["name", "birth_date", "sex"])
def test_a_field_that_differs_is_a_mismatch_that_names_it(registry, simulator, field):
    simulator.fault = field
    answer = registry.ask(SITI, at=AT)
    assert answer.state == "mismatch"
    assert [name for name, agrees in answer.matches.items() if not agrees] == [field]


def test_a_nik_that_is_not_there_is_not_found(registry, simulator):
    simulator.fault = "not_found"
    assert registry.ask(SITI, at=AT).state == "not_found"


@pytest.mark.parametrize(
    "fault", ["login_failed", "ip_unknown", "quota_used_up", "timeout", "connection_refused", "garbage"]
)
def test_a_registry_that_is_away_says_nothing_of_anybody(registry, simulator, fault):
    simulator.fault = fault
    answer = registry.ask(SITI, at=AT)
    assert (answer.state, answer.fault, dict(answer.matches)) == ("away", fault, {})


def test_a_port_where_nobody_listens_is_a_refused_connection():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    assert HttpCivilRegistry(address, timeout=0.5).ask(SITI, at=AT).fault == "connection_refused"
    assert HttpCivilRegistry("http://nobody.invalid/", timeout=0.5).ask(SITI, at=AT).state == "away"


@pytest.mark.parametrize(("serial", "state", "fault"), [
    ("9901", "not_found", ""), ("9902", "mismatch", ""), ("9907", "away", "quota_used_up"), ("0001", "verified", ""),
])  # fmt: skip
def test_the_last_digits_of_a_nik_choose_the_simulators_answer(registry, serial, state, fault):
    answer = registry.ask(dataclasses.replace(SITI, nik=f"357801570885{serial}"), at=AT)
    assert (answer.state, answer.fault) == (state, fault)
    inside = Simulator().ask(dataclasses.replace(SITI, nik=f"357801570885{serial}"), at=AT)
    assert (inside.state, inside.fault) == (state, fault)


def test_people_whom_it_knows_are_compared_with_what_it_knows(registry, simulator):
    simulator.people[SITI.nik] = SITI
    assert registry.ask(dataclasses.replace(SITI, name="SITI AMINAH, S.Pd"), at=AT).state == "verified"
    assert registry.ask(dataclasses.replace(SITI, name="Dewi Lestari"), at=AT).matches["name"] is False
    assert registry.ask(dataclasses.replace(SITI, birth_date=dt.date(1985, 8, 18)), at=AT).state == "mismatch"


@pytest.mark.parametrize(
    ("fault", "rests"),
    [("quota_used_up", dt.timedelta(hours=13)), ("login_failed", dt.timedelta(minutes=59))],
)
def test_a_registry_that_cannot_answer_is_left_alone(registry, simulator, fault, rests):
    simulator.fault = fault
    registry.ask(SITI, at=AT)
    simulator.fault = None
    assert registry.ask(SITI, at=AT + rests).fault == "resting"
    assert simulator.asked == 1
    assert registry.ask(SITI, at=AT + dt.timedelta(hours=15)).state == "verified"


def test_three_silences_in_a_row_rest_it_for_five_minutes(registry, simulator):
    simulator.fault = "garbage"
    assert [registry.ask(SITI, at=AT).fault for _ in range(4)] == ["garbage"] * 3 + ["resting"]
    assert registry.ask(SITI, at=AT + dt.timedelta(minutes=5)).fault == "garbage"


def test_the_question_is_written_as_the_gateway_wants_it():
    said = json.loads(civil_registry.request(SITI, civil_registry.Access("u", "p", "10.0.0.1")))
    assert said["NAMA_LGKP"] == "SITI AMINAH"
    assert said["TGL_LHR"] == "17-08-1985"
    assert all(key == key.upper() for key in said)


@given(st.one_of(st.binary(max_size=200), st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(
        st.sampled_from(["content", "RESPON", "NAMA_LGKP", "TGL_LHR", "x"]), inner, max_size=3)), max_leaves=8,
).map(lambda value: json.dumps(value).encode())))  # fmt: skip
def test_whatever_it_answers_is_understood_or_garbage(body):
    answer = civil_registry.understand(body)
    assert answer.state in ("verified", "mismatch", "not_found", "away")
    if answer.state == "verified":
        assert b"Sesuai" in body or b"sesuai" in body.lower()
