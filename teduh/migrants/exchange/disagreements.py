"""Open differences as a person decides them: what each side says, and what may be done about each kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.text import Text
from teduh.migrants import reference, words
from teduh.migrants.exchange import keeping
from teduh.migrants.exchange.messages import LABELS
from teduh.migrants.models import DifferenceKind
from teduh.security import masking

KINDS: dict[str, Text] = {
    DifferenceKind.NOT_HERE: Text("Ada di sana, tidak di sini", "There, and not here"),
    DifferenceKind.NOT_THERE: Text("Ada di sini, tidak di sana", "Here, and not there"),
    DifferenceKind.PAID_THERE: Text("Lunas di sana, belum di sini", "Paid there, not here"),
    DifferenceKind.PAID_HERE: Text("Lunas di sini, belum di sana", "Paid here, not there"),
    DifferenceKind.DATES: Text("Tanggal berbeda", "Dates differ"),
    DifferenceKind.DESTINATION: Text("Negara berbeda", "Destinations differ"),
    DifferenceKind.PASSPORT: Text("Paspor berbeda", "Passports differ"),
    DifferenceKind.NAME: Text("Nama berbeda", "Names differ"),
    DifferenceKind.UNSURE: Text("Mungkin orang yang sama", "Perhaps the same person"),
}
#: What to do about each kind, said beside it.
ADVICE: dict[str, Text] = {
    DifferenceKind.NOT_HERE: Text("Daftarkan orang ini, bila ia memang orang Anda.", "Register him, if he is yours."),
    DifferenceKind.NOT_THERE: Text("Tanyakan: sudah pulang, pindah, atau terlewat di catatan mereka?",
                                   "Ask: returned, moved, or missing in their records?"),
    DifferenceKind.PAID_THERE: Text("Minta bukti bayarnya: di sini uangnya belum diterima, jadi ia belum terlindungi.",
                                    "Ask for the receipt: the money has not come in here, so he is not covered."),
    DifferenceKind.PAID_HERE: Text("Kirim catatan kita kepada mereka.", "Send them our record."),
    DifferenceKind.DATES: Text("Cocokkan dengan perjanjian kerja; perlindungan mengikuti tanggalnya.",
                               "Compare with the work agreement; the cover follows its days."),
    DifferenceKind.DESTINATION: Text("Cocokkan dengan perjanjian kerja.", "Compare with the work agreement."),
    DifferenceKind.PASSPORT: Text("Paspor mungkin baru; cocokkan dengan paspornya.",
                                  "The passport may be new; compare with the passport."),
    DifferenceKind.NAME: Text("Nama mengikuti KTP.", "The name follows the KTP."),
    DifferenceKind.UNSURE: Text("Putuskan apakah ini orang yang sama; keputusan ini diingat.",
                                "Decide whether it is the same person; this is remembered."),
}  # fmt: skip
HOWS: dict[str, tuple[str, ...]] = {
    DifferenceKind.NOT_HERE: ("theirs", "ours", "noted"),
    DifferenceKind.NOT_THERE: ("ours", "noted"),
    DifferenceKind.PAID_THERE: ("ours", "noted"),
    DifferenceKind.PAID_HERE: ("ours", "noted"),
    DifferenceKind.DATES: ("theirs", "ours", "noted"),
    DifferenceKind.DESTINATION: ("theirs", "ours", "noted"),
    DifferenceKind.PASSPORT: ("theirs", "ours", "noted"),
    DifferenceKind.NAME: ("ours", "noted"),
    DifferenceKind.UNSURE: ("same", "other", "noted"),
}
HOW: dict[str, Text] = {
    "theirs": Text("Pakai data mereka", "Take theirs"),
    "ours": Text("Data kita benar", "Keep ours"),
    "same": Text("Orang yang sama", "The same person"),
    "other": Text("Orang lain", "Another person"),
    "noted": Text("Sudah dicatat", "Noted"),
}
PAGE = """
SELECT d.id, d.kind, d.state, d.found_on, d.settled_on, d.how, d.note, d.ours, d.theirs, d.placement_id, m.number,
    m.person_id, l.id, l.as_of, o.id, o.name
