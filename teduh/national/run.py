"""A run over a snapshot: every shard through one function, on this machine's cores or on an engine, with a manifest.

A run is a pure function of (snapshot, rulebook, what is asked). Interrupted, stopped or killed, it is simply asked for
again: finished shards are found by their stamp. `run.json` beside the results says how far it is, for whoever watches.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import rulebook
from teduh.national import groups, job, shards
from teduh.national.job import Asked, Shard
from teduh.national.store import Store

MANIFEST, STATE, STOP = "manifest.json", "run.json", "stop"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a run is: rows and shards done of all, how many shards were found finished, seconds since it began."""

    rows: int
    of: int
    shards: int
    of_shards: int
    found: int
    computed: int
    seconds: float

    @property
    def rate(self) -> float:
        """Rows computed a second; what was found finished does not count."""
        return self.computed / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds still to go, once something was computed."""
        return (self.of - self.rows) / self.rate if self.rate else None

    def as_dict(self) -> dict[str, Any]:
        left = None if self.left is None else round(self.left, 1)
        return {
            "rows": self.rows, "of": self.of, "shards": self.shards, "of_shards": self.of_shards, "found": self.found,
            "seconds": round(self.seconds, 2), "rate": round(self.rate), "left": left,
        }  # fmt: skip


#: Runs a function over jobs and gives results as they come: `shards.run` here, another engine's elsewhere.
Engine = Callable[[Callable[[Shard], dict[str, Any]], Sequence[Shard]], Iterator[dict[str, Any]]]


class Stopped(Exception):
    """Somebody asked the run to stop; what was finished stays."""


def local(workers: int | None = None) -> Engine:
    """This machine's cores."""
    return lambda work, jobs: shards.run(work, jobs, workers=workers or shards.cores())


def snapshot(address: str) -> dict[str, Any]:
    """A snapshot's manifest. Raises Refused where there is none."""
    said = Store(address).json(MANIFEST)
    if not said or "shards" not in said:
        raise Refused(
            "no_snapshot",
            Text(f"Tidak ada snapshot di {address}.", f"There is no snapshot at {address}."),
            then=Text(
                "Buat dengan `teduh national snapshot` atau `teduh national simulate`.",
                "Make one with `teduh national snapshot` or `teduh national simulate`.",
            ),
        )
    return said


def plan(asked: Asked, *, source: str, target: str) -> list[Shard]:
    """The jobs of a run: one for each file of the snapshot."""
    return [
        Shard(asked=asked, source=source, target=target, file=one["file"], made_from=one["checksum"], number=n)
        for n, one in enumerate(snapshot(source)["shards"])
    ]


def start(
    asked: Asked,
    *,
    source: str,
    target: str,
    engine: Engine | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> dict[str, Any]:
    """Run it, or what is left of it, and return its manifest.

    Raises Stopped when a file `stop` appears beside the results (`stop()` makes it), Refused for a snapshot that is not
    there.
    """
    told = snapshot(source)
    jobs = plan(asked, source=source, target=target)
    store = Store(target)
    store.make()
    store.remove(STOP)
    watch = _Watch(store, asked, source, told["rows"], len(jobs), progress)
    made: list[dict[str, Any]] = []
    try:
        for said in (engine or local())(job.run, jobs):
            made.append(said)
            watch.done(said)
            if len(made) < len(jobs) and store.text(STOP) is not None:
                raise Stopped
    except BaseException as error:
        watch.say("stopped" if isinstance(error, Stopped | KeyboardInterrupt) else "failed", error)
        raise
    manifest = _manifest(asked, source, told, sorted(made, key=lambda said: said["number"]))
    _tidy(store, {shard.result for shard in jobs})
    store.write_json(MANIFEST, manifest)
    watch.say("finished")
    return manifest


def stop(target: str) -> None:
    """Ask a run to stop after the shards in hand."""
    Store(target).write_text(STOP, "")


def state(target: str) -> dict[str, Any] | None:
    """How far the run at this address is; None if none was ever started there."""
    return Store(target).json(STATE)


class _Watch:
    """Counts what is done and writes it where others can see it."""

    def __init__(self, store: Store, asked: Asked, source: str, of: int, of_shards: int,
                 tell: Callable[[Progress], None] | None) -> None:  # fmt: skip
        self.store, self.tell, self.began = store, tell, time.monotonic()
        self.about = {"asked": asked.as_dict(), "snapshot": source, "rulebook": rulebook.version(), "pid": os.getpid()}
        self.of, self.of_shards, self.rows, self.shards, self.found, self.computed = of, of_shards, 0, 0, 0, 0
        self.written = -1.0
        self.say("running")

    def now(self) -> Progress:
        return Progress(
            rows=self.rows, of=self.of, shards=self.shards, of_shards=self.of_shards, found=self.found,
            computed=self.computed, seconds=time.monotonic() - self.began,
        )  # fmt: skip

    def done(self, said: Mapping[str, Any]) -> None:
        self.rows += said["read"]
        self.shards += 1
        self.found += said["found"]
        self.computed += 0 if said["found"] else said["read"]
        now = self.now()
        if self.tell:
            self.tell(now)
        if now.seconds - self.written >= 0.5:
            self.say("running")

    def say(self, state: str, error: BaseException | None = None) -> None:
        now = self.now()
        self.written = now.seconds
        why = {"why": f"{type(error).__name__}: {error}"} if state == "failed" else {}
        self.store.write_json(STATE, {"state": state, **self.about, **now.as_dict(), **why})


def _manifest(asked: Asked, source: str, told: Mapping[str, Any], made: list[dict[str, Any]]) -> dict[str, Any]:
    what = job.kind(asked.kind)
    summed = [column.name for column in what.writes if column.summed]
    return {
        "what": asked.kind,
        "asked": asked.as_dict(),
        "snapshot": {name: told.get(name) for name in ("rows", "checksum", "sums", "as_of")} | {"address": source},
        "rulebook": rulebook.version(),
        "code": job.text(asked.kind),
        "read": sum(said["read"] for said in made),
        "rows": sum(said["rows"] for said in made),
        "checksum": f"{sum(int(said['checksum'], 16) for said in made) % (1 << 64):016x}",
        "sums": {name: sum(said["sums"][name] for said in made) for name in summed},
        "summed": summed,
        "schema": job.described(what),
        "tally": groups.together(said["tally"] for said in made),
        "shards": [{name: said[name] for name in ("file", "rows", "checksum", "stamp")} for said in made],
    }


def _tidy(store: Store, names: set[str]) -> None:
    """Shards of an earlier run here, of another snapshot, are no part of this one."""
    for name in store.names(suffix=".parquet"):
        if name not in names and store.said(name):
            store.remove(name)
