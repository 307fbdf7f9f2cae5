"""Keeps a file, its rows and what came of them. Each verb is one statement, however many rows there are."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.registry.models.files import EnrolmentFile, EnrolmentRow, FileState, RowState
from teduh.registry.sheets.findings import Finding, unpacked
from teduh.registry.sheets.rows import Row
from teduh.security import crypto
from teduh.security.access import Actor
from teduh.security.fields import UNSTORABLE

KEEP = """
INSERT INTO registry_enrolmentfile (sha256, name, content, by_id, state, understood)
VALUES (%(sha256)s, %(name)s, %(content)s, %(by)s, 'checked', %(understood)s::jsonb)
ON CONFLICT (sha256, by_id) DO UPDATE SET understood = EXCLUDED.understood, name = EXCLUDED.name
    WHERE registry_enrolmentfile.state = 'checked'
RETURNING id
"""
USABLE = """
SELECT number, values, findings FROM registry_enrolmentrow
WHERE file_id = %(file)s AND state = ANY(%(states)s) AND values IS NOT NULL ORDER BY number
"""
MARK = """
UPDATE registry_enrolmentrow r SET state = t.state, person_id = t.person, findings = coalesce(t.findings, r.findings)
FROM unnest(%(numbers)s::int[], %(states)s::text[], %(persons)s::bigint[], %(findings)s::bytea[])
    AS t (number, state, person, findings)
WHERE r.file_id = %(file)s AND r.number = t.number
"""


def keep(*, content: bytes, name: str, by: Actor, understood: dict[str, Any], rows: Iterable[Row]) -> int | None:
    """The file and its rows as they were understood now; None if it has been enrolled meanwhile.

    What an earlier check of the same bytes left is replaced.
    """
    kept = sql.rows(
        KEEP,
        {
            "sha256": hashlib.sha256(content).digest(),
            "name": UNSTORABLE.sub("", name)[-200:] or "?",
            "content": crypto.seal(content),
            "by": by.user,
            "understood": json.dumps(understood),
        },
    )
    if not kept:
        return None
    ((file,),) = kept
    sql.run("DELETE FROM registry_enrolmentrow WHERE file_id = %s", [file])
    sql.copy(
        "registry_enrolmentrow (file_id, number, state, values, findings)",
        ((file, row.number, str(row.state), _secret(row.values or None), packed(row.findings)) for row in rows),
    )
    return int(file)


def packed(findings: Sequence[Finding]) -> bytes | None:
    """Findings as they are kept: small, and encrypted, for they quote cells."""
    return _secret([finding.packed() for finding in findings]) if findings else None


def _secret(value: Any) -> bytes | None:
    return None if value is None else crypto.encrypt(UNSTORABLE.sub("", json.dumps(value, ensure_ascii=False)))


def findings_of(row: EnrolmentRow) -> tuple[Finding, ...]:
    """What is said of a kept row."""
    return tuple(unpacked(item) for item in json.loads(row.findings)) if row.findings else ()


def values_of(row: EnrolmentRow) -> dict[str, Any]:
    """What a kept row was understood as."""
    return json.loads(row.values) if row.values else {}


def same(*, content: bytes, by: Actor) -> EnrolmentFile | None:
    """The file with these bytes that the same person handed in before."""
    digest = hashlib.sha256(content).digest()
    return EnrolmentFile.objects.defer("content").filter(sha256=digest, by_id=by.user).first()


def file_of(*, file: int, by: Actor, lock: bool = False) -> EnrolmentFile:
    """A file that the actor may see: his own, or any for an officer. `lock` holds it until the transaction ends."""
    files = EnrolmentFile.objects.select_related("by")
    files = files.select_for_update(of=("self",)) if lock else files
    found = files.defer("content").filter(id=file).first()
    if found is None or not (by.may("everyone") or (by.user is not None and found.by_id == by.user)):
        raise not_found(Text("Berkas ini tidak ditemukan.", "There is no such file."))
    return found


def lean_on_indexes() -> None:
    """Until the transaction ends, look people up by index. PostgreSQL has no statistics of rows that are being written,
    and would read the whole table for each of them."""
    sql.run("SET LOCAL enable_seqscan = off")


class Usable(NamedTuple):
    """A row that can be enrolled; what is sealed is opened when it is asked for."""

    number: int
    sealed_values: bytes
    sealed_findings: bytes | None

    @property
    def values(self) -> dict[str, Any]:
        return json.loads(crypto.decrypt(self.sealed_values))

    @property
    def findings(self) -> tuple[Finding, ...]:
        sealed = self.sealed_findings
        return tuple(unpacked(item) for item in json.loads(crypto.decrypt(sealed))) if sealed else ()


def usable_rows(*, file: int, with_known: bool) -> list[Usable]:
    """The rows that can be enrolled; with the known ones, if they are to join a group."""
    states = [RowState.READY, RowState.WARNED] + ([RowState.KNOWN] if with_known else [])
    return [Usable(*row) for row in sql.rows(USABLE, {"file": file, "states": [str(state) for state in states]})]


def mark(*, file: int, outcomes: Sequence[tuple[int, str, int | None, bytes | None]]) -> None:
    """What came of rows: number, state, person, and findings where they changed."""
    numbers, states, persons, findings = sql.columns(outcomes, 4)
    params = {"file": file, "numbers": numbers, "states": states, "persons": persons, "findings": findings}
    sql.run(MARK, params)


def committed(*, file: EnrolmentFile, understood: dict[str, Any], at: dt.datetime) -> None:
    """The file has been enrolled; nothing is enrolled from it again."""
    file.state, file.understood, file.committed_at = FileState.COMMITTED, understood, at
    file.save(update_fields=["state", "understood", "committed_at"])


def require_name(name: str) -> str:
    """A file's name as it can be kept and shown."""
    if len(name) > 4_000:
        raise Refused(
            "too_long",
            Text("Nama berkas terlalu panjang.", "The file's name is too long."),
            then=Text("Beri nama yang lebih pendek.", "Give it a shorter name."),
            field="file",
        )
    return "".join(c for c in UNSTORABLE.sub("", name) if c.isprintable()).strip()[-200:] or "?"