FROM migrants_difference d JOIN migrants_placementlist l ON l.id = d.list_id
JOIN migrants_organisation o ON o.id = l.organisation_id LEFT JOIN migrants_placement m ON m.id = d.placement_id
WHERE {where} ORDER BY d.id LIMIT %(limit)s
"""
COUNTS = """
SELECT d.kind, count(*) FROM migrants_difference d JOIN migrants_placementlist l ON l.id = d.list_id
WHERE d.state = 'open' AND {where} GROUP BY 1
"""
ALL_OR_SOME = "(%(all)s OR l.organisation_id = ANY(%(organisations)s))"


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """A difference: what we say and what they say, field by field, and what may be done about it."""

    id: int
    kind: str
    kind_name: Text
    advice: Text
    state: str
    who: str
    organisation: int
    organisation_name: str
    list: int
    as_of: dt.date
    placement: int | None
    number: str
    person: int | None
    ours: tuple[tuple[Text, Text], ...]
    theirs: tuple[tuple[Text, Text], ...]
    found_on: dt.date
    settled_on: dt.date | None
    how: str
    note: str
    hows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """A page of differences, how many are open of each kind, and after which the next page begins (0: none)."""

    rows: tuple[DifferenceView, ...]
    counts: dict[str, int]
    after: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def page(*, organisations: list[int] | None, kind: str, after: int, limit: int) -> Differences:
    """Open differences of these senders (None: of all), the oldest first; two statements."""
    given = {"all": organisations is None, "organisations": organisations or [], "kind": kind, "after": after,
             "limit": limit}  # fmt: skip
    where = f"d.state = 'open' AND d.id > %(after)s AND (%(kind)s = '' OR d.kind = %(kind)s) AND {ALL_OR_SOME}"
    rows = tuple(_view(row) for row in sql.rows(PAGE.format(where=where), given))
    counts = dict(sql.rows(COUNTS.format(where=ALL_OR_SOME), given))
    return Differences(rows, counts, rows[-1].id if len(rows) == limit else 0)


def view(*, difference: int) -> DifferenceView:
    """One difference, in whatever state."""
    return _view(sql.rows(PAGE.format(where="d.id = %(id)s"), {"id": difference, "limit": 1})[0])


def _view(row: tuple[Any, ...]) -> DifferenceView:
    id_, kind, state, found_on, settled_on, how, note, ours, theirs, placement, number, person, list_, as_of, *of = row
    us, them = keeping.opened(ours), keeping.opened(theirs)
    return DifferenceView(
        id=id_, kind=kind, kind_name=KINDS[kind], advice=ADVICE[kind], state=state,
        who=masking.name(us.get("name") or them.get("name") or ""), organisation=of[0], organisation_name=of[1],
        list=list_, as_of=as_of, placement=placement, number=number or "", person=person, ours=_said(us),
        theirs=_said(them), found_on=found_on, settled_on=settled_on, how=how,
        note=keeping.opened(note).get("note", "") if note else "", hows=tuple((one, HOW[one]) for one in HOWS[kind]),
    )  # fmt: skip


def _said(values: dict[str, Any]) -> tuple[tuple[Text, Text], ...]:
    return tuple((LABELS.get(name, Text(name, name)), _word(name, value)) for name, value in values.items())


def _word(name: str, value: Any) -> Text:
    """A value for people; a NIK stays masked, a passport is shown, for it must be compared."""
    if value is None or value == "":
        return Text("belum ada", "none")
    if isinstance(value, bool):
        return Text("lunas", "paid") if value else Text("belum lunas", "unpaid")
    if name == "destination" and (place := reference.destination(value)):
        return place.name
    if name == "state" and value in words.STATES:
        return words.STATES[value]
    shown = masking.nik(value) if name == "nik" else str(value)
    return Text(shown, shown)
