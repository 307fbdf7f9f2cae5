"""What a finished run says: totals by segment, province, sector and age, its checks, what changed since another.

Everything is read from manifests; no shard is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from teduh.core.text import Text
from teduh.national import groups, published, schema

SEGMENTS = {
    schema.PU: Text("Penerima upah", "Wage earners"), schema.BPU: Text("Bukan penerima upah", "Self-employed"),
    schema.JAKON: Text("Jasa konstruksi", "Construction"), schema.PMI: Text("Pekerja migran", "Migrant workers"),
}  # fmt: skip
SECTORS = dict(enumerate((
    Text("Pertanian", "Agriculture"), Text("Perikanan", "Fishery"), Text("Industri", "Manufacturing"),
    Text("Konstruksi", "Construction"), Text("Perdagangan", "Trade"), Text("Transportasi", "Transport"),
    Text("Akomodasi dan makan minum", "Accommodation and food"), Text("Rumah tangga", "Domestic work"),
    Text("Jasa", "Services"),
), 1))  # fmt: skip
DIMENSIONS = {
    "segment": Text("Segmen", "Segment"), "province": Text("Provinsi", "Province"),
    "sector": Text("Sektor", "Sector"), "age": Text("Umur", "Age"), "decile": Text("Desil pendapatan", "Income decile"),
}  # fmt: skip
#: Where a dimension stands among the parts of a group.
PLACES = {"segment": 0, "province": 1, "sector": 2}


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a dimension: how many people, and the sum of each summed column."""

    key: int
    name: Text
    people: int
    sums: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold of a run, and whether it does."""

    what: Text
    holds: bool
    detail: Text


@dataclass(frozen=True, slots=True)
class Change:
    """A total beside the same total of another run."""

    name: Text
    before: int
    now: int

    @property
    def per_thousand(self) -> int | None:
        """By how many thousandths it changed; None from nothing."""
        return None if not self.before else round(1000 * (self.now - self.before) / self.before)


def dimensions(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """What a run's totals can be split by."""
    return ("segment", "province", "sector", "decile" if manifest["what"] == "what_if" else "age")


def rows(manifest: Mapping[str, Any], *, by: str) -> list[Row]:
    """The totals split by a dimension, in the order of its keys."""
    at = PLACES.get(by, 3)
    total: dict[int, list[int]] = {}
    for group, counted in manifest["tally"].items():
        key = groups.parts(int(group))[at]
        before = total.get(key)
        total[key] = list(counted) if before is None else [a + b for a, b in zip(before, counted, strict=True)]
    return [Row(key, _name(by, key), people, tuple(sums)) for key, (people, *sums) in sorted(total.items())]


def _name(by: str, key: int) -> Text:
    if by == "segment":
        return SEGMENTS.get(key, Text(str(key), str(key)))
    if by == "province":
        name = published.provinces().get(str(key), str(key))
        return Text(name, name)
    if by == "sector":
        return SECTORS.get(key, Text("Tidak diketahui", "Not known"))
    if by == "decile":
        return Text(f"Desil {key}", f"Decile {key}")
    low = 5 * key
    return Text(f"{low}–{low + 4} tahun", f"{low}–{low + 4} years")


def columns(manifest: Mapping[str, Any]) -> tuple[Text, ...]:
    """The words of the summed columns, in the order of `Row.sums`."""
    said = {one["name"]: Text(one["id"], one["en"]) for one in manifest["schema"]}
    return tuple(said[name] for name in manifest["summed"])


def checks(manifest: Mapping[str, Any]) -> list[Check]:
    """What must hold of any run, and of this kind."""
    split = [sum(row.people for row in rows(manifest, by=by)) for by in dimensions(manifest)]
    found = [
        Check(Text("Semua baris snapshot dibaca", "Every row of the snapshot was read"),
              manifest["read"] == manifest["snapshot"]["rows"], _number(manifest["read"])),
        Check(Text("Rincian sama dengan jumlahnya", "Each split adds up to the whole"),
              set(split) <= {manifest["rows"]}, _number(manifest["rows"])),
    ]  # fmt: skip
    sums = manifest["sums"]
    if manifest["what"] == "assess":
        lines = (
            "jkk",
            "jkm",
            "jht_employer",
            "jht_worker",
            "jp_employer",
            "jp_worker",
            "before",
            "during",
            "extension",
        )
        parts = sum(sums[name] for name in lines)
        found.append(_equal("Iuran tiap program sama dengan yang dibayar", "Programmes add up to what is paid", parts,
                            sums["total"]))  # fmt: skip
    if manifest["what"] == "accrue":
        opening = manifest["snapshot"].get("sums", {}).get("opening")
        if opening is not None:
            made = opening + sums["paid"] + sums["earned"]
            said = (
                "Saldo awal, iuran, dan hasil menjadi saldo akhir",
                "Opening, paid and earned make the closing balance",
            )
            found.append(_equal(*said, made, sums["closing"]))
        found.append(Check(Text("Sisa pembulatan tercatat", "What rounding left is accounted"), True,
                           _number(sums["carried"] // 120_000_000, "Rp")))  # fmt: skip
    if manifest["what"] == "standing":
        parts = sums["protected"] + sums["grace"] + sums["over"]
        found.append(_equal("Setiap orang tepat satu keadaan", "Everybody is in exactly one state", parts,
                            manifest["rows"]))  # fmt: skip
    if manifest["what"] == "replay":
        found.append(Check(Text("Semua baris sama dengan yang dibukukan", "Every row comes out as it was booked"),
                           not sums["differs"], _number(sums["differs"])))  # fmt: skip
    return found


def _equal(id_: str, en: str, left: int, right: int) -> Check:
    one, other, sign = _number(left), _number(right), "=" if left == right else "≠"
    return Check(Text(id_, en), left == right, Text(f"{one.id} {sign} {other.id}", f"{one.en} {sign} {other.en}"))


def _number(value: int, before: str = "") -> Text:
    return Text(f"{before}{value:,}".replace(",", "."), f"{before}{value:,}")


def changes(manifest: Mapping[str, Any], before: Mapping[str, Any]) -> list[Change]:
    """Each total beside the same of an earlier run of this kind."""
    said = dict(zip(manifest["summed"], columns(manifest), strict=True))
    people = Change(Text("orang", "people"), before["rows"], manifest["rows"])
    return [people] + [
        Change(said[name], before["sums"][name], manifest["sums"][name])
        for name in manifest["summed"]
        if name in before["sums"]
    ]
