"""One person picked out of a run's result: his facts in the snapshot, and the same law traced for him alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import assessment
from teduh.law.months import Month
from teduh.national import people, run
from teduh.national.store import Store


@dataclass(frozen=True)
class Picked:
    """A row of an assessment beside the traced assessment of the same facts; `total` is the run's, in rupiah."""

    row: int
    facts: dict[str, int]
    total: int
    assessment: assessment.Assessment

    @property
    def agrees(self) -> bool:
        return self.total == self.assessment.total


def find(address: str, row: int, names: list[str]) -> dict[str, Any] | None:
    """The row with this surrogate key in a dataset, or None."""
    store = Store(address)
    for shard in run.snapshot(address)["shards"]:
        found = store.only(shard["file"], row, names)
        if found:
            return found
    return None


def explain(*, target: str, row: int) -> Picked:
    """Why a person of an assessment owes what it says. Raises Refused where the row is not in it."""
    manifest = run.snapshot(target)
    result = find(target, row, ["total"]) if manifest["what"] == "assess" else None
    facts = find(manifest["snapshot"]["address"], row, list(people.READS)) if result else None
    if not result or not facts:
        raise Refused(
            "no_such_row",
            Text(f"Baris {row} tidak ada dalam hasil di {target}.", f"Row {row} is not in the results at {target}."),
            then=Text("Pilih kunci dari berkas hasil `assess`.", "Pick a key from the files of an `assess`."),
        )
    month = Month.parse(manifest["asked"]["month"])
    traced = assessment.assess(people.facts(facts), month=month)
    return Picked(row=row, facts=facts, total=result["total"], assessment=traced)
