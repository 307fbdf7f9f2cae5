"""A PostgreSQL of its own for every test run, in a temporary folder, gone afterwards; data of `make up` is not used.

Fixtures:

`db`            pytest-django's: the test runs in a transaction that is rolled back. Use it for nearly everything.
                (A test may also carry `@pytest.mark.django_db`.)
`committed_db`  a database of the test's own, copied from the migrated one and dropped afterwards: for tests that
                commit, use threads or several connections, or need deferred constraints and `on_commit` to happen.
                `transactional_db` and `live_server` use it too. Django's flush is never used: append-only tables refuse
                TRUNCATE, as they should. `@pytest.mark.django_db(transaction=True)` is therefore refused at collection.
`own_database`  what `committed_db` is made of, for a wider scope:
                    @pytest.fixture(scope="module")
                    def district(own_database):
                        with own_database():
                            ...fill it, once for the module...
                            yield
                Do not mix it with `db` in one module: connections point to one database at a time.
`regions`       regions and occupations are loaded (once per run; they survive roll-backs). Ask for it beside `db`.
`data_dir`      the run's data folder: keys, files.

A law test asks for none of these, and no server is started for it. TEST_DATABASE_URL names a PostgreSQL server to use
instead (a role that may create databases). With xdist (`-n 2`) one server serves all workers, a database each.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HOME = "TEDUH_TEST_HOME"
MINE = HOME not in os.environ


def _apart() -> Path:
    """The run's own folder, and an environment in which nothing points at anybody's real data."""
    for name in [name for name in os.environ if name.startswith("TEDUH_") and name != HOME]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    if MINE:
        os.environ[HOME] = tempfile.mkdtemp(prefix="teduh-test-")
    os.environ["TEDUH_DATA_DIR"] = os.environ[HOME]
    if os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    os.environ["DJANGO_SETTINGS_MODULE"] = "teduh.site.settings"
    return Path(os.environ[HOME])


DATA_DIR = _apart()


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config: pytest.Config) -> None:
    if MINE:
        shutil.rmtree(DATA_DIR, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture `committed_db` instead of transaction=True")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    return DATA_DIR


@pytest.fixture(scope="session")
def postgres() -> Iterator[None]:
    """The server of this run."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from teduh.site import embedded

    with embedded.running(DATA_DIR, options={**embedded.FORGETFUL, "max_connections": "60"}):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    postgres: None, django_test_environment: None, django_db_modify_db_settings_parallel_suffix: None, django_db_blocker
) -> Iterator[None]:
    """The migrated database that `db` uses and `committed_db` copies; made once, when the first test needs it."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def own_database(django_db_setup: None, django_db_blocker) -> Callable[[], contextlib.AbstractContextManager[None]]:
    @contextlib.contextmanager
    def own() -> Iterator[None]:
        from django.db import connection, connections

        with django_db_blocker.unblock():
            template = connection.settings_dict["NAME"]
            name = f"{template}_{secrets.token_hex(4)}"
            connections.close_all()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            connection.settings_dict["NAME"] = name
            try:
                yield
            finally:
                connections.close_all()
                connection.settings_dict["NAME"] = template
                with connection._nodb_cursor() as cursor:
                    cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    return own


@pytest.fixture
def committed_db(own_database) -> Iterator[None]:
    with own_database():
        yield


@pytest.fixture
def transactional_db(committed_db: None) -> None:
    """Replaces pytest-django's, which would flush."""


@pytest.fixture(scope="session")
def regions(django_db_setup: None, django_db_blocker) -> None:
    from teduh.registry import actions

    with django_db_blocker.unblock():
        actions.load_reference()


@pytest.fixture(autouse=True)
def _nothing_cached() -> Iterator[None]:
    """What one test cached, no other test reads."""
    yield
    from django.core.cache import cache

    cache.clear()
