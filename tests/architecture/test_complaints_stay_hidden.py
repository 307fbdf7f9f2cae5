"""A migrant's complaint is found by no question of an agency: matters are read by one condition, and nowhere else.

An agency's pages are also a mission's, so that what hides a complaint is the condition itself: whoever asks for matters
in other words has gone around it.
"""

from __future__ import annotations

import ast
import re

from teduh.migrants import matters
from tests.architecture import sources

#: What names the table or its model.
NAMES = re.compile(r"\bMatterEntry\b|\bMatter\b|migrants_matter")
#: The only places that may: the tables, the one condition, who counts the worker's own data for himself.
MAY = {"teduh/migrants/models/__init__.py", "teduh/migrants/models/matters.py", "teduh/migrants/matters.py"}
#: Who may also touch rows of one person: his own export, and two records of him made one.
OF_ONE_PERSON = {"teduh/journeys/migrants/own_record.py", "teduh/migrants/folding.py"}
#: Only the journey asks the noun, and doors ask the journey.
ASKS = {"teduh/journeys/migrants/matters.py"}


def _imports(path) -> set[str]:
    found = set()
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_matters_are_named_by_the_one_module_that_holds_the_condition():
    named = {
        sources.name(path)
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if (isinstance(node, ast.Name) and NAMES.fullmatch(node.id))
        or (isinstance(node, ast.Attribute) and NAMES.fullmatch(node.attr))
        or (isinstance(node, ast.alias) and NAMES.fullmatch(node.name))
        or (isinstance(node, ast.Constant) and isinstance(node.value, str) and "migrants_matter" in node.value)
    }
    # numbers are drawn from the sequence; files that entries name are kept, by their digests alone
    assert named - OF_ONE_PERSON <= MAY | {"teduh/migrants/numbers.py", "teduh/migrants/queries/placements.py"}


def test_only_the_journey_asks_for_matters():
    asking = {sources.name(path) for path in sources.modules() if "teduh.migrants.matters" in _imports(path)}
    assert asking == ASKS


def test_nothing_reaches_matters_backwards_from_a_person_a_placement_or_a_mission():
    backwards = re.compile(r"\.matters\.(all|filter|count|exists|values|order_by|first|last|exclude)\b|\bmatters__")
    found = [sources.name(path) for path in sources.modules() if backwards.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_question_for_matters_asks_by_the_condition_and_it_leaves_complaints_out():
    assert all(matters.SEEN in one for one in (matters.LISTED, matters.COUNTED, matters.ONE))
    agency = matters.AS[matters.AS.index("m.agency_sees") :]
    assert agency.startswith("m.agency_sees AND m.kind <> 'complaint' AND pl.organisation_id = ANY(%(agencies)s)")
    assert matters.AS.count("agencies") == 1


def test_no_count_of_a_table_is_shown_that_would_tell_of_complaints():
    """Numbers of a person's or an agency's matters come from `matters.counted`, which asks by the condition."""
    for path in sources.modules("teduh/portals"):
        text = path.read_text(encoding="utf-8")
        assert "migrants_matter" not in text, sources.name(path)
