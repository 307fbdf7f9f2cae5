"""The bills of a desk: what its organisation owes and paid, and one bill with its code, QR and people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from teduh.contributions import bills as found_bills
from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.migrants import sharing
from teduh.journeys.money import bill_view
from teduh.migrants import access
from teduh.portals import pictures
from teduh.portals.migrants import desk_door
from teduh.portals.migrants.desk_door import Here

PAGE, LINES = 30, 200


@desk_door.desk()
def bills(request: HttpRequest, here: Here) -> HttpResponse:
    """The organisation's bills, newest first."""
    before = desk_door.numbers([request.GET.get("before", "")])
    rows = found_bills.bills(on=clock.today(), organisation=here.id, before=before[0] if before else None, limit=PAGE)
    shown = {"rows": rows, "before": rows[-1].id if len(rows) == PAGE else ""}
    return desk_door.page(request, here, "bills", shown)


@desk_door.desk(officers=True)
def bill(request: HttpRequest, here: Here, number: str) -> HttpResponse:
    """One bill, if the organisation pays it or it is a person's of this desk."""
    on = clock.today()
    row = found_bills.bill_by_number(number=number[:20], on=on)
    if row is None or row.kind != "placement":
        raise _none()
    found = bill_view.view(bill=row.id, on=on)
    _require(here, found)
    noted = {note for line in found.stages for note in line.notes}
    shown = {
        "bill": found, "more_notes": [note for note in found.notes if note not in noted],
        "qr": pictures.qr(found.qris) if found.qris else "", "stages": found.stages[:LINES],
        "more": max(0, len(found.stages) - LINES), "share": _share(request, here, found),
        "one": found.stages[0].placement if found.person and found.stages else None,
        "notes": tuple(dict.fromkeys((note, status) for line in found.stages
                                     for note, status in zip(line.notes, line.statuses, strict=True))),
    }  # fmt: skip
    return desk_door.page(request, here, "bill", shown)


def _require(here: Here, found: bill_view.BillView) -> None:
    """Its own organisation's; or one person's, whom this desk may see."""
    if found.organisation is not None and not here.is_officer:
        if found.organisation != here.id:
            raise _none()
        return
    try:
        access.require_all(by=here.who, what="view", why=here.why,
                           placements=list(dict.fromkeys(line.placement for line in found.stages)))  # fmt: skip
    except Refused as refused:
        raise (_none() if refused.status == 404 else refused) from refused


def _share(request: HttpRequest, here: Here, found: bill_view.BillView) -> dict[str, object] | None:
    """A link for whoever pays, while there is something to pay."""
    if not found.qris or not here.pays:
        return None
    made = sharing.share(bill=found.id, by=here.who, at=clock.now()) if not here.is_officer else None
    if made is None:
        return None
    address = request.build_absolute_uri(made.path)
    return {"address": address, "text": made.text.with_(address=address)}


def _none() -> Refused:
    return not_found(Text("Tagihan ini tidak ditemukan.", "There is no such bill."))
