"""Member numbers: eleven digits, of which the last tells a slip."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from teduh.registry import numbers

TEN = st.integers(min_value=10**9, max_value=10**10 - 1).map(str)


def test_the_published_example_of_damm():
    assert numbers.check_digit("572") == "4"


@given(TEN, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(ten, place, by):
    number = ten + numbers.check_digit(ten)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert numbers.is_valid(number)
    assert not numbers.is_valid(wrong)


@given(TEN, st.integers(0, 9))
def test_two_swapped_neighbours_are_always_seen(ten, place):
    number = ten + numbers.check_digit(ten)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert numbers.is_valid(swapped) == (swapped == number)


def test_many_numbers_come_in_one_statement(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        taken = numbers.take(1000)
    assert len(set(taken)) == 1000
    assert all(numbers.is_valid(number) for number in taken)


def test_a_number_is_read_with_spaces_and_dashes():
    assert numbers.read(" 2600-0000 017\x00") == "26000000017"
    assert not numbers.is_valid("٢٦٠٠٠٠٠٠٠١٧")
