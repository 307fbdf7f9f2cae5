"""The runs kept in this machine's data folder, one folder each: which there are, how far they are, what they found."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law.months import Month

MANIFEST, STATE, STOP = "manifest.json", "run.json", "stop"

NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,80}")
WHAT = {
    "assess": Text("Iuran semua orang", "What everyone owes"),
    "standing": Text("Perlindungan semua orang", "Everyone's protection"),
    "accrue": Text("Hasil pengembangan JHT", "Returns on JHT accounts"),
    "pension": Text("Pensiun JP", "JP pensions"),
    "replay": Text("Hitung ulang bulan lalu", "A past month again"),
    "what_if": Text("Skenario", "Scenario"),
    "savings": Text("Rekening JHT (buatan)", "JHT accounts (made up)"),
    "wages": Text("Riwayat upah (buatan)", "Wage histories (made up)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A run on the shelf. `state`: running, stopped, killed, failed or finished; `manifest` when it is finished."""

    name: str
    kind: str
    month: Month
    state: str
    rows: int
    of: int
    seconds: float
    rate: int
    left: float | None
    why: str
    asked: Mapping[str, Any]
    snapshot: str
    manifest: Mapping[str, Any] | None = None

    @property
    def what(self) -> Text:
        return WHAT.get(self.kind, Text(self.kind, self.kind))

    @property
    def percent(self) -> int:
        return 100 * self.rows // self.of if self.of else 100

    @property
    def can_go_on(self) -> bool:
        return self.state in ("stopped", "killed", "failed")


def folder(data_dir: Path) -> Path:
    """Where runs are kept unless somebody names another place."""
    return data_dir / "national"


def runs(data_dir: Path) -> list[Kept]:
    """All runs on the shelf, the newest first."""
    places = folder(data_dir).glob(f"*/{STATE}") if folder(data_dir).is_dir() else ()
    ordered = sorted(places, key=lambda path: path.stat().st_mtime, reverse=True)
    found = (_kept(path.parent) for path in ordered)
    return [one for one in found if one is not None]


def one(data_dir: Path, name: str) -> Kept:
    """One run with what it found. Raises Refused where there is none of this name."""
    kept = _kept(folder(data_dir) / name, whole=True) if NAME.fullmatch(name) else None
    if kept is None:
        raise Refused(
            "no_such_run",
            Text("Tidak ada pekerjaan dengan nama itu.", "There is no run of that name."),
            then=Text("Pilih dari daftarnya.", "Choose one from the list."),
            status=404,
        )
    return kept


def before(data_dir: Path, kept: Kept) -> Kept | None:
    """The finished run of the same kind for the latest earlier month, to compare with."""
    earlier = [o for o in runs(data_dir) if o.kind == kept.kind and o.month < kept.month and o.state == "finished"]
    latest = max(earlier, key=lambda other: other.month, default=None)
    return one(data_dir, latest.name) if latest else None


def stop(data_dir: Path, name: str) -> None:
    """Ask a run to stop after the shards in hand."""
    (folder(data_dir) / one(data_dir, name).name / STOP).touch()


def go_on(data_dir: Path, name: str, *, workers: int | None = None) -> Mapping[str, Any]:
    """Do what is left of a run, as it was asked for; the only function here that needs a compiler."""
    from teduh.national import run
    from teduh.national.job import Asked

    kept = one(data_dir, name)
    asked = Asked(kind=kept.kind, month=kept.month, values=kept.asked.get("values", {}))
    return run.start(asked, source=kept.snapshot, target=str(folder(data_dir) / name), engine=run.local(workers))


def _kept(place: Path, *, whole: bool = False) -> Kept | None:
    said = _json(place / STATE)
    if not said or "asked" not in said:
        return None
    asked = said["asked"]
    state = said["state"] if said["state"] != "running" or _lives(said["pid"]) else "killed"
    return Kept(
        name=place.name, kind=asked["kind"], month=Month.parse(asked["month"]), state=state, rows=said["rows"],
        of=said["of"], seconds=said["seconds"], rate=said["rate"], left=said["left"], why=said.get("why", ""),
        asked=asked, snapshot=said["snapshot"],
        manifest=_json(place / MANIFEST) if whole and state == "finished" else None,
    )  # fmt: skip


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _lives(pid: int) -> bool:
    """Whether the process that wrote the state is still there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
