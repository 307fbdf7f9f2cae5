"""Draws are counted, tables are exact, and compiled code needs no place to be kept."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from teduh.national import draws, kept, published


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=60).filter(any))
@settings(max_examples=100, deadline=None)
def test_an_alias_table_gives_each_place_its_weight(weights):
    n, *rest = draws.alias(weights)
    keep, other = rest[:n], rest[n:]
    got = [0] * n
    for j in range(n):
        got[j] += keep[j]
        got[other[j]] += draws.PART - keep[j]
    total = sum(weights)
    for weight, parts in zip(weights, got, strict=True):
        assert abs(parts - weight * n * draws.PART / total) <= n
        if weight == 0:
            assert parts <= n


@given(st.integers(0, 2**63 - 1), st.integers(1, 10**9), st.integers(1, 40))
@settings(max_examples=50, deadline=None)
def test_a_draw_depends_on_seed_person_and_place_alone(seed, ident, place):
    def drawn(seed, ident, place):
        return int(draws.draw(np.uint64(draws.stream(np.uint64(seed), ident)), place))

    assert drawn(seed, ident, place) == drawn(seed, ident, place)
    others = {drawn(seed ^ 1, ident, place), drawn(seed, ident + 1, place), drawn(seed, ident, place + 1)}
    assert drawn(seed, ident, place) not in others


def test_quantiles_of_a_lognormal_stand_around_its_median():
    table = draws.lognormal(median=2, spread=0.5)
    assert table[512] == 2_000_000
    assert table == sorted(table)
    assert draws.lognormal(median=2, spread=0.5, least=1)[0] == 1_000_000


def test_half_of_what_halves_in_a_year_is_gone_after_a_year():
    assert draws.half_life(12)[512] == 12


def test_code_that_cannot_be_kept_is_compiled_all_the_same(monkeypatch):
    monkeypatch.setenv("TEDUH_CACHE", "/proc/nowhere")
    assert kept.folder() is None
    assert kept.kept(lambda x: x + 1)(41) == 42


def test_a_figure_that_is_not_published_is_an_error_that_names_the_row():
    try:
        published.value("active_participants", "BPU", "Atlantis", "2025-04")
    except LookupError as error:
        assert "Atlantis" in str(error)
    else:
        raise AssertionError("a row that is not there was found")
