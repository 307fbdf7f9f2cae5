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
    migrants,
    migrants_gate,
    migrants_lists,
    migrants_matters,
    migrants_money,
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
    ("", migrants_money.router),
    ("", migrants.router),
    ("", migrants_gate.router),
    ("", migrants_lists.router),
    ("", migrants_matters.router),
    ("/bank", bank.router),
    ("", waiting.router),
    ("", books.router),
)


def mount(api: NinjaAPI) -> None:
    """Put every router where it belongs."""
    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
