"""The walks in docs/ are walked, and each page says what happened."""

import pytest

from tests.journeys import story, walk, walk_factory, walk_migrant

WALKS = {"fisherman": (walk, 8), "factory": (walk_factory, 9), "migrant": (walk_migrant, 9)}


@pytest.fixture(scope="module", params=WALKS)
def walked(request, own_database, regions):
    from teduh.employers import reference
    from teduh.migrants import reference as destinations
    from teduh.registry import actions

    module, steps = WALKS[request.param]
    with own_database():
        actions.load_reference()
        reference.load_reference()
        destinations.load_reference()
        yield module, steps, module.walk()


def test_every_step_is_walked(walked):
    _, steps, page = walked
    assert page.count("\n## ") == steps


def test_the_page_in_the_documents_is_what_was_walked(walked):
    module, _, page = walked
    assert module.PAGE.read_text("utf-8") == page, f"stale: run `python -m {module.__name__}`"


def test_a_wrong_answer_would_stop_the_walk():
    with pytest.raises(AssertionError, match="covered"):
        story.check(False, "covered")
