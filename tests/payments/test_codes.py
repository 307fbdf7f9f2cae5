"""Payment codes notice what people mistype; QRIS payloads are what other readers read."""

from __future__ import annotations

import io

import pytest
from crccheck.crc import Crc16CcittFalse
from hypothesis import given
from hypothesis import strategies as st

from teduh.law.months import Month
from teduh.payments import codes, pictures, qris

serials = st.integers(min_value=0, max_value=10**10 - 1)
places = st.integers(min_value=0, max_value=15)


@given(serials)
def test_a_code_is_a_virtual_account_number_of_ours(serial: int):
    code = codes.code(serial)
    assert len(code) == 16
    assert codes.is_ours(code)
    assert codes.is_ours(f"   {code[:5]} {code[5:]}")


@given(serials, places, st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_noticed(serial: int, place: int, more: int):
    code = codes.code(serial)
    wrong = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]
    assert not codes.is_ours(wrong)


@given(serials, st.integers(min_value=0, max_value=14))
def test_two_swapped_neighbours_are_noticed(serial: int, place: int):
    code = codes.code(serial)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or not codes.is_ours(swapped)


def test_snap_bi_pads_the_prefix_with_spaces():
    service, customer, account = codes.snap(codes.code(17))
    assert (service, len(customer), account) == ("   88608", 11, "   88608" + customer)
    assert codes.normal(account) == codes.code(17)


def test_a_bill_number_names_its_month():
    assert codes.number(17, Month(2026, 4)) == "T-202604-0000000017"


@given(st.binary(max_size=300))
def test_the_crc_is_the_one_others_compute(data: bytes):
    assert qris.crc16(data) == Crc16CcittFalse.calc(data)


@given(serials, st.integers(min_value=1, max_value=10**12))
def test_a_payload_reads_back(serial: int, amount: int):
    text = qris.payload(bill_number=codes.number(serial, Month(2026, 4)), code=codes.code(serial), amount=amount)
    assert int(text[-4:], 16) == Crc16CcittFalse.calc(text[:-4].encode())
    found = qris.parse(text)
    assert (found.amount, found.reference) == (amount, codes.code(serial))
    assert found.bill_number == codes.number(serial, Month(2026, 4))
    assert found.acquirer == qris.ACQUIRER


@given(places.map(lambda place: place * 14))
def test_a_changed_payload_is_refused(place: int):
    text = qris.payload(bill_number="T-202604-0000000017", code=codes.code(17), amount=16_800)
    place = min(place, len(text) - 5)
    with pytest.raises(qris.NotQris):
        qris.parse(text[:place] + ("7" if text[place] != "7" else "3") + text[place + 1 :])


@pytest.mark.parametrize("text", ["", "000201", "hello", "é", "00020163041234", "0002016399"])
def test_what_is_no_payload_is_refused(text: str):
    with pytest.raises(qris.NotQris):
        qris.parse(text)


def test_amounts_with_sen_are_no_rupiah():
    assert qris._amount("16800.00") == 16_800
    with pytest.raises(qris.NotQris):
        qris._amount("16800.50")


def test_an_independent_reader_reads_the_drawn_qr():
    image = pytest.importorskip("PIL.Image")
    zxing = pytest.importorskip("zxingcpp")
    text = qris.payload(bill_number="T-202604-0000000017", code=codes.code(17), amount=16_800)
    assert [found.text for found in zxing.read_barcodes(image.open(io.BytesIO(pictures.qr_png(text))))] == [text]
    assert pictures.qr_svg(text).startswith("<svg")
