"""Signed-in clients for the pages' tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _in_a_transaction(db: None) -> None:
    """Nearly every page asks the database something."""


@pytest.fixture
def signed_in(db: None) -> Callable[..., Any]:
    """`signed_in("agent")`: a client with an account of that role; a member is given a person."""
    from tests.portals import house

    return house.signed_in
