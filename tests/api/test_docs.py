"""Every command in docs/api.md works as it is written there."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
from pathlib import Path

import pytest

from teduh.employers.models import Employer
from teduh.migrants.models import Desk, Organisation
from teduh.security.models import User
from tests.api import machines
from tests.api.machines import Machine
from tests.employers import firms
from tests.migrants.people import organisation

TEXT = Path("docs/api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
COMMANDS = [command.strip() for block in BLOCKS for command in block.split("\n\n")]
CAPTURE = re.compile(r"^(?P<name>[A-Z0-9]+)=\$\((?P<command>.*) \| jq -r \.(?P<field>\w+)\)$", re.DOTALL)
ACTORS = {"AGENT": "agent", "BANK": "operator", "OFFICER": "officer", "MEMBER": "member", "AUDITOR": "auditor",
          "EMPLOYER": "employer", "AGENCY": "agency", "GATE": "mission"}  # fmt: skip


@pytest.fixture
def known(db, regions, monkeypatch) -> dict[str, str]:
    monkeypatch.setenv("TEDUH_NOW", "2026-04-10T09:00:00+07:00")
    made = {name: machines.machine(role) for name, role in ACTORS.items()}
    employer = firms.employer(owner=User.objects.get(pk=made["EMPLOYER"].user), region="32.73")
    npp = Employer.objects.get(pk=employer).npp
    agency = Organisation.objects.get(pk=organisation("agency"))
    Desk.objects.create(organisation=agency, user_id=made["AGENCY"].user, role="clerk", from_day=dt.date(2026, 1, 1))
    known = {name: machine.token for name, machine in made.items()}
    return known | {"TEDUH": "", "NPP": npp, "P3MI": agency.code}


def run(command: str, known: dict[str, str]) -> dict:
    """One curl command: its words as a shell would read them, sent to this server."""
    for name, value in known.items():
        command = re.sub(rf"'\"\$({name})\"'|'\$({name})'", lambda _, v=value: v, command)
        command = re.sub(rf"\${name}\b", lambda _, v=value: v, command)
    words = iter(shlex.split(command.replace("\\\n", " "))[1:])
    method, path, headers, body = "GET", "", {}, None
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(words)
        elif word != "-s":
            path = word
    token = headers.pop("Authorization").removeprefix("Bearer ")
    one = Machine(token, 0, "")
    sent = None if body is None else body.encode()
    answer = one.ask(method, path.removeprefix("/api/v1"), sent, key=headers.get("Idempotency-Key"))
    assert answer.status_code in (200, 201), (path, one.said)
    return one.said


def test_every_command_of_the_page_works(known):
    said = {}
    for command in COMMANDS:
        capture = CAPTURE.match(command)
        answer = run(capture["command"] if capture else command, known)
        if capture:
            known[capture["name"]] = str(answer[capture["field"]])
        said[command.split("/api/v1")[1].split('"')[0].split("?")[0]] = answer
    assert said["/bank/notices"][0]["state"] == "allocated" and said["/bank/notices"][0]["waiting"] == 0
    assert said["/protection"]["protected"] and said["/cards/verify"]["standing"] == "protected"
    assert said["/books/trial-balance"]["balanced"]
    assert said["/gate"]["answer"] == "no" and said["/placements/bills"]["code"]


def test_the_page_names_every_scope_and_the_error_shape_is_the_true_one(officer):
    from teduh.security.tokens import SCOPES

    unused = {"accounts", "runs"}
    assert {scope for scope in SCOPES if f"`{scope}`" in TEXT} == set(SCOPES) - unused
    (shape,) = re.findall(r"^```json\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    said = officer.post("/people/decide", {}, 422)
    assert set(json.loads(shape)) == set(said)
