"""Whoever's fee has come is told until when he is protected, or from when; so are those at home who pay for him."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.contributions.models import PlacementDue
from teduh.core.clock import JAKARTA
from teduh.journeys.migrants import reminders
from tests.journeys.migrants.abroad import called, covered, organisation, placement, relative, said, settled, working

pytestmark = pytest.mark.django_db
END = dt.date(2026, 8, 2)


def paid(bill: int) -> int:
    return reminders.paid(bill=bill, at=dt.datetime(2026, 4, 2, 12, tzinfo=JAKARTA))


def test_a_payment_for_the_time_of_work_says_until_when_once_to_him_and_to_who_pays():
    one = working()
    called(one.person_id, "Budi Santoso")
    relative(one.person_id, may=["pay"])
    relative(one.person_id, may=["see"], phone="+6281200000002")
    bill = settled(one, ("extension", END, 40_500))
    assert [paid(bill), paid(bill)] == [2, 0]
    assert said("pmi.paid") == [
        ("Iuran PMI Anda diterima: terlindungi sampai 2 Agustus 2026",
         "Terima kasih. Kami menerima Rp40.500. Perlindungan selama bekerja berlaku sampai 2 Agustus 2026, dan sampai "
         "2 September 2026 untuk menyiapkan kepulangan."),
        ("Iuran PMI Budi S. diterima: terlindungi sampai 2 Agustus 2026", said("pmi.paid")[0][1]),
    ]  # fmt: skip


def test_a_payment_before_departure_says_from_when_it_covers():
    one = placement(state="registered", by=organisation(), starts=dt.date(2026, 6, 1), ends=dt.date(2028, 6, 1))
    covered(one, "before", dt.date(2026, 4, 2), dt.date(2026, 9, 2))
    paid(settled(one, ("before", None, 37_500)))
    paid(settled(one, ("during", dt.date(2028, 6, 1), 332_500)))
    (first, before_), (second, after) = said("pmi.paid")
    assert first == "Iuran PMI Anda diterima: terlindungi sampai 2 September 2026" and "Rp37.500" in before_
    assert second == "Iuran PMI Anda diterima: menjamin sejak berangkat"
    assert (
        "Sebelum berangkat: terlindungi sampai 2 September 2026. Sejak berangkat: terlindungi sampai 1 Juni 2028"
        in after
    )


def test_savings_alone_are_thanked_for_and_an_unpaid_bill_says_nothing():
    one = working()
    paid(settled(one, ("savings", None, 100_000)))
    assert said("pmi.paid") == [("Setoran JHT Anda diterima", "Terima kasih. Kami menerima Rp100.000.")]
    assert paid(settled(one)) == 0


def test_a_bill_for_many_tells_all_with_as_many_statements_as_for_one():
    counts = []
    for size in (1, 1, 12):  # the first also asks for the run that sends
        bill = settled(working(), ("extension", END, 13_500))
        due = PlacementDue.objects.get(bill=bill)
        for _ in range(size - 1):
            one = working()
            due.pk, due.placement, due.person_id = None, one, one.person_id
            due.save()
        with CaptureQueriesContext(connection) as captured:
            assert paid(bill) == size
        counts.append(len(captured))
    assert counts[1] == counts[2]
