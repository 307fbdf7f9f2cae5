"""Records that may be one person, with the evidence: what they share, never what it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.text import Text
from teduh.registry import names
from teduh.security import crypto

#: A phone shared by more people than this is a group's or a village office's and says nothing.
SHARED_PHONE = 20
MOST_PER_PERSON = 50

#: `OFFSET 0`: the phone first. Without statistics (rows just written) the planner would gather everybody whose name
#: sounds alike, for each person anew.
CANDIDATES = """
WITH fresh AS (
    SELECT p.*, t.sounds, t.born
    FROM json_to_recordset(%(rows)s::json) AS t (id bigint, sounds bigint[], born bigint[])
    JOIN registry_person p ON p.id = t.id
)
SELECT f.id, o.id, f.nik, o.nik, f.name, o.name, o.phone_index IS NOT DISTINCT FROM f.phone_index AND
    f.phone_index IS NOT NULL, o.birth_date = f.birth_date,
    ARRAY[f.registered_at_id, f.lives_in_id, f.works_in_id], ARRAY[o.registered_at_id, o.lives_in_id, o.works_in_id]
FROM fresh f CROSS JOIN LATERAL (
    (SELECT * FROM registry_person b WHERE b.name_words && f.born LIMIT %(most)s)
    UNION
    (SELECT * FROM (SELECT * FROM registry_person WHERE phone_index = f.phone_index OFFSET 0) c
     WHERE c.name_words && f.sounds
        AND (SELECT count(*) FROM (SELECT FROM registry_person x WHERE x.phone_index = f.phone_index
            LIMIT %(shared)s + 1) y) <= %(shared)s
     LIMIT %(most)s)
) o
WHERE o.id <> f.id AND o.merged_into_id IS NULL AND f.merged_into_id IS NULL
"""


@dataclass(frozen=True)
class Suspicion:
    """Two people and why they may be one. `evidence` holds codes and sentences, no personal data."""

    first: int
    second: int
    evidence: tuple[dict[str, str], ...]


SAME_PHONE = Text("Nomor HP sama dan nama mirip.", "The same phone and a similar name.")
SAME_BIRTH = Text(
    "Tanggal lahir sama, nama mirip, dan desa atau kecamatan sama.",
    "The same birth date, a similar name, and the same or a neighbouring village.",
)
NEAR_NIK = Text(
    "NIK hanya berbeda {n} angka, bagian tanggal lahir sama, nama mirip.",
    "The NIKs differ in {n} digit(s) only, with the same birth part, and the names are similar.",
)


def suspects(*, persons: Sequence[int]) -> tuple[Suspicion, ...]:
    """Pairs of each of these people with anybody else, in two statements however many they are."""
    rows = sql.rows("SELECT id, name, birth_date FROM registry_person WHERE id = ANY(%s)", [list(persons)])
    sought = []
    for person, name, birth_date in rows:
        plain = crypto.decrypt(bytes(name))
        telling = " ".join(names.telling(names.words(plain)))
        sought.append(
            {"id": person, "sounds": names.sounds(telling), "born": list(names.birth_words(plain, birth_date))}
        )
    found: dict[tuple[int, int], Suspicion] = {}
    limits = {"rows": json.dumps(sought), "most": MOST_PER_PERSON, "shared": SHARED_PHONE}
    for one, other, *facts in sql.rows(CANDIDATES, limits) if sought else ():
        evidence = _evidence(*facts)
        first, second = sorted((one, other))
        if evidence and (first, second) not in found:
            found[first, second] = Suspicion(first, second, evidence)
    return tuple(found[pair] for pair in sorted(found))


def _evidence(
    one_nik: bytes, other_nik: bytes, one_name: bytes, other_name: bytes, is_same_phone: bool, is_same_birth: bool,
    one_places: list[str | None], other_places: list[str | None],
) -> tuple[dict[str, str], ...]:  # fmt: skip
    likeness = names.compare(crypto.decrypt(bytes(one_name)), crypto.decrypt(bytes(other_name)))
    if not likeness.is_alike:
        return ()
    found = []
    if is_same_phone:
        found.append(("phone", SAME_PHONE))
    if is_same_birth and _are_neighbours(one_places, other_places):
        found.append(("birth", SAME_BIRTH))
    n = _digits_apart(crypto.decrypt(bytes(one_nik)), crypto.decrypt(bytes(other_nik)))
    if 1 <= n <= 2:
        found.append(("nik", NEAR_NIK.with_(n=n)))
    if found:
        found += [("name", text) for text in likeness.because]
    return tuple({"code": code, **text.as_dict()} for code, text in found)


def _are_neighbours(one: list[str | None], other: list[str | None]) -> bool:
    """Whether any of the places are in one district; without places nothing speaks against it."""
    districts, others = ({place[:8] for place in places if place} for places in (one, other))
    return not districts or not others or bool(districts & others)


def _digits_apart(one: str, other: str) -> int:
    """In how many digits two NIKs with the same birth part differ; 16 if the birth part is another."""
    if one[6:12] != other[6:12]:
        return 16
    return sum(a != b for a, b in zip(one, other, strict=True))
