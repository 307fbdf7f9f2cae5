"""An SMS is one SMS in plain letters, says no amount, and every documented failure of an aggregator has its answer."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.outreach import actions, sms, sms_simulator
from teduh.security.access import SYSTEM
from tests.outreach.telling import AT, deliveries, send, telling, with_phone

PHONE = "+628123456{}"


def tell(phone: str = "+6281234567890", *, at: dt.datetime = AT) -> None:
    actions.tell(messages=[telling(with_phone(phone))], by=SYSTEM, at=at)


@given(st.text(min_size=1, max_size=80))
def test_whatever_a_title_holds_it_is_one_sms_in_the_basic_letters(title: str):
    said = sms.text(title)
    assert len(said) <= 160 and set(said) <= sms.GSM and said.startswith("Teduh:")


def test_a_title_is_said_whole_with_where_to_read_on_and_a_warning_against_fraud():
    assert sms.text("Iuran diterima: dibayar sampai 30 April 2026") == (
        "Teduh: Iuran diterima: dibayar sampai 30 April 2026. Rincian: halaman Pesan di Teduh. Kami tak pernah meminta "
        "kata sandi."
    )
    assert sms.text("“Upah” – é, â, ł…") == (
        'Teduh: "Upah" - é, a,. Rincian: halaman Pesan di Teduh. Kami tak pernah meminta kata sandi.'
    )


def test_an_sms_names_no_amount_and_no_employer(db, simulator):
    tell()
    send(simulator)
    (carried,) = simulator.outbox
    assert carried.to == "+6281234567890" and "Rp" not in carried.text and "Samudra" not in carried.text


CASES = [
    ("9901", [("sms", "failed", 1, "http_429")], 0), ("9902", [("sms", "given_up", 1, "rejected_number")], 0),
    ("9903", [("sms", "failed", 1, "timeout")], 0), ("9904", [("sms", "failed", 1, "timeout")], 1),
    ("9905", [("sms", "failed", 1, "http_402")], 0), ("9906", [("sms", "failed", 1, "garbage")], 0),
    ("1234", [("sms", "sent", 1, "")], 1),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "after", "carried"), CASES)
def test_every_documented_failure_of_the_simulator(db, simulator, ending, after, carried):
    tell(PHONE.format(ending))
    send(simulator)
    assert deliveries() == after and len(simulator.outbox) == carried


@pytest.mark.parametrize(("ending", "after", "carried"), CASES)
def test_the_same_over_http(db, monkeypatch, simulator, ending, after, carried):
    monkeypatch.setattr("teduh.journeys.messages.SILENT_AFTER", 0.2)
    tell(PHONE.format(ending))
    with sms_simulator.serving(simulator, silence=0.5) as address:
        from teduh.journeys import messages

        messages.send_due(at=AT, gateway=sms.HttpGateway(address, "rahasia"))
    assert deliveries() == after and len(simulator.outbox) == carried


def test_an_sms_whose_answer_got_lost_is_asked_for_again_and_carried_once(db, simulator):
    tell(PHONE.format("9904"))
    send(simulator)
    send(simulator, minutes=2)
    assert deliveries() == [("sms", "sent", 2, "repeated")]
    assert simulator.asked == 2 and len(simulator.outbox) == 1


def test_while_the_aggregator_is_busy_everything_waits_and_then_goes(db, simulator):
    simulator.fault = sms_simulator.BUSY
    tell()
    send(simulator)
    simulator.fault = None
    assert send(simulator, minutes=0.5).tried == 0
    send(simulator, minutes=1.1)
    assert deliveries() == [("sms", "sent", 2, "")] and len(simulator.outbox) == 1


def test_an_aggregator_that_cannot_be_reached_rests_after_three_silences(db):
    for n in range(20):
        tell(PHONE.format(f"{n:04d}"))
    from teduh.journeys import messages

    done = messages.send_due(at=AT, gateway=sms.HttpGateway("http://127.0.0.1:9/", "k"))
    assert done.tried == 20 and done.states["failed"] < 20
    assert {row[3] for row in deliveries()} == {"unreachable", "resting"}


def test_an_aggregator_is_asked_with_its_key_the_sender_and_a_reference_that_names_nobody(monkeypatch):
    monkeypatch.setenv("TEDUH_SMS_KEY", "kunci")
    monkeypatch.setenv("TEDUH_SMS_SENDER", "BPJSTK")
    gateway = sms.from_settings("https://sms.example/send")
    assert gateway == sms.HttpGateway("https://sms.example/send", "kunci", "BPJSTK") and "kunci" not in repr(gateway)
