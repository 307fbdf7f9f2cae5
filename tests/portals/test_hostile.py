"""Whatever is typed into whatever form, the answer is a page that says what is wrong: never an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.portals.house import bill_for, person_of
from tests.portals.test_doors import PAGES
from tests.portals.test_join import ANSWERS, walk_to

HOSTILE = {
    "nul": "a\x00b",
    "emoji": "🌾👩‍🌾 Siti",
    "right to left": "\u202eitiS عربي",
    "sql": "'; DROP TABLE registry_person; --",
    "markup": "<script>alert(1)</script>\"'>{{7*7}}{% now %}",
    "long": "x" * 5_000,
    "digits": "9" * 400,
    "minus": "-1",
    "not utf-8": "\ufffd\ufffe",
    "spaces": " \u00a0\u200b ",
}


SHIFTS = (0, 3, 7)


def names(text: str) -> set[str]:
    """Every question of a page, language and token apart."""
    found = set(re.findall(r'<(?:input|select|textarea|button)[^>]* name="([^"]+)"', text))
    return found - {"csrfmiddlewaretoken", "language", "next"}


def mixed(asked: Iterable[str], shift: int) -> dict[str, str]:
    """Each question answered with another horror; another shift, other horrors."""
    kinds = list(HOSTILE.values())
    return {name: kinds[(i + shift) % len(kinds)] for i, name in enumerate(sorted(asked))}


def send(client: Client, address: str, shift: int) -> None:
    page = client.get(address).content.decode()
    asked = names(page)
    ways = set(re.findall(r'<button[^>]*name="do" value="([^"]+)"', page)) or {""}
    for way in ways:
        sent = mixed(asked, shift) | ({"do": way} if way else {}) | management(page)
        answer = client.post(address, sent)
        assert answer.status_code < 500, f"{address} {way} {sent}"
        assert "<script>alert(1)" not in answer.content.decode(), address
    assert client.get(address, mixed(asked, shift)).status_code < 500, address


def management(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(h-[A-Z_]+)" value="(\d+)"', page))


@pytest.mark.parametrize("shift", SHIFTS)
@pytest.mark.parametrize("role", ["", *PAGES])
def test_every_form_of_every_role_withstands(regions: None, signed_in, client: Client, role: str, shift: int) -> None:
    asked = signed_in(role) if role else client
    addresses = [reverse(name) for name in PAGES.get(role, ("sign_in", "explain")) if name != "member_card_pdf"]
    addresses += ["/daftar/who/"] if role in ("", "agent") else []
    if role == "agent":
        person = factories.person(agent=asked.account)
        group = factories.group([person], manager=asked.account)
        addresses += [f"/orang/{person}/bayar/", f"/orang/{person}/data/", f"/kelompok/{group}/"]
    if role == "member":
        addresses += [reverse("bill", args=[bill_for(person_of(asked)).number]), reverse("password")]
    for address in addresses:
        send(asked, address, shift)


@pytest.mark.parametrize("step", ANSWERS)
def test_every_step_of_joining_withstands(regions: None, client: Client, step: str) -> None:
    walk_to(client, step)
    for shift in range(len(HOSTILE)):
        sent = mixed([*ANSWERS[step], "lives_in_1", "works_in_1", "evidence_text", "name_2"], shift)
        assert client.post(f"/daftar/{step}/", sent).status_code < 500, sent


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04 not a workbook",
        "NIK;Nama\n\u202e;😀\n".encode(),
        b"\xff\xfe;\n" * 50,
        b";" * 9_000,
    ],
)
def test_any_file_is_answered_with_a_page(regions: None, signed_in, content: bytes) -> None:
    agent = signed_in("agent")
    file = SimpleUploadedFile("a\u202e'; DROP.csv", content)
    assert agent.post(reverse("upload"), {"file": file, "consent": "on"}, follow=True).status_code < 500


@pytest.mark.parametrize(
    "address",
    ["/orang/99999999999999999999/", "/tagihan/%00/", "/tagihan/a'b/", "/berkas/9223372036854775808/",
     "/agen/?need=x&after=9_9_9", "/agen/?after=1_2026-01-01_99999999999999999999999", "/kelompok/?name=%00",
     "/wilayah/?name=x&lives_in_1=33&lives_in_2=%00", "/kelompok/99999999999999999999/"],
)  # fmt: skip
def test_strange_addresses_are_not_found_rather_than_broken(regions: None, signed_in, address: str) -> None:
    assert signed_in("agent").get(address).status_code < 500
