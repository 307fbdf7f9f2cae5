"""The sheets a clerk gets: an empty one, last month's filled in, his own with what to mend. All can be sent back."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from teduh.journeys.wages import sheets, wage_return
from teduh.journeys.wages.report import TypedRow
from teduh.registry.models import Person
from teduh.security.access import SYSTEM
from tests.data.returns import workers
from tests.employers import firms
from tests.journeys.wages.test_wage_return import APRIL, MAY, ON, check, file

JUNE = dt.date(2026, 6, 3)
EXAMPLES = Path(__file__).parents[2] / "data" / "returns"

pytestmark = pytest.mark.usefixtures("db")


def pages(content):
    return load_workbook(BytesIO(content))


@pytest.mark.parametrize(("language", "title"), [("id", "Upah pokok"), ("en", "Basic wage")])
def test_the_template_has_every_column_and_says_how_to_fill_it(language, title):
    book = pages(wage_return.template(month=APRIL) if language == "id" else
                 sheets.template(month=APRIL, language="en"))  # fmt: skip
    first, guide = book.worksheets
    titles = [cell.value for cell in first[1]]
    assert title in titles
    assert titles[0] == "NIK"
    assert guide.max_row > 12


def test_the_template_filled_in_can_be_read():
    book = pages(wage_return.template(month=APRIL))
    page = book.worksheets[0]
    titles = [cell.value for cell in page[1]]
    values = {"NIK": workers.make(1)[0].nik, "Nama": "Ana", "Upah pokok": 6_000_000, "Tunjangan tetap": 250_000}
    page.append([values.get(title, "") for title in titles])
    out = BytesIO()
    book.save(out)
    report = check(firms.employer(), out.getvalue())
    assert report.may_file, report.findings
    assert report.wages == 6_250_000


def test_last_months_return_filled_in_and_sent_back_changes_nothing():
    firm = firms.employer()
    firms.worksite(firm, number=2, risk_class=4)
    made = workers.make(8)
    titles = (*workers.TITLES, "Tempat Kerja", "Cara Bayar", "Status Kerja")
    rows = [(*row, 1 + n % 2, "harian" if n == 3 else "bulanan", "PKWT" if n % 3 else "PKWTT")
            for n, row in enumerate(workers.rows(made))]  # fmt: skip
    rows[3] = (*rows[3][:2], 240_000, *rows[3][3:])
    file(check(firm, workers.table([titles, *rows])))
    content = wage_return.prefilled(employer=firm, month=MAY, by=SYSTEM, on=JUNE)
    niks = pages(content).worksheets[0]["A"]
    assert all(isinstance(cell.value, str) and cell.number_format == "@" for cell in niks[1:])
    report = check(firm, content, month=MAY, on=JUNE)
    assert report.may_file, report.findings
    assert report.difference.same.people == report.workers == 8
    assert {found.severity for found in report.findings if found.number} <= {"note"}
    april = wage_return.versions(employer=firm, month=APRIL, by=SYSTEM)[0]
    assert report.to_pay == april.to_pay


@pytest.mark.parametrize(("language", "verdict"), [("id", "Perbaiki"), ("en", "Mend")])
def test_the_mended_sheet_says_beside_each_row_what_to_mend_and_can_be_sent_back(language, verdict):
    firm, made = firms.employer(), workers.make(3)
    lines = [("PT Maju",), workers.TITLES, *workers.rows(made), ("3.17101E+15", "=cmd()", 6_000_000, 0, 0, "")]
    report = check(firm, workers.table(lines))
    content = wage_return.mended_sheet(wage_return=report.wage_return, by=SYSTEM, on=ON, language=language)
    whole, mend = pages(content).worksheets
    assert whole.max_row == len(lines)
    assert whole.cell(6, 7).value == verdict
    assert "Excel" in whole.cell(6, 8).value
    assert str(whole.cell(6, 2).value).startswith("'=")
    assert mend.max_row == 2
    again = check(firm, content)
    assert (again.workers, again.stopped) == (3, 1)


def test_typed_rows_are_read_like_a_file():
    firm, made = firms.employer(), workers.make(2)
    rows = [TypedRow(nik=w.nik, name=f"{w.name}, S.H.\x00\ud800", pay=f"Rp {w.pay}") for w in made]
    report = check(firm, wage_return.typed(employer=firm, month=APRIL, rows=rows), source="page")
    assert report.may_file, report.findings
    assert report.wages == sum(w.pay for w in made)
    file(report)
    filled = wage_return.typing_rows(employer=firm, month=MAY, by=SYSTEM, on=JUNE)
    assert [row[0] for row in filled] == list(Person.objects.order_by("id").values_list("member_number", flat=True))
    assert wage_return.typing_rows(employer=firm, month=MAY, by=SYSTEM, on=JUNE, limit=1) is None


@pytest.mark.parametrize("name", ["upah-april.csv", "upah-april.xlsx"])
def test_the_example_files_are_read_whole(name):
    report = wage_return.check(
        employer=firms.employer(), month=APRIL, content=(EXAMPLES / name).read_bytes(), name=name, by=SYSTEM, on=ON,
        at=dt.datetime(2026, 5, 5, tzinfo=dt.UTC),
    )  # fmt: skip
    assert report.workers == 5
    assert report.stopped == 2
    assert {"nik_excel", "pay_unreadable", "daily_times_25", "several_summed"} <= set(report.counts)
    assert report.wages == 4_900_000 + 5_300_000 + 5_000_000 + 7_250_000 + 5_100_000
