"""What every page knows: the menu of the signed-in role, and whether a second factor should be offered."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from teduh.core.text import Text
from teduh.migrants import queries as migrants
from teduh.outreach import queries as messages
from teduh.portals import actor
from teduh.security.models import Role

STAFF = (Role.OFFICER, Role.INSPECTOR, Role.AUDITOR, Role.OPERATOR)

MENUS: dict[str, tuple[tuple[Text, str], ...]] = {
    "": (
        (Text("Daftar", "Join"), "join"),
        (Text("Ke luar negeri", "Going abroad"), "migrants"),
        (Text("Hitung iuran", "What it costs"), "explain"),
        (Text("Periksa kartu", "Check a card"), "verify"),
        (Text("Masuk", "Sign in"), "sign_in"),
    ),
    Role.MEMBER: (
        (Text("Perlindungan saya", "My protection"), "member"),
        (Text("Bayar", "Pay"), "member_pay"),
        (Text("Upah", "Wages"), "member_wages"),
        (Text("Kartu", "Card"), "member_card"),
        (Text("Catatan", "Statement"), "member_statement"),
        (Text("Data saya", "My data"), "member_data"),
        (Text("Pesan", "Messages"), "messages"),
    ),
    Role.AGENT: (
        (Text("Peserta saya", "My people"), "agent"),
        (Text("Daftarkan", "Enrol"), "join"),
        (Text("Unggah berkas", "Upload a sheet"), "upload"),
        (Text("Kelompok", "Groups"), "groups"),
    ),
    Role.EMPLOYER: (
        (Text("Usaha saya", "My businesses"), "employers"),
        (Text("Daftarkan usaha", "Register a business"), "employer_new"),
    ),
    Role.AGENCY: (
        (Text("Pekerja migran", "Migrant workers"), "desk"),
        (Text("Periksa keberangkatan", "Check a departure"), "gate"),
        (Text("Gambaran", "The picture"), "migrant_picture"),
    ),
    Role.MISSION: (
        (Text("Pekerja migran", "Migrant workers"), "desk"),
        (Text("Periksa keberangkatan", "Check a departure"), "gate"),
        (Text("Gambaran", "The picture"), "migrant_picture"),
    ),
    Role.FAMILY: (
        (Text("Keluarga saya", "My family"), "family"),
        (Text("Urusan", "Matters"), "family_matters"),
        (Text("Pekerja migran", "Migrant workers"), "migrants"),
    ),
    Role.OFFICER: (
        (Text("Meja kerja", "Desk"), "officer"),
        (Text("Cari", "Search"), "search"),
        (Text("Pemberi kerja", "Employers"), "officer_employers"),
        (Text("Pekerja migran", "Migrant workers"), "officer_migrants"),
        (Text("Daftarkan", "Enrol"), "join"),
        (Text("Unggah", "Upload"), "upload"),
        (Text("Kelompok", "Groups"), "groups"),
        (Text("Dana menunggu", "Suspense"), "suspense"),
        (Text("Pengembalian", "Refunds"), "refunds"),
        (Text("Data ganda", "Duplicates"), "duplicates"),
        (Text("Identitas", "Identity"), "identities"),
        (Text("Proyek", "Projects"), "officer_projects"),
    ),
    Role.INSPECTOR: (
        (Text("Pemberi kerja", "Employers"), "inspector"),
        (Text("Perkara", "Cases"), "cases"),
        (Text("Laporan pekerja", "Workers' reports"), "worker_reports"),
    ),
    Role.AUDITOR: ((Text("Neraca saldo", "Trial balance"), "books"), (Text("Jejak audit", "Audit trail"), "audit")),
    Role.OPERATOR: (
        (Text("Bank simulasi", "Simulator bank"), "bank"),
        (Text("Pesan", "Messages"), "message_state"),
        (Text("Nasional", "Nation"), "nation"),
        (Text("Neraca saldo", "Trial balance"), "books"),
        (Text("Jejak audit", "Audit trail"), "audit"),
    ),
}


#: What a member's menu begins with if he works abroad, or did.
ABROAD = ((Text("Di luar negeri", "Abroad"), "migrant_home"), (Text("Urusan", "Matters"), "matters"))


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    label: Text
    address: str
    is_here: bool
    count: int = 0


def _unread(request: HttpRequest) -> int:
    """How many messages wait for the member who reads this page."""
    person = actor.of(request).person
    return messages.unread(person=person) if person else 0


def _abroad(request: HttpRequest) -> tuple[tuple[Text, str], ...]:
    """The migrant's pages, for members whom they concern."""
    person = actor.of(request).person if getattr(request, "user", None) else None
    return ABROAD if person and migrants.current(person=person) else ()


def page(request: HttpRequest) -> dict[str, object]:
    """The menu and the account, for the frame around every page."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    role = user.role if signed_in else ""
    entries = (*_abroad(request), *MENUS.get(role, ()))
    addresses = [(label, reverse(name)) for label, name in entries]
    new = {"messages": _unread(request)} if role == Role.MEMBER else {}
    counts = {reverse(name): count for name, count in new.items()}
    here = max((a for _, a in addresses if request.path.startswith(a)), key=len, default="")
    return {
        "role": role,
        "signed_in": signed_in,
        "menu": [Item(label, address, address == here, counts.get(address, 0)) for label, address in addresses],
        "unread": new.get("messages", 0),
        "offer_second_factor": signed_in and role in STAFF and not user.is_verified(),
        "full_path": request.get_full_path(),
    }
