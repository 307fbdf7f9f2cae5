"""What of a name counts, and when two names are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.registry import names

WORDS = st.lists(
    st.sampled_from(
        ("siti", "aminah", "muhammad", "yusuf", "rizky", "h.", "s.pd", "muh.", "nur", "hayati", "o'neil", "wa", "i")
    ),
    min_size=1, max_size=5,
).map(" ".join)  # fmt: skip
ANYTHING = st.text(max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H. Ahmad Fauzi, S.Pd", "AHMAD FAUZI"),
        ("Hj. Siti Aminah", "Siti Aminah"),
        ("Drs. Budi Santoso", "Budi Santoso"),
        ("Prof. Dr. Ir. H. Joko Susilo, M.Sc", "Joko Susilo"),
        ("Muh. Yusuf", "Muhammad Yusuf"),
        ("Mochammad Yusuf", "Muhamad Yusuf"),
        ("Nur Hayati", "Nurhayati"),
        ("Ma'ruf Amin", "Maruf Amin"),
        ("Siti Aminah binti Hasan", "Siti Aminah Hasan"),
        ("Siti Aminah S. Pd.", "siti   aminah"),
    ],
)
def test_titles_short_forms_and_spaces_make_no_other_name(one, other):
    assert names.compare(one, other).level == "same"


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        ("Rizky Pratama", "Risky Pratama", names.HEARD),
        ("Soekarno", "Sukarno", names.HEARD),
        ("Budi Santoso", "Budi Santosi", names.LETTER),
        ("Slamet Riyadi", "Slamte Riyadi", names.LETTER),
        ("M. Yusuf", "Muhammad Yusuf", names.INITIAL),
        ("Siti Aminah", "Siti Aminah Putri", names.MISSING),
        ("Joko Widodo", "Widodo Joko", names.ORDER),
    ],
)
def test_one_name_written_in_two_ways_is_close_and_says_why(one, other, because):
    likeness = names.compare(one, other)
    assert likeness.level == "close"
    assert because in likeness.because


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti Aminah", "Siti Rohani"),
        ("Budi Santoso", "Budi Hartono"),
        ("Siti", "Siti Aminah"),
        ("M.", "Muhammad Yusuf"),
        ("Ani", "Ana"),
        ("Muhammad Yusuf", "Muhammad Iqbal"),
        ("Budi Santoso", "Agus Budi Santoso Wibowo"),
    ],
)
def test_names_that_share_only_what_half_the_country_shares_are_different(one, other):
    assert names.compare(one, other).level == "different"


@given(st.one_of(WORDS, ANYTHING), st.one_of(WORDS, ANYTHING))
def test_comparing_does_not_depend_on_who_comes_first(one, other):
    assert names.compare(one, other) == names.compare(other, one)


@given(st.one_of(WORDS, ANYTHING))
def test_every_name_is_itself_in_any_case(name):
    assert names.compare(name, name).level == "same"
    assert names.words(name.lower()) == names.words(name.lower().upper().lower())


@given(WORDS)
def test_every_begun_word_of_three_letters_finds_the_name(name):
    stored = set(names.blind_words(name))
    for word in names.words(name):
        for length in range(3, len(word) + 1):
            assert set(names.sought(word[:length])) <= stored
    assert set(names.sought(name)) <= stored
    assert set(names.sought_by_sound(name)) <= stored


@given(ANYTHING)
def test_blind_words_fit_a_bigint_and_never_fail(name):
    assert all(-(2**63) <= word < 2**63 for word in names.blind_words(name))


def test_a_short_word_is_not_found_by_a_longer_one():
    assert not set(names.sought("Amin")) <= set(names.blind_words("Ami"))


def test_titles_alone_are_a_name_after_all():
    assert names.words("H.") == ("h",)
