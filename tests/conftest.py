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
                It has regions and occupations, unless it is `own_database(regions=False)`.
                Do not mix it with `db` in one module: connections point to one database at a time.
`regions`       regions and occupations are loaded (once per run; they survive roll-backs). Ask for it beside `db` or
                `committed_db`. Without it a copy has none, whatever ran before; such a copy takes a fifth of the time.
`data_dir`      the run's data folder: keys, files.

A law test asks for none of these, and no server is started for it. TEST_DATABASE_URL names a PostgreSQL server to use
instead (a role that may create databases). With xdist (`-n 2`) each worker has a server and a data folder of its own,
for an open transaction holds the audit's seals back on the whole server; the tables are made once, by the first worker
that needs them, and the others begin with a copy of its server's files.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HOME = "TEDUH_TEST_HOME"
MINE = HOME not in os.environ


def _apart() -> Path:
    """This process's folder inside the run's, and an environment in which nothing points at anybody's real data."""
    for name in [name for name in os.environ if name.startswith("TEDUH_") and name != HOME]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    if MINE:
        os.environ[HOME] = tempfile.mkdtemp(prefix="teduh-test-")
    own = Path(os.environ[HOME]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    own.mkdir(mode=0o711, exist_ok=True)
    os.environ["TEDUH_DATA_DIR"] = str(own)
    if os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    os.environ["DJANGO_SETTINGS_MODULE"] = "teduh.site.settings"
    return own


DATA_DIR = _apart()
#: No vacuum notes that a table whose rows were all rolled back is empty: what is planned for an empty table takes
#: minutes over the thousands of rows that the next test writes, before its own statistics are there.
STEADY = {"autovacuum": "off", "max_connections": "60"}


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if config.getoption("numprocesses", None):  # workers read their settings after they have a folder of their own
        os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_unconfigure(config: pytest.Config) -> None:
    if MINE:
        shutil.rmtree(os.environ[HOME], ignore_errors=True)


#: The longest files begin first, so that no worker is left with one of them at the end. The order of the others stays.
LONGEST = (
    "tests/cli/test_up.py", "tests/cli/test_care.py", "tests/api/test_schemathesis.py",
    "tests/browser/test_migrants_worker.py", "tests/browser/test_pages.py", "tests/journeys/nation/test_booking.py",
    "tests/browser/test_migrants_desk.py", "tests/browser/test_employer.py", "tests/journeys/money/test_pay_kill.py",
    "tests/browser/test_groups.py", "tests/browser/test_messages.py", "tests/api/test_nasty_text.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {name: n for n, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(place)))
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture `committed_db` instead of transaction=True")
    for item in items:  # an item for each operation of the API; known by one name, xdist would run one of them
        if getattr(item, "operation_label", None) and item.parent:
            item._id = item.parent.id.child(item.name)


@pytest.fixture(scope="session")
def data_dir() -> Path:
    return DATA_DIR


@pytest.fixture(scope="session")
def postgres(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """This worker's server, with the migrated database in it unless it is somebody else's server."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from teduh.site import embedded

    def server() -> contextlib.AbstractContextManager[Path]:
        return embedded.running(DATA_DIR, options={**embedded.FORGETFUL, **STEADY})

    made = DATA_DIR.parent / "made"
    with (DATA_DIR.parent / "made.gate").open("a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if made.exists():
            _copy(made, embedded.cluster(DATA_DIR))
        else:
            with server(), django_db_blocker.unblock():
                _migrated()
            _copy(embedded.cluster(DATA_DIR), made)
    with server():
        yield


def _copy(files: Path, place: Path) -> None:
    """With owners and rights, which PostgreSQL insists on."""
    subprocess.run(["cp", "-a", str(files), str(place)], check=True)


def _migrated() -> None:
    """The test database, made; nothing is connected to it."""
    from django.db import connection, connections
    from django.test.utils import setup_databases

    before = connection.settings_dict["NAME"]
    gc.disable()  # the tables' history builds thousands of model classes that refer to one another: a third of its time
    try:
        setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
    finally:
        gc.enable()
        gc.collect()
    connections.close_all()
    connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, postgres: None, django_db_blocker) -> Iterator[None]:
    """The database that `db` uses, and an untouched copy beside it; made once, when the first test needs it."""
    from django.db import connection

    theirs = bool(os.environ.get("TEST_DATABASE_URL"))
    if theirs:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    with django_db_blocker.unblock():
        if theirs:
            _migrated()
        before = connection.settings_dict["NAME"]
        name = connection.creation._get_test_db_name()
        connection.settings_dict["NAME"] = name
        _drop(_untouched(name))
        _create(_untouched(name), template=name)
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = before
        if theirs:
            _drop(_untouched(name))
            _drop(name)


def _untouched(name: str) -> str:
    return f"{name}_untouched"


def _create(name: str, *, template: str) -> None:
    from django.db import connection, connections

    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _drop(name: str) -> None:
    from django.db import connection

    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def own_database(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker
) -> Callable[..., contextlib.AbstractContextManager[None]]:
    @contextlib.contextmanager
    def own(*, regions: bool = True) -> Iterator[None]:
        from django.db import connection, connections

        template = request.getfixturevalue("_with_regions") if regions else None
        with django_db_blocker.unblock():
            usual = connection.settings_dict["NAME"]
            name = f"{usual}_{secrets.token_hex(4)}"
            _create(name, template=template or _untouched(usual))
            connection.settings_dict["NAME"] = name
            try:
                yield
            finally:
                connections.close_all()
                connection.settings_dict["NAME"] = usual
                _drop(name)

    return own


@pytest.fixture(scope="session")
def _with_regions(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """The name of an untouched database with regions, to be copied: what `db` uses swells with what is rolled back."""
    from django.db import connection, connections

    from teduh.registry import actions

    with django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        name = f"{usual}_regions"
        _drop(name)
        _create(name, template=_untouched(usual))
        connection.settings_dict["NAME"] = name
        try:
            actions.load_reference()
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = usual
    yield name
    with django_db_blocker.unblock():
        _drop(name)


@pytest.fixture
def committed_db(request: pytest.FixtureRequest, own_database) -> Iterator[None]:
    with own_database(regions="regions" in request.fixturenames):
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
