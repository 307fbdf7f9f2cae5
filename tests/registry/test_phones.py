"""Phone numbers in all their shapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.registry import phones


@pytest.mark.parametrize(
    "written",
    [
        "0812-3456-7890", "0812 3456 7890", "081234567890", "62812 3456 7890", "6281234567890", "+62 812-3456-7890",
        "+62 (0)812 3456 7890", "0062 81234567890", "812-3456-7890", "'081234567890", "(0812) 34567890",
        "0812.3456.7890", "81234567890.0", 81234567890, 81234567890.0, 6281234567890.0, "081234567890\u200f",
        " 0812\u00a03456\u00a07890 ", "0812\x0034567890", "0812–3456–7890", "620812 34567890",
    ],
)  # fmt: skip
def test_one_number_in_many_shapes_is_one_number(written):
    assert phones.read(written) == "+6281234567890"


@pytest.mark.parametrize("empty", [None, "", "  ", "-", "—", "\x00", True])
def test_no_number_is_none(empty):
    assert phones.read(empty) is None


@pytest.mark.parametrize("damaged", ["8.12E+10", "8,12E+10", "8.12e10", "6.28123E+12", 8.12e10, "081000000000"])
def test_a_number_that_excel_damaged_is_refused_with_the_reason(damaged):
    with pytest.raises(Refused) as refused:
        phones.read(damaged)
    assert refused.value.code == "phone_lost_digits"
    assert "Excel" in refused.value.what.id
    assert "Teks" in refused.value.then.id


@pytest.mark.parametrize(
    "wrong",
    ["0812", "abc", "0812/0813", "081234567890 atau 081345678901", "٠٨١٢٣٤٥٦٧٨٩٠", float("nan"), float("inf"), -5.0,
     "'; DROP TABLE registry_person;--", "1" * 61, "😀812345678", "+999123456789", 10**40],
)  # fmt: skip
def test_what_is_no_number_is_refused_by_name(wrong):
    with pytest.raises(Refused) as refused:
        phones.read(wrong)
    assert refused.value.field == "phone"


def test_a_number_from_abroad_keeps_its_country():
    assert phones.read("+60 12-345 6789") == "+60123456789"
    assert phones.read("(021) 550-1234") == "+62215501234"


MOBILE = st.integers(min_value=8_1100_00001, max_value=8_9999_9999_999).filter(lambda number: f"{number}"[0] == "8")


@given(MOBILE, st.sampled_from(["0", "62", "+62", "", "0062"]))
def test_reading_a_read_number_changes_nothing(national, prefix):
    try:
        once = phones.read(f"{prefix}{national}")
    except Refused:
        return
    assert once == f"+62{national}"
    assert phones.read(once) == once


@given(st.one_of(st.text(max_size=80), st.floats(), st.integers()))
def test_whatever_is_typed_is_a_number_or_none_or_refused(anything):
    try:
        number = phones.read(anything)
    except Refused:
        return
    assert number is None or (number.startswith("+") and number[1:].isascii() and number[1:].isdigit())
