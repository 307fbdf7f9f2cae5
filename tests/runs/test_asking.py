"""Whoever joins is asked about soon: the job is stored with the enrolment, by whichever door he came."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from teduh.api import joining
from teduh.api.models import Answer
from teduh.core import clock, jobs
from teduh.journeys.joining import identity
from teduh.registry import actions as registry
from teduh.registry import civil_registry_simulator
from teduh.registry.models import IdentityCheck, Person
from teduh.runs import tasks
from tests import factories
from tests.api import machines
from tests.portals import house, test_join
from tests.registry.newcomers import enrolled, newcomer

AT = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


def waiting() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        return [name for (name,) in cursor.fetchall()]


def test_a_job_is_stored_with_the_transaction_or_not_at_all(committed_db) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert jobs.soon("ask_civil_registry", at=AT)
        assert waiting()
        raise ZeroDivisionError
    assert waiting() == []
    with transaction.atomic():
        assert jobs.soon("ask_civil_registry", at=AT)
    assert waiting() == ["teduh.runs.ask_civil_registry"]


def test_wanted_twice_it_waits_once_and_the_transaction_goes_on(committed_db) -> None:
    with transaction.atomic():
        assert [jobs.soon("ask_civil_registry", at=AT) for _ in range(3)] == [True, False, False]
        person = factories.person()
    assert len(waiting()) == 1 and Person.objects.filter(pk=person).exists()


def test_who_joins_by_himself_leaves_a_job_and_who_is_refused_leaves_none(db, regions) -> None:
    assert test_join.finish(Client(), work={"is_working": ""}).status_code == 422
    assert waiting() == []
    assert test_join.finish(Client()).status_code == 302
    assert waiting() == ["teduh.runs.ask_civil_registry"]


def test_a_machine_that_enrols_somebody_leaves_a_job_with_the_answer_it_gets(committed_db) -> None:
    registry.load_reference()
    officer, key = machines.machine("officer"), "join-2026-0001"
    for _ in range(2):
        officer.post("/people", joining.SITI, 201, key=key)
    assert waiting() == ["teduh.runs.ask_civil_registry"] and Answer.objects.filter(key=key).count() == 1
    officer.post("/people", joining.SITI | {"consent": []}, 422, key="join-2026-0002")
    assert len(waiting()) == 1


def test_a_file_enrolled_on_the_page_leaves_a_job(db, regions) -> None:
    agent = house.signed_in("agent")
    sheet = "NIK;Nama;Tgl Lahir;Pekerjaan;Penghasilan\n3301214503900007;Siti Aminah;05-03-1990;nelayan;1.200.000\n"
    sent = {"file": SimpleUploadedFile("desa.csv", sheet.encode()), "consent": "on"}
    file = agent.post(reverse("upload"), sent)["Location"]
    assert waiting() == []
    agent.post(f"{file}daftarkan/")
    assert Person.objects.count() == 1 and waiting() == ["teduh.runs.ask_civil_registry"]


def test_one_run_asks_about_everybody_who_waits_and_stops_when_nobody_does(db, regions, monkeypatch) -> None:
    monkeypatch.setattr(tasks, "ASK_AT_ONCE", 7)
    enrolled(*(newcomer() for _ in range(20)))
    tasks.ask_civil_registry(0)
    assert not Person.objects.filter(identity="waiting").exists()
    assert not IdentityCheck.objects.exclude(retry_at=None).exists()


def test_one_run_stops_while_the_registry_is_away_and_after_its_rounds(db, regions, monkeypatch) -> None:
    monkeypatch.setattr(tasks, "ASK_AT_ONCE", 5)
    enrolled(*(newcomer() for _ in range(20)))
    away = civil_registry_simulator.Simulator(fault="timeout")
    monkeypatch.setattr(identity, "_configured", lambda name: away)
    tasks.ask_civil_registry(0)
    assert away.asked == 5, "one round without an answer is enough"
    away.fault = None
    monkeypatch.setattr(tasks, "ASK_ROUNDS", 2)
    tasks.ask_civil_registry(0)
    assert away.asked == 15
    assert Person.objects.filter(identity="verified").count() == 10


def test_answers_of_the_api_are_forgotten_after_seven_days(db) -> None:
    user = factories.user()
    for days, key in ((6, "kept-one"), (8, "gone-one")):
        answer = Answer.objects.create(user=user, key=key, input_hash=b"", status=201, body={"name": "Siti"})
        Answer.objects.filter(pk=answer.pk).update(at=clock.now() - dt.timedelta(days=days))
    tasks.tidy_up(0)
    assert list(Answer.objects.values_list("key", flat=True)) == ["kept-one"]
