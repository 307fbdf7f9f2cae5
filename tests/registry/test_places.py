"""Places and occupations, found by the words people use."""

from __future__ import annotations

import pytest

from teduh.registry import actions, queries
from teduh.registry.models import Region

pytestmark = pytest.mark.usefixtures("db", "regions")


def test_all_of_indonesia_is_there_and_loading_again_changes_nothing(django_assert_max_num_queries):
    assert [Region.objects.filter(level=level).count() for level in (1, 2, 3, 4)] == [38, 514, 7285, 83762]
    with django_assert_max_num_queries(7):
        counted = actions.load_reference()
    assert counted["regions"] == Region.objects.count() == 91_599


def test_regions_are_walked_down_to_the_village():
    assert len(queries.regions()) == 38
    names = [row.name for row in queries.region_path("35.78.01.1001")]
    assert names[:2] == ["Jawa Timur", "Kota Surabaya"]
    assert len(names) == 4
    assert "35.78.01.1001" in {row.code for row in queries.regions("35.78.01")}
    assert queries.region_path("99.99") == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Kab. Bandung", "32.04"), ("kabupaten bandung", "32.04"), ("Kota Bandung", "32.73"),
        ("KOTA SURABAYA", "35.78"),
        ("jatim", "35"), ("Prov. Jawa Timur", "35"), ("surabaya", "35.78"), ("Kec. Kluet Utara", "11.01.02"),
        ("Desa Keude Bakongan", "11.01.01.2001"), ("keudebakongan", "11.01.01.2001"),
    ],
)  # fmt: skip
def test_places_are_found_as_people_write_them(text, first):
    assert queries.find_regions(text)[0].code == first


def test_a_search_stays_within_a_region_and_says_where_each_place_is():
    found = queries.find_regions("karang", within="35.78", limit=50)
    assert found
    assert all(row.code.startswith("35.78.") for row in found)
    assert "Kota Surabaya, Jawa Timur" in found[0].full


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "\x00", "'; DROP TABLE registry_region;--", "😀", "x" * 10**6])
def test_a_search_for_nonsense_finds_nothing_and_harms_nothing(text):
    assert queries.find_regions(text) == ()


@pytest.mark.parametrize("code", ["\x00", "%", "35.%", "٣٥", "35.78.01.1001.1", "x" * 10**6])
def test_a_code_that_is_none_leads_nowhere(code):
    assert queries.regions(code) == queries.region_path(code) == queries.find_regions("karang", within=code) == ()


def test_names_of_a_sheet_are_looked_up_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.regions_named(names=["Kab. Bandung", "Bandung", "Kota Bandung", "Nirwana"], level=2)
    assert {row.code for row in found["Bandung"]} == {"32.04", "32.73"}
    assert found["Nirwana"] == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nelayan", "nelayan"), ("OJOL", "ojek-online"), ("gojek", "ojek-online"), ("tukang ojek", "ojek-pangkalan"),
        ("petani", "petani-padi"), ("pedagang sayur", "pedagang-sayur"), ("bakul janganan", "pedagang-sayur"),
        ("PRT", "prt"), ("asisten rumah tangga", "prt"), ("tukang bangunan", "tukang-bangunan"),
        ("penjahit", "penjahit"),
        ("supir angkot", "sopir-angkot"), ("pemulung", "pemulung"), ("mlijo", "pedagang-sayur"),
        ("nelayann", "nelayan"),
        ("tukang jahit keliling", "penjahit"), ("Tailor", "penjahit"), ("pedagang syur", "pedagang-sayur"),
    ],
)  # fmt: skip
def test_occupations_are_found_by_the_words_people_use(text, code):
    assert queries.find_occupation(text).code == code


@pytest.mark.parametrize("text", ["", "xyzzy", "\x00", "😀"])
def test_an_unknown_occupation_is_none(text):
    assert queries.find_occupation(text) is None


def test_every_word_for_an_occupation_leads_to_one_occupation_only():
    words: dict[str, str] = {}
    for row in actions.reference.occupations():
        for alias in row["aliases"]:
            assert words.setdefault(alias, row["code"]) == row["code"], alias


def test_many_texts_read_the_list_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        find = queries.occupation_finder()
        assert {find(word).sector for word in ("ojol", "kurir", "angkot") * 100} == {"transport"}
