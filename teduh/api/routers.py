"""Which operations there are, in the order in which the description shows them."""

from __future__ import annotations

from ninja import NinjaAPI

from teduh.api import (
    agents,
    bank,
    bills,
    books,
    cards,
    employer_bills,
    employers,
    files,
    joining,
    law,
    messages,
    pairs,
    papers,
    people,
    places,
    projects,
    protection,
    returns,
    waiting,
    workers,
)  # fmt: skip

ROUTERS = (
    ("/law", law.router),
    ("", places.router),
    ("", joining.router),
    ("/people", people.router),
    ("", papers.router),
    ("/files", files.router),
    ("/duplicates", pairs.router),
    ("", protection.router),
    ("/cards", cards.router),
    ("", messages.router),
    ("", agents.router),
    ("/bills", bills.router),
    ("", employers.router),
    ("", returns.router),
    ("", workers.router),
    ("", employer_bills.router),
    ("", projects.router),
    ("/bank", bank.router),
    ("", waiting.router),
    ("", books.router),
)


def mount(api: NinjaAPI) -> None:
    """Put every router where it belongs."""
    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
