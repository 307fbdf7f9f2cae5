"""`teduh up`: everything on one machine, in the foreground, until Ctrl-C. Each step is shown with its seconds."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from teduh.cli import children, ground
from teduh.site import embedded, place
from teduh.site.embedded import Trouble

SEED = 2026
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@click.command
@click.option("--data-dir", metavar="FOLDER", help="Where everything is kept [TEDUH_DATA_DIR, or your share folder].")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the pages [8000, or the next that is free].")
@click.option(
    "--people", default=3000, show_default=True, type=click.IntRange(50, 200_000), help="Size of the district."
)
@click.option("--no-demo", is_flag=True, help="No made-up district and no sign-ins: an empty house.")
def command(data_dir: str | None, host: str, port: int | None, people: int, no_demo: bool) -> None:
    """Run Teduh on this machine until Ctrl-C.

    Starts the embedded PostgreSQL (or uses DATABASE_URL), brings its tables up to date, loads regions and occupations,
    makes a synthetic district once, and serves the pages, the API and the runs. Nothing is lost between two starts.
    """
    folder = place.data_dir()
    os.environ["TEDUH_DATA_DIR"] = str(folder)
    os.umask(0o077)
    for number in ENDS:
        signal.signal(number, _interrupt)
    port = children.free_port(host, port)
    _hosts(host)
    click.echo(f"Teduh · data in {folder}")
    with contextlib.ExitStack() as house:
        embedded.own(folder)
        house.enter_context(_only_one(folder))
        with _step("PostgreSQL") as done:
            house.enter_context(ground.database(make=True))
            ground.prepare()
            done(_prepare_database())
        signs = _furnish(folder, people, no_demo)
        address = f"http://{_shown(host)}:{port}/"
        running = house.enter_context(_running(folder, host, port, address))
        _welcome(address, signs)
        _until_told(running)


def _prepare_database() -> str:
    from teduh.cli import migrate

    version = migrate.server_version()
    return f"{version}, {'DATABASE_URL' if os.environ.get('DATABASE_URL') else 'embedded'}"


def _furnish(folder: Path, people: int, no_demo: bool) -> list[Any]:
    """Tables, reference data, the district; gives the sign-ins to print."""
    from django.db import connections

    from teduh.cli import district, migrate
    from teduh.employers import reference
    from teduh.migrants import reference as destinations
    from teduh.registry import actions

    with _step("tables") as done:
        count = migrate.tables()
        done(f"{count} migrations" if count else "")
    district.check_keys()
    with _step("regions, occupations, minimum wages, destinations"):
        actions.load_reference()
        reference.load_reference()
        destinations.load_reference()
    signs: list[Any] = []
    if not no_demo:
        with _step("accounts"):
            signs = district.accounts(folder)
        if not district.is_made():
            with _step(f"a made-up district of {people:,} self-employed"):
                district.make(people=people, seed=SEED, accounts={sign.role: sign.user for sign in reversed(signs)})
        if not district.has_firms():
            with _step("six made-up employers, five months of returns"):
                district.make_firms(accounts={sign.username: sign.user for sign in signs})
        if not district.has_migrants():
            with _step("made-up migrant workers in three countries"):
                district.make_migrants(seed=SEED, accounts={sign.username: sign.user for sign in signs})
    connections.close_all()
    return signs


@contextlib.contextmanager
def _running(folder: Path, host: str, port: int, address: str) -> Iterator[list[children.Child]]:
    started: list[children.Child] = []
    try:
        with _step("pages, API and runs"):
            logs = folder / "logs"
            started.append(children.Child("serve", "--host", host, "--port", str(port), log=logs / "pages.log"))
            started.append(children.Child("work", log=logs / "runs.log"))
            children.wait_for_pages(started[0], address)
        yield started
    finally:
        for number in ENDS:
            signal.signal(number, signal.SIG_IGN)
        for child in started:
            child.stop()


def _until_told(running: list[children.Child]) -> None:
    """Waits for Ctrl-C or SIGTERM, which are the good ends; a part that ends by itself is the bad one."""
    try:
        while True:
            time.sleep(0.5)
            for child in running:
                if child.has_ended():
                    raise Trouble(f"`teduh {child.name}` ended. The end of {child.log}:\n{child.last_words()}")
    except KeyboardInterrupt:
        click.echo("\nStopping: pages, runs, PostgreSQL.")


def _interrupt(_number: int, _frame: Any) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """One `teduh up` for each data folder. The lock goes with the process, however that ends."""
    with (folder / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Trouble(
                f"Teduh runs on {folder} already (process {lock.read().strip()}). Stop that one, or name another "
                "--data-dir."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextlib.contextmanager
def _step(name: str) -> Iterator[Callable[[str], None]]:
    """A line with a step's name, what came of it, and its seconds."""
    said: list[str] = []
    click.echo(f"  {name} ", nl=False)
    began = time.monotonic()
    try:
        yield said.append
    except BaseException:
        click.echo()
        raise
    width = 52 - len(name) - sum(len(word) + 3 for word in said if word)
    words = "".join(f"({word}) " for word in said if word)
    click.echo(f"{words}{'.' * max(3, width)} {time.monotonic() - began:5.1f} s")


def _hosts(host: str) -> None:
    """Which names the pages answer to: this machine's own, unless TEDUH_HOSTS says otherwise."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host not in ("127.0.0.1", "localhost", "::1"):
        own = socket.gethostname()
        names += [host, own]
        with contextlib.suppress(OSError):
            names += socket.gethostbyname_ex(own)[2]
    os.environ.setdefault("TEDUH_HOSTS", ",".join(names))


def _shown(host: str) -> str:
    host = "127.0.0.1" if host in ("0.0.0.0", "") else "[::1]" if host == "::" else host
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _welcome(address: str, signs: list[Any]) -> None:
    click.echo(f"\nTeduh is open: {address}")
    if signs:
        click.echo(f"Sign in at {address}masuk/ as\n")
        for sign in signs:
            click.echo(f"  {sign.role:<9} {sign.username:<12} {sign.password:<20} {sign.sees}")
    click.echo(f"\nWithout signing in: {address}verifikasi/ checks a card, {address}api/v1/ describes the API.")
    click.echo("Ctrl-C stops everything; the next start takes seconds and loses nothing.")
