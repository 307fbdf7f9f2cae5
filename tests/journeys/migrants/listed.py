"""What the tests of lists share: an agency and a mission with their desks, lists as CSV, people paid for."""

from __future__ import annotations

import csv
import datetime as dt
import io

from teduh.coverage.models import Span
from teduh.journeys.migrants import lists
from teduh.migrants.exchange.report import Committed, ListReport
from teduh.migrants.models import Placement
from teduh.security.access import Actor
from tests.journeys.migrants import abroad
from tests.migrants import people

ON = people.ON
AT = people.at()
TITLES = {
    "nik": "NIK", "name": "NAMA", "birth_date": "TGL LAHIR", "passport": "NO PASPOR", "destination": "NEGARA TUJUAN",
    "employer": "MAJIKAN", "job": "JABATAN", "starts": "MULAI KONTRAK", "ends": "AKHIR KONTRAK",
    "departs_on": "TGL BERANGKAT", "paid": "STATUS BPJS", "paid_until": "BPJS SAMPAI", "agency": "P3MI",
}  # fmt: skip


def person(number: int, **more: object) -> dict[str, object]:
    """A row of a list: somebody as `people.newcomer` makes her."""
    one = people.newcomer(number)
    return {
        "nik": one.nik, "name": one.name, "birth_date": one.birth_date, "passport": one.passport,
        "destination": "TAIWAN", "employer": "Lin Fu Co.", "job": "Perawat", "starts": dt.date(2026, 4, 1),
        "ends": dt.date(2028, 3, 31), **more,
    }  # fmt: skip


def sheet(*rows: dict[str, object]) -> bytes:
    names = [name for name in TITLES if any(name in row for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([TITLES[name] for name in names])
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue().encode()


def check(of: int, by: Actor, purpose: str, *rows: dict[str, object], as_of: dt.date = ON, on: dt.date = ON,
          whole: bool = False) -> ListReport:  # fmt: skip
    return lists.check(organisation=of, purpose=purpose, content=sheet(*rows), name="daftar.csv", as_of=as_of,
                       whole=whole, by=by, on=on, at=AT)  # fmt: skip


def done(of: int, by: Actor, purpose: str, *rows: dict[str, object], as_of: dt.date = ON, on: dt.date = ON,
         whole: bool = False) -> Committed:  # fmt: skip
    """Checked and committed."""
    found = check(of, by, purpose, *rows, as_of=as_of, on=on, whole=whole)
    return lists.commit(list=found.list, by=by, on=on, at=AT)


def placement_of(number: int) -> Placement:
    from teduh.security import crypto

    nik = people.newcomer(number).nik
    return Placement.objects.filter(person__nik_index=crypto.blind("nik", nik)).latest("id")


def paid(one: Placement, until: dt.date) -> None:
    """The stage that is due is settled, and there is cover until this day."""
    stage = "before" if one.state == "registered" else "during"
    abroad.settled(one, (stage, None if stage == "before" else until, 37_500))
    Span.objects.filter(placement=one).delete()
    abroad.covered(one, "before" if stage == "before" else "during", ON, until)


def codes(report: ListReport) -> set[str]:
    return {one.code for one in report.findings}
