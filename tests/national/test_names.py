"""People of a demonstration have names, and numbers that nobody living has."""

import datetime as dt

import pytest

from teduh.law import nik
from teduh.national import names, published

BORN = dt.date(1979, 3, 8)


def person(id, *, seed=1, female=False, district=330121):
    return names.identity(seed=seed, id=id, female=female, birth=BORN, district=district)


def test_the_same_seed_and_person_give_the_same_name():
    assert person(5) == person(5)
    assert [person(i).name for i in range(50)] != [person(i, seed=2).name for i in range(50)]


@pytest.mark.parametrize("female", [True, False])
def test_a_nik_reads_as_the_person_it_is_made_for(female):
    read = nik.read(person(123, female=female).nik, regions={"330121"}, today=dt.date(2026, 4, 1))
    assert read.valid
    assert BORN in read.birth_dates
    assert read.sex == ("F" if female else "M")
    assert read.warnings == ()
    assert int(read.serial) >= names.FIRST_SERIAL


def test_every_province_has_several_hundred_names():
    for code in published.provinces():
        found = {person(i, female=i % 2 == 0, district=int(code) * 10_000 + 101).name for i in range(2_000)}
        assert len(found) > 150, code


def test_phones_are_those_of_no_operator_and_one_for_each():
    phones = {person(i).phone for i in range(1_000)}
    assert len(phones) == 1_000
    assert all(phone.startswith("+62860") for phone in phones)
