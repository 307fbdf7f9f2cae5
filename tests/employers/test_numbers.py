"""Registration numbers carry a check digit; NIB and NPWP are read in the shapes people write them."""

from __future__ import annotations

import pytest

from teduh.core.errors import Refused
from teduh.employers import numbers


@pytest.mark.django_db
class TestNpp:
    def test_each_number_is_new_has_eight_digits_and_is_valid(self):
        found = [numbers.take_npp() for _ in range(5)]
        assert len(set(found)) == 5
        assert all(len(one) == 8 and numbers.is_npp(one) for one in found)

    def test_every_wrong_digit_and_every_swap_of_neighbours_is_noticed(self):
        good = numbers.take_npp()
        wrong = [good[:n] + digit + good[n + 1 :] for n in range(8) for digit in "0123456789" if digit != good[n]]
        swapped = [good[:n] + good[n + 1] + good[n] + good[n + 2 :] for n in range(7) if good[n] != good[n + 1]]
        assert not any(map(numbers.is_npp, wrong + swapped))

    @pytest.mark.parametrize("text", ["", "1234567", "123456789", "1000001x", "١٠٠٠٠٠١٢"])
    def test_what_is_no_number_is_none(self, text):
        assert not numbers.is_npp(text)


class TestNib:
    @pytest.mark.parametrize("text", ["1234567890123", "1234 5678 90123", "'1234567890123"])
    def test_spaces_and_excels_apostrophe_do_not_matter(self, text):
        assert numbers.nib(text) == "1234567890123"

    @pytest.mark.parametrize("text", ["123456789012", "12345678901234", "12345678901a3"])
    def test_anything_but_thirteen_digits_is_refused(self, text):
        with pytest.raises(Refused, match="nib_not_13_digits") as refused:
            numbers.nib(text)
        assert refused.value.field == "nib"

    @pytest.mark.parametrize("text", [None, "", "  "])
    def test_none_is_none(self, text):
        assert numbers.nib(text) is None


class TestNpwp:
    def test_dots_and_dashes_do_not_matter(self):
        assert numbers.npwp("01.234.567.8-901.000") == "012345678901000"

    @pytest.mark.parametrize("text", ["01234567890100", "01234567890100012", "000000000000000"])
    def test_anything_but_fifteen_or_sixteen_digits_is_refused(self, text):
        with pytest.raises(Refused, match="npwp_not_15_or_16_digits"):
            numbers.npwp(text)

    def test_the_old_number_and_the_new_one_with_a_zero_in_front_are_one(self):
        assert numbers.npwp_index("012345678901000") == numbers.npwp_index("0012345678901000")
        assert numbers.npwp_index("012345678901000") != numbers.npwp_index("012345678901001")
