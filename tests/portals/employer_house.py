"""A firm with its people for the tests of its pages: accounts by role, wage sheets, and a month filed."""

from __future__ import annotations

import datetime as dt
import itertools

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from teduh.core import clock
from teduh.employers import reference
from teduh.journeys.employers import employers
from teduh.law.months import Month
from teduh.security.access import Actor
from tests.portals import house

MONTH = "2026-04"
NOW = "2026-05-06T10:00:00+07:00"
_serial = itertools.count(1)


def actor_of(client: Client) -> Actor:
    account = client.account  # type: ignore[attr-defined]
    return Actor(user=account.pk, name=account.username, role=account.role)


def firm(owner: Client, name: str = "Bengkel Kayu Jati", **told: object) -> int:
    """A firm that this account registered, with one site of an activity of class 3, size small."""
    reference.load_reference()
    activity = next(one for one in reference.activities() if one.risk_class == 3)
    wanted = {
        "name": name, "legal_form": "UD", "region": "33.20", "activity": activity.id, "evidence": "NIB",
        "yearly_sales": 3_000_000_000, "from_month": Month(2026, 2), **told,
    }  # fmt: skip
    made = employers.register(
        firm=employers.NewFirm(**wanted),
        by=actor_of(owner),
        on=clock.today(),
        at=clock.now(),  # type: ignore[arg-type]
    )
    return int(made.employer)


def place(firm_: int, role: str, owner: Client) -> Client:
    """A client with an account that has this role at the firm."""
    client = house.signed_in("employer", name=f"{role}-{next(_serial)}")
    employers.add_staff(
        employer=firm_,
        username=client.account.username,
        role=role,
        by=actor_of(owner),
        on=clock.today(),  # type: ignore[attr-defined]
    )
    return client


def nik(n: int, born: dt.date = dt.date(1990, 5, 17)) -> str:
    return f"332001{born:%d%m%y}{n:04d}"


def sheet(people: list[tuple[int, str, int]], *, extra: str = "") -> bytes:
    """A month's sheet: (number, name, wage)."""
    lines = ["NIK;Nama;Tanggal Lahir;Upah;Mulai Bekerja"]
    lines += [f"{nik(n)};{name};17-05-1990;{wage};01-02-2026" for n, name, wage in people]
    return ("\n".join(lines) + extra).encode()


PEOPLE = [(n, f"Pekerja Nomor {n}", 2_500_000 + 100_000 * n) for n in range(1, 13)]


def upload(client: Client, firm_: int, content: bytes, month: str = MONTH, name: str = "upah.csv"):
    return client.post(reverse("employer_month", args=[firm_, month]), {"file": SimpleUploadedFile(name, content)})


def filed(client: Client, firm_: int, people: list[tuple[int, str, int]] = PEOPLE, month: str = MONTH) -> int:
    """The month is filed; the return's id."""
    answer = upload(client, firm_, sheet(people), month)
    assert answer.status_code == 302, answer.content.decode()
    client.post(answer["Location"], {"do": "file"})
    return int(answer["Location"].rstrip("/").split("/")[-2])
