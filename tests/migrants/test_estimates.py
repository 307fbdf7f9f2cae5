"""Published figures of migrants, carried with their source: stocks and placements of a year are kept apart."""

import re

from teduh.migrants import estimates


def test_every_figure_has_its_period_confidence_and_source():
    found = estimates.published()
    assert len(found) > 80 and len({(one.kind, one.of, one.code, one.period) for one in found}) == len(found)
    for one in found:
        assert one.kind in estimates.KINDS and one.of in ("destination", "origin") and one.people > 0
        assert one.confidence in ("high", "medium", "low", "derived") and one.source
        assert re.fullmatch(r"\d{4}(-\d{2}|-H[12]|\.\.\d{4}-\d{2}-\d{2})?", one.period), one
        assert re.fullmatch(r"[A-Z]{2}|" if one.of == "destination" else r"\d{2}", one.code), one


def test_the_newest_stock_of_a_destination_counts():
    taiwan = estimates.stock(code="TW")
    assert (taiwan.people, taiwan.period, taiwan.confidence) == (311_000, "2025-08", "high")
    assert estimates.stock(code="").confidence == "low" and estimates.stock(code="KR") is None


def test_placements_are_of_one_whole_year_neither_half_a_year_nor_a_range():
    assert estimates.placements(of="destination", code="TW").period == "2025"
    assert estimates.placements(of="destination", code="HK").period == "2023"
    assert estimates.placements(of="destination", code="OM") is None  # only 2007 to 2024 together
    assert estimates.placements(of="origin", code="33").people == 62_276


def test_the_newest_number_of_participants_is_the_agencys():
    assert (estimates.participants().people, estimates.participants().period) == (640_000, "2025-04")
