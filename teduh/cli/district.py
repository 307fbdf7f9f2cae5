"""The made-up district and its sign-ins: made once, kept in the data folder, printed at every start."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from teduh.core import clock
from teduh.registry.queries import people
from teduh.security import actions
from teduh.security.access import SYSTEM
from teduh.security.models import Role, User
from teduh.site import place
from teduh.site.embedded import Trouble

CHANGED = "(changed by its owner)"


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign-in to print."""

    user: int
    username: str
    password: str
    role: str
    sees: str


#: username, role, name, what this account is there to look at.
STAFF = (
    ("peserta", Role.MEMBER, "Peserta Contoh", "own protection, bills, card, who looked at the record"),
    ("pekerja", Role.MEMBER, "Pekerja Contoh", "a garment worker: wages as two firms reported them, savings, cover"),
    ("pengelola", Role.EMPLOYER, "Pengelola Contoh", "six firms: returns, bills, workers, sites, a Jakon project"),
    ("akuntan", Role.EMPLOYER, "Akuntan Contoh", "files for three of them: one late, one with a month missing"),
    ("agen", Role.AGENT, "Agen Contoh", "enrols people and sheets, sees who will lapse"),
    ("petugas1", Role.OFFICER, "Petugas Satu", "search, dossiers, duplicates, suspense, refunds"),
    ("petugas2", Role.OFFICER, "Petugas Dua", "the second pair of eyes: approves what the first proposed"),
    ("pengawas", Role.INSPECTOR, "Pengawas Contoh", "employers by risk, cases with their steps, workers' reports"),
    ("p3mi", Role.AGENCY, "P3MI Contoh", "an agency: its people, lists, bills, who ends when"),
    ("kdei", Role.MISSION, "KDEI Contoh", "the mission in Taipei: who is unprotected, matters, differences, extending"),
    ("gerbang", Role.MISSION, "Gerbang Contoh", "the departure gate of the government's placement: is she covered?"),
    ("pmi", Role.MEMBER, "Pekerja Migran Contoh", "works in Taiwan: her timeline, extending, matters, family"),
    ("keluarga", Role.FAMILY, "Keluarga Contoh", "her family at home: pays, extends, asks"),
    ("auditor", Role.AUDITOR, "Auditor Contoh", "books and audit, no personal data"),
    ("operator", Role.OPERATOR, "Operator Contoh", "the simulator bank, runs, accounts"),
)
#: What an account is to the made-up employers.
FIRMS_STAFF = {
    "employer": "pengelola", "accountant": "akuntan", "inspector": "pengawas", "officer": "petugas1",
    "worker": "pekerja",
}  # fmt: skip
#: What an account is to the made-up migrant workers.
MIGRANTS_STAFF = {"agency": "p3mi", "mission": "kdei", "gate": "gerbang", "migrant": "pmi", "relative": "keluarga"}


def accounts(folder: Path) -> list[Sign]:
    """One account for each role (two officers, for what takes two). Passwords are random and made once."""
    path = folder / "keys" / "sign-ins.json"
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    found = []
    for username, role, name, sees in STAFF:
        password = kept.setdefault(username, secrets.token_urlsafe(12))
        with transaction.atomic():
            user, password = _account(username, role, name, password)
        found.append(Sign(user=user, username=username, password=password, role=role, sees=sees))
    _keep(path, kept)
    return found


def _account(username: str, role: str, name: str, password: str) -> tuple[int, str]:
    user = User.objects.filter(username=username).first()
    if user is None:
        return actions.create_account(username=username, role=role, password=password, name=name, by=SYSTEM), password
    return int(user.pk), password if user.check_password(password) else CHANGED


def _keep(path: Path, kept: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_suffix(".new")
    aside.touch(mode=0o600)
    aside.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    aside.replace(path)


def is_made() -> bool:
    """Whether the district is there."""
    from teduh.journeys import demo

    return bool(demo.is_created())


def make(*, people: int, seed: int, accounts: dict[str, int]) -> None:
    """Makes it, by the same journeys that real people go through."""
    from teduh.journeys import demo

    demo.create(people=people, seed=seed, on=clock.today(), accounts=accounts, progress=lambda *_: None)


def has_firms() -> bool:
    """Whether the employers are there."""
    from teduh.journeys import demo_firms

    return bool(demo_firms.is_created())


def make_firms(*, accounts: dict[str, int]) -> None:
    """Makes them, by the same journeys that real employers go through. `accounts`: username -> user."""
    from teduh.journeys import demo_firms

    now = clock.now()
    demo_firms.create(on=clock.today(), at=now, accounts={what: accounts[name] for what, name in FIRMS_STAFF.items()})


def has_migrants() -> bool:
    """Whether the migrant workers are there."""
    from teduh.journeys import demo_migrants

    return bool(demo_migrants.is_created())


def make_migrants(*, seed: int, accounts: dict[str, int]) -> None:
    """Makes them, by the same journeys that real ones go through. `accounts`: username -> user."""
    from teduh.journeys import demo_migrants

    named = {what: accounts[name] for what, name in MIGRANTS_STAFF.items()}
    demo_migrants.create(seed=seed, on=clock.today(), at=clock.now(), accounts=named)


def check_keys() -> None:
    """The keys of this data folder open this database: the two can be parted by DATABASE_URL or a restored backup."""
    try:
        people.try_keys()
    except Exception as error:
        raise Trouble(
            f"The keys in {place.data_dir() / 'keys'} do not open this database: it was filled "
            f"with others ({type(error).__name__}). Put the right keys there, or name their file with TEDUH_KEYS_FILE."
        ) from error
