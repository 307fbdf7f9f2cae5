"""Lists of agencies and missions: checked row by row first, done as one afterwards, given back with what to mend.

Two purposes: `enter` registers a sender's people; `compare` puts the sender's own register beside ours. Each is one
transaction, all of it or nothing: who is interrupted does it again, and twice is once. A list touches only the sender's
own people, and tells of nobody else more than it said itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import comparing, list_entering, list_refusals
from teduh.migrants import access, queries
from teduh.migrants.exchange import keeping, reading, values, workbook
from teduh.migrants.exchange import report as reports
from teduh.migrants.exchange.report import Committed, ListLine, ListReport, ListRow
from teduh.migrants.exchange.rows import Sender
from teduh.migrants.models import ListPurpose, ListState, PlacementList, RowState
from teduh.security import actions as security
from teduh.security.access import Actor
from teduh.security.fields import UNSTORABLE

AGENCIES = """
SELECT id, name, code FROM migrants_organisation WHERE kind IN ('agency', 'government') AND ended_on IS NULL
"""
ROWS = """
SELECT list_id, count(*), count(*) FILTER (WHERE state = 'mend') FROM migrants_placementrow WHERE list_id = ANY(%s)
GROUP BY list_id
"""
OLDEST_LIST = dt.timedelta(days=3 * 366)


def template(*, purpose: str, language: str = "id") -> bytes:
    """An empty list with its columns and how to fill them, as XLSX."""
    _require_purpose(purpose)
    return workbook.template(purpose=purpose, language=language)


def check(
    *, organisation: int, purpose: str, content: bytes, name: str, as_of: dt.date, by: Actor, on: dt.date,
    at: dt.datetime, whole: bool = False, why: str = "",
) -> ListReport:  # fmt: skip
    """Say of every row what would come of it; nobody is registered and no difference is kept.

    `as_of`: the day the list speaks of; `whole`: it holds everybody whom the sender has. The same bytes of the same day
    are the same list: if it was done, its report is given again; otherwise it is checked anew.
    """
    _require_purpose(purpose)
    access.require(by=by, what="enter", organisation=organisation, why=why)
    if not on - OLDEST_LIST <= as_of <= on:
        raise list_refusals.day_of_list(on)
    done = _done(organisation, purpose, content, as_of)
    if done is not None:
        return reports.report(of=done)
    sender = sender_of(organisation=organisation)
    found = reading.read(content=content, name=name, sender=sender, purpose=purpose, agencies=_agencies(), on=on)
    with transaction.atomic():
        list_ = _checked(found, sender, purpose, content, name[:4_000], as_of, whole, by, on)
        if list_ is not None:
            _record("list.checked", list_, by, why, Counter(str(row.state) for row in found.rows))
    kept = keeping.list_of(list_=list_) if list_ is not None else _done(organisation, purpose, content, as_of)
    assert kept is not None  # done by somebody else a moment ago
    return reports.report(of=kept)


def _checked(
    found: reading.Read, sender: Sender, purpose: str, content: bytes, name: str, as_of: dt.date, whole: bool,
    by: Actor, on: dt.date,
) -> int | None:  # fmt: skip
    """The rows beside the register, kept; None if the list was done meanwhile."""
    _lean_on_indexes()
    older, counts = None, {}
    whole = whole and purpose == ListPurpose.COMPARE
    if purpose == ListPurpose.ENTER:
        matched = list_entering.check(rows=found.rows, sender=sender, on=on)
    else:
        compared = comparing.compare(rows=found.rows, sender=sender, as_of=as_of, whole=whole)
        matched, counts = compared.matched, compared.counts
        newest = comparing.newest(organisation=sender.organisation)
        older = newest if newest and newest > as_of else None
        for row in found.rows:
            reading.judge(row, purpose)
    said = reports.understood(read=found, differences=counts, older_than=older)
    return keeping.keep(
        sender=sender, purpose=purpose, content=content, name=name, as_of=as_of, rows=found.rows, whole=whole,
        understood=said, matched=matched, by=by.user,
    )  # fmt: skip


def _lean_on_indexes() -> None:
    """Until the transaction ends: there are no statistics of rows that were just written."""
    sql.run("SET LOCAL enable_seqscan = off")


def _require_purpose(purpose: str) -> None:
    if purpose not in ListPurpose.values:
        raise list_refusals.purpose_unknown()


def _done(organisation: int, purpose: str, content: bytes, as_of: dt.date) -> PlacementList | None:
    """This very list, if it was committed."""
    digest = hashlib.sha256(content).digest()
    lists = PlacementList.objects.select_related("organisation").defer("content")
    return lists.filter(sha256=digest, organisation=organisation, purpose=purpose, as_of=as_of,
                        state=ListState.COMMITTED).first()  # fmt: skip


def sender_of(*, organisation: int) -> Sender:
    """Whose list it is, and whose people it may touch."""
    one = queries.organisation(organisation=organisation)
    return Sender(organisation=one.id, kind=one.kind, name=one.name, serves=one.serves, seat=one.seat)


def _agencies() -> dict[str, tuple[int, str]]:
    """Agencies by what lists call them: the key of the name, and the code."""
    found: dict[str, tuple[int, str]] = {}
    for id_, name, code in sql.rows(AGENCIES):
        found[values.agency_key(name)] = found[code] = (id_, name)
    found.pop("", None)
    return found


def report(*, list: int, by: Actor, why: str = "") -> ListReport:
    """The report of a list."""
    return reports.report(of=_mine(list, by, "view", why))


def rows(
    *, list: int, by: Actor, only: Sequence[str] = (), after: int = 0, limit: int = 100, why: str = ""
) -> tuple[ListRow, ...]:
    """A page of a list's rows in their order, of all states or some."""
    of = _mine(list, by, "view", why)
    wanted = [state for state in only if state in RowState.values]
    kept = keeping.rows_of(list_=of.id, states=wanted, after=after, limit=max(1, min(limit, 500)))
    return tuple(reports.list_row(one, of.purpose) for one in kept)


