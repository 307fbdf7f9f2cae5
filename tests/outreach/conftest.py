"""A push service and an SMS simulator of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.outreach import push_service

if TYPE_CHECKING:
    from teduh.outreach.sms_simulator import Simulator


@pytest.fixture
def service(settings) -> Iterator[push_service.Service]:
    from tests.outreach import telling

    with push_service.serving() as made:
        settings.PUSH_HOSTS = (made.address,)
        made.at = telling.AT.timestamp()
        yield made


@pytest.fixture
def simulator() -> Simulator:
    from teduh.outreach import sms_simulator

    return sms_simulator.Simulator()
