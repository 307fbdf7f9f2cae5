"""Every page: a language, a title, one first heading, a label for each question, and no inline script or style."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.portals.house import bill_for, person_of
from tests.portals.test_doors import PAGES

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SVG = {"path", "rect", "circle", "text", "title", "svg", "g"}


class Page(HTMLParser):
    """What a checker looks at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lang, self.h1, self.labels, self.ids, self.asked, self.inline = "", 0, set(), [], [], []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attrs = dict(given)
        if tag not in VOID:
            self.open.append(tag)
        self.lang = attrs.get("lang", "") if tag == "html" else self.lang
        self.h1 += tag == "h1"
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "label" and attrs.get("for"):
            self.labels.add(attrs["for"])
        if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden":
            self.asked.append(attrs.get("id"))
        if "style" in attrs or any(name.startswith("on") for name in attrs) or tag == "style":
            self.inline.append(self.get_starttag_text())
        if tag == "script" and not attrs.get("src"):
            self.inline.append("script")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")


def check(answer) -> None:
    text = answer.content.decode()
    page = Page(text)
    where = answer.request["PATH_INFO"]
    assert page.lang in ("id", "en"), where
    assert re.search(r"<title>\s*\S", text), where
    assert page.h1 == 1, f"{where} has {page.h1} first headings"
    assert not page.inline, f"{where}: {page.inline}"
    assert not page.wrong and not page.open, f"{where}: {page.wrong} {page.open}"
    assert len(page.ids) == len(set(page.ids)), f"{where}: an id stands twice in {sorted(page.ids)}"
    assert all(one in page.labels for one in page.asked), f"{where}: {set(page.asked) - page.labels} without a label"
    assert "{%" not in text and "{{" not in text, where


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", ["", *PAGES])
def test_the_pages_of_every_role_are_sound(regions: None, signed_in, client: Client, role: str, language: str) -> None:
    asked = signed_in(role) if role else client
    asked.cookies["bahasa"] = language
    names = PAGES.get(role, ("front", "help", "explain", "law_values", "sign_in", "join"))
    addresses = [reverse(name) for name in names if not name.endswith("_pdf")]
    if role:
        addresses += [reverse("account"), reverse("password"), reverse("second_factor")]
    else:
        addresses += ["/daftar/who/", "/hitung/?segment=bpu&income=1000000&sector=other&month=2026-04", "/tidak-ada/"]
    for address in addresses:
        check(asked.get(address))


def test_pages_about_one_thing_are_sound(regions: None, signed_in) -> None:
    agent, member = signed_in("agent"), signed_in("member")
    person = factories.person(agent=agent.account)
    for name in ("person", "person_pay", "person_data"):
        check(agent.get(reverse(name, args=[person])))
    check(agent.get(reverse("group", args=[factories.group([person], manager=agent.account)])))
    bill = bill_for(person_of(member), months=2)
    check(member.get(reverse("bill", args=[bill.number])))
    check(member.get(reverse("bill_why", args=[bill.number])))
    check(member.get("/buku/"))
    check(member.get("/tagihan/TIDAK-ADA/"))


def test_the_language_is_chosen_kept_and_never_leads_away(db: None, client: Client) -> None:
    assert '<html lang="id">' in client.get("/").content.decode()
    answer = client.post(reverse("language"), {"language": "en", "next": "/bantuan/"})
    assert answer["Location"] == "/bantuan/" and answer.cookies["bahasa"].value == "en"
    assert '<html lang="en">' in client.get("/bantuan/").content.decode()
    assert client.post(reverse("language"), {"language": "xx", "next": "//jahat.example"})["Location"] == "/"
    assert client.cookies["bahasa"].value == "id"


def test_the_policy_allows_only_our_own_scripts_and_styles(db: None, client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy and "style-src 'self'" in policy and "frame-ancestors 'none'" in policy


def test_an_error_of_ours_is_said_in_both_languages(db: None, client: Client, monkeypatch) -> None:
    monkeypatch.setattr("teduh.portals.public.EXAMPLE", None)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Ada yang salah di pihak kami" in answer.content.decode() and "What next" in answer.content.decode()
    check(answer)