def _mine(list_: int, by: Actor, what: str, why: str, *, lock: bool = False) -> PlacementList:
    """A list, if it is the asker's; whose it is not finds none."""
    of = keeping.list_of(list_=list_, lock=lock)
    try:
        access.require(by=by, what=what, organisation=of.organisation_id, why=why)
    except Refused as refused:
        raise (keeping.no_list() if refused.status == 404 else refused) from refused
    return of


def commit(
    *, list: int, by: Actor, on: dt.date, at: dt.datetime, without_stopped: bool = False, why: str = ""
) -> Committed:
    """Do what was checked, in one transaction. A list that was done already only says again what came of it.

    Rows to be mended stop a list that registers people, unless they are left out (`without_stopped`).
    """
    with transaction.atomic():
        of = _mine(list, by, "enter", why, lock=True)
        if of.state == ListState.COMMITTED:
            return _committed(of)
        said = reports.report(of=of)
        if said.why_not is not None:
            raise list_refusals.not_now(said.why_not)
        if of.purpose == ListPurpose.ENTER and said.stopped and not without_stopped:
            raise list_refusals.rows_stopped(said.stopped)
        sender = sender_of(organisation=of.organisation_id)
        _lean_on_indexes()
        if of.purpose == ListPurpose.ENTER:
            list_entering.commit(of=of, sender=sender, by=by, on=on, at=at)
        else:
            comparing.commit(of=of, sender=sender, on=on)
        of.state, of.committed_at = ListState.COMMITTED, at
        of.save(update_fields=["state", "committed_at"])
        done = _committed(of)
        _record("list.committed", of.id, by, why, {"entered": done.entered, **done.differences})
    return done


def _committed(of: PlacementList) -> Committed:
    said = reports.report(of=of)
    return Committed(
        list=of.id, purpose=of.purpose, entered=said.counts.get(RowState.ENTERED, 0),
        known=said.counts.get(RowState.KNOWN, 0), mend=said.stopped, differences=said.differences,
    )  # fmt: skip


def discard(*, list: int, by: Actor, why: str = "") -> ListReport:
    """Throw a list away that was only checked: its rows go, what is left says that it was there."""
    with transaction.atomic():
        of = _mine(list, by, "enter", why, lock=True)
        if of.state == ListState.COMMITTED:
            raise list_refusals.not_now(Text("Daftar ini sudah diproses.", "This list has been processed."))
        sql.run("DELETE FROM migrants_placementrow WHERE list_id = %s", [of.id])
        of.state = ListState.DISCARDED
        of.save(update_fields=["state"])
        _record("list.discarded", of.id, by, why, {})
    return reports.report(of=of)


def mended_sheet(*, list: int, by: Actor, language: str = "id", why: str = "") -> bytes:
    """The original as XLSX, with what came of each row and what to mend beside it."""
    of = _mine(list, by, "view", why)
    content = PlacementList.objects.only("content").get(id=of.id).content
    sheet, layout = reading.original(content=content, name=of.name)
    found = {one.row.number: reports.list_row(one, of.purpose) for one in keeping.rows_of(list_=of.id)}
    _record("list.downloaded", of.id, by, why, {"rows": len(found)})
    return workbook.mended_sheet(sheet=sheet, layout=layout, rows=found, language=language)


def lists_of(
    *, by: Actor, organisation: int | None = None, purpose: str = "", limit: int = 50, why: str = ""
) -> tuple[ListLine, ...]:
    """The lists of the organisations that the account acts for, or of all for an officer; the latest first."""
    lists = PlacementList.objects.select_related("organisation").defer("content", "understood")
    if by.may("own_placements") and by.role != "system":
        lists = lists.filter(organisation__in=[desk.organisation for desk in access.desks_of(by=by)])
    elif not by.may("migrants"):
        raise access.not_yours()
    lists = lists.filter(organisation=organisation) if organisation is not None else lists
    lists = lists.filter(purpose=purpose) if purpose else lists
    found = tuple(lists.order_by("-id")[: max(1, min(limit, 200))])
    counts = {id_: (n, mend) for id_, n, mend in sql.rows(ROWS, [[one.id for one in found]])}
    return reports.lines(found, counts)


def _record(action: str, list_: int, by: Actor, why: str, counts: dict[str, int] | Counter[str]) -> None:
    detail = {UNSTORABLE.sub("", str(name)): n for name, n in counts.items()}
    security.record(by=by, action=action, subjects=[f"placement_list:{list_}"], why=why, detail=detail)
