"""The walk of docs/walk.md is walked, and the page says what happened."""

import pytest

from tests.journeys import story, walk


@pytest.fixture(scope="module")
def page(own_database, regions):
    from teduh.registry import actions

    with own_database():
        actions.load_reference()
        yield walk.walk()


def test_the_fisherman_walks_from_joining_to_paying_again(page):
    assert page.count("\n## ") == 8


def test_the_page_in_the_documents_is_what_was_walked(page):
    assert walk.PAGE.read_text("utf-8") == page, "docs/walk.md is stale: run `python -m tests.journeys.walk`"


def test_a_wrong_answer_would_stop_the_walk():
    with pytest.raises(AssertionError, match="covered"):
        story.check(False, "covered")
