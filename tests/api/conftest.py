"""Machines of every role, each with a token of all its role's scopes."""

from __future__ import annotations

import pytest


def _made(role: str):
    from tests.api import machines

    return machines.machine(role)


@pytest.fixture
def officer(db):
    return _made("officer")


@pytest.fixture
def second_officer(db):
    return _made("officer")


@pytest.fixture
def agent(db):
    return _made("agent")


@pytest.fixture
def operator(db):
    return _made("operator")


@pytest.fixture
def auditor(db):
    return _made("auditor")
