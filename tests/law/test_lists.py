"""The lists that returns are checked against are well formed and sourced; every note cites an article we know."""

import csv
import datetime as dt
import importlib
from collections import Counter
from pathlib import Path

import pytest

from teduh.law import articles, rulebook, wage_base
from teduh.law.messages import Note
from teduh.law.months import Month

ROOT = Path(wage_base.__file__).parent.parent
DATA = ROOT / "employers" / "data"
KNOWN = {(article.instrument, article.name) for article in articles.articles()}
MODULES = ("employed", "leaving_words", "sanctions_words", "projects", "wage_base", "spans", "standing", "notes", "due")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_activities_are_the_191_of_the_annex_by_class():
    found = rows(DATA / "activities.csv")
    assert Counter(row["risk_class"] for row in found) == {"1": 23, "2": 25, "3": 96, "4": 23, "5": 24}
    assert len({row["name_id"].casefold() for row in found}) == 191
    assert all(0 < len(row["name_id"]) <= 300 and len(row["source"]) <= 200 for row in found)
    assert {row["status"] for row in found} <= set(rulebook.STATUSES)


def test_minimum_wages_are_of_known_regions_once_a_day_and_plausible():
    found = rows(DATA / "minimum_wages.csv")
    regions = {row["code"] for name in ("provinces", "regencies")
               for row in rows(ROOT / "registry" / "data" / "regions" / f"{name}.csv")}  # fmt: skip
    assert {row["region"] for row in found} <= regions
    assert len({(row["region"], row["from"]) for row in found}) == len(found)
    assert all(1_900_000 < int(row["amount"]) < 7_000_000 for row in found)
    assert all(dt.date.fromisoformat(row["from"]).timetuple().tm_yday == 1 for row in found)
    assert all(row["source"] and len(row["source"]) <= 200 and row["status"] in rulebook.STATUSES for row in found)
    assert Counter(row["from"][:4] for row in found if len(row["region"]) == 2) == {"2024": 37, "2025": 38, "2026": 38}


def test_no_minimum_wage_falls_from_one_year_to_the_next():
    by_region = {}
    for row in sorted(rows(DATA / "minimum_wages.csv"), key=lambda row: row["from"]):
        assert by_region.get(row["region"], 0) <= int(row["amount"]), row
        by_region[row["region"]] = int(row["amount"])


def resolves(citation):
    return all((name, one) in KNOWN or (one == "seluruhnya" and any(name == k for k, _ in KNOWN))
               for name, one in articles.cited(citation))  # fmt: skip


def cited(value):
    """Every article that a value of a module names, however deep it lies."""
    if isinstance(value, dict):
        return {one for item in value.values() for one in cited(item)}
    if isinstance(value, Note):
        return set(value.articles)
    if isinstance(value, tuple | list):
        return {one for item in value for one in cited(item)}
    return {value} if isinstance(value, str) and " Pasal " in value and value[:3] in ("PP ", "UU ", "Per") else set()


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_cites_stands_among_the_articles(name):
    module = importlib.import_module(f"teduh.law.{name}")
    found = {one for key, value in vars(module).items() if key.isupper() for one in cited(value)}
    assert found
    for citation in found:
        if not citation.startswith(("PP 49/2020", "BPJS")) and ":" not in citation and len(citation) < 60:
            assert resolves(citation), citation


def test_what_is_said_of_wages_and_leaving_cites_articles_we_know():
    from teduh.law import leaving

    found = [one for cause in leaving.CAUSES for one in leaving.leaving(
        cause=cause, on_end=dt.date(2026, 3, 31), today=dt.date(2026, 4, 1), programmes=("JKK", "JKM", "JHT", "JP"),
        jkp_participant=True).consequences]  # fmt: skip
    found += wage_base.check(wage=9**9, month=Month(2026, 4), minimum=9**10, jkp_participant=True)
    for citation in {article for one in found for article in one.articles}:
        assert resolves(citation), citation
