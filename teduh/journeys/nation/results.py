"""Reading the results of a run before they are booked: are they whole, of this fund's data, and by today's rulebook?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import codes, rulebook
from teduh.law.messages import RulebookError
from teduh.law.months import Month
from teduh.ledger.bulk import BookingKind, Results

#: What is booked of each kind: the column whose sum is its amount.
AMOUNTS = {BookingKind.ACCRUE: "earned", BookingKind.ASSESS: "total"}
ABROAD = ("before", "during", "extension")
ARTICLES = ("PP 46/2015 Pasal 27(1)",)


@dataclass(frozen=True, slots=True)
class Read:
    """One shard as it goes into a table: columns by name."""

    stamp: str
    rows: int
    amount: int
    columns: Mapping[str, Any]


def checked(target: str, *, fund: Any) -> Results:
    """The results at `target` as their manifest says them.

    Raises Refused: no_snapshot, not_for_booking (another kind, a scenario), checks_failed, not_of_this_fund,
    other_rulebook.
    """
    from teduh.national import report, run

    manifest = run.snapshot(target)
    kind, values = manifest.get("what", ""), manifest.get("asked", {}).get("values", {})
    if kind not in BookingKind.values or values.get("scenario") or not values.get("declared", True):
        raise _refused("not_for_booking", "Hasil ini bukan untuk dibukukan.", "These results are not for booking.",
                       "Hanya `assess`, dan `accrue` dengan tingkat yang ditetapkan.",
                       "Only `assess`, and `accrue` at a declared rate, are.")  # fmt: skip
    if wrong := next((check for check in report.checks(manifest) if not check.holds), None):
        raise _refused("checks_failed", "Pemeriksaan hasil ini gagal.", "The checks of these results fail.",
                       f"{wrong.what.id}: {wrong.detail.id}", f"{wrong.what.en}: {wrong.detail.en}")  # fmt: skip
    _of_this_fund(manifest, run.snapshot(manifest["snapshot"]["address"]), fund)
    if manifest["rulebook"] != rulebook.version():
        raise _refused("other_rulebook", "Hasil ini dihitung dengan kumpulan aturan lain.",
                       "These results are by another rulebook.", *[manifest["rulebook"]] * 2)  # fmt: skip
    month = Month.parse(manifest["asked"]["month"])
    if kind == BookingKind.ACCRUE:
        _by_the_declared_rate(month, values)
    return _results(target, manifest, kind, month)


def _of_this_fund(manifest: Mapping[str, Any], snapshot: Mapping[str, Any], fund: Any) -> None:
    is_ours = snapshot.get("source") == {"kind": "postgresql", "key": fund.fingerprint}
    if not is_ours or snapshot["checksum"] != manifest["snapshot"]["checksum"]:
        raise _refused("not_of_this_fund", "Hasil ini bukan dari snapshot dana ini.",
                       "These results are not of a snapshot of this fund.",
                       "Snapshot buatan, kunci lain, atau sudah diganti.",
                       "A synthetic snapshot, another key, or one that was replaced.")  # fmt: skip


def _by_the_declared_rate(month: Month, values: Mapping[str, Any]) -> None:
    try:
        rate = rulebook.in_force("jht_return_rate", month).number
    except RulebookError as error:
        raise _refused("not_declared", "Tingkat hasil tahun ini belum ditetapkan.",
                       "The year's return is not declared yet.", error.why.id, error.why.en) from error  # fmt: skip
    if month.month != 12 or values.get("rate") != rate:
        raise _refused("not_declared", "Bukan tingkat hasil yang ditetapkan untuk tahun itu.",
                       "It is not the return declared for that year.", f"{month}", f"{month}")  # fmt: skip


def _refused(code: str, what_id: str, what_en: str, why_id: str, why_en: str) -> Refused:
    again = Text("Buat snapshot dan hitung lagi.", "Make a snapshot and run it again.")
    return Refused(code, Text(what_id, what_en), why=Text(why_id, why_en), then=again, status=409)


def _results(target: str, manifest: Mapping[str, Any], kind: str, month: Month) -> Results:
    shards = [{name: one[name] for name in ("file", "rows", "checksum", "stamp")} for one in manifest["shards"]]
    stamp = hashlib.sha256(json.dumps([kind, str(month), shards], sort_keys=True).encode()).hexdigest()
    names = [column["name"] for column in manifest["schema"][1:]]
    said = {name: manifest[name] for name in ("rows", "checksum", "sums", "rulebook", "code", "asked", "snapshot")}
    return Results(
        kind=kind, month=month, stamp=stamp, target=target, rows=manifest["rows"],
        amount=manifest["sums"][AMOUNTS[BookingKind(kind)]], shards=len(shards),
        said=said | {"shards": shards, "columns": names}, articles=ARTICLES if kind == BookingKind.ACCRUE else (),
    )  # fmt: skip


def read(*, target: str, shard: Mapping[str, Any], kind: str, fund: Any) -> Read:
    """One shard, checked number by number against what it says of itself. Raises Refused (results_damaged)."""
    import numpy as np

    from teduh.national import counting
    from teduh.national.store import UNREADABLE, Store
    from teduh.national.surrogates import KINDS

    store = Store(target)
    try:
        said, table = store.said(shard["file"]), store.table(shard["file"])
    except UNREADABLE as error:
        raise _damaged(shard["file"]) from error
    ids = table.column("id").to_numpy()
    values = {name: table.column(name).to_numpy() for name in table.column_names[1:]}
    block = np.stack([one.astype(np.int64, copy=False) for one in values.values()])
    if not said or said["stamp"] != shard["stamp"] or f"{counting.digest(ids, block):016x}" != shard["checksum"]:
        raise _damaged(shard["file"])
    if any(int(values[name].sum(dtype=np.int64)) != total for name, total in said["sums"].items()):
        raise _damaged(shard["file"])
    rows, of = np.divmod(fund.open(ids), KINDS)
    order = np.argsort(rows, kind="stable")
    picked = _accruals if kind == BookingKind.ACCRUE else _expectations
    found = picked(rows[order], of[order], {name: one[order] for name, one in values.items()})
    return Read(stamp=shard["stamp"], rows=len(next(iter(found.values()))),
                amount=said["sums"][AMOUNTS[BookingKind(kind)]], columns=found)  # fmt: skip


def _accruals(rows: Any, of: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Members' accounts that earned something, or carry a part of a rupiah into the next year."""
    from teduh.national.surrogates import PERSON

    if (of != PERSON).any():
        raise _damaged("accrue")
    some = (values["earned"] > 0) | (values["carried"] > 0)
    return {"party": rows[some], "amount": values["earned"][some], "carried": values["carried"][some]}


def _expectations(rows: Any, of: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    import numpy as np

    from teduh.national.surrogates import EMPLOYMENT, ENROLMENT, PLACEMENT, PROJECT_WORKER

    segments = np.zeros(8, np.int16)
    for kind, segment in ((ENROLMENT, codes.SELF_EMPLOYED), (EMPLOYMENT, codes.WAGE_EARNER),
                          (PROJECT_WORKER, codes.CONSTRUCTION), (PLACEMENT, codes.MIGRANT)):  # fmt: skip
        segments[kind] = segment
    if len(of) and not segments[of].all():
        raise _damaged("assess")
    found = {"source": rows}
    found |= {name: values[name] for name in codes.BILL[:9]}
    found["abroad"] = sum(values[name] for name in ABROAD)
    return found | {"total": values["total"], "segment": segments[of], "refused": values["refused"].astype(np.int16)}


def _damaged(file: str) -> Refused:
    return _refused("results_damaged", "Berkas hasil rusak atau bukan dari perhitungan ini.",
                    "A file of the results is damaged or of another run.", file, file)  # fmt: skip
