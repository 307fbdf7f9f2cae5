"""`teduh enrol FILE` at a shell: it checks, writes the sheet with what to mend, asks, and enrols."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from teduh.cli import enrol
from teduh.registry.models import Person
from teduh.security.models import Role
from tests import factories
from tests.data.sheets import nasty, people

pytestmark = pytest.mark.usefixtures("db", "regions")


@pytest.fixture
def run(tmp_path: Path):
    def run(content: bytes, *words: str, name: str = "warga.csv", code: int = 0, says: str | None = None) -> str:
        (tmp_path / name).write_bytes(content)
        said = CliRunner().invoke(enrol.command, [str(tmp_path / name), *words], input=says)
        assert said.exit_code == code, f"{said.output}\n{said.exception!r}"
        return said.output

    return run


def test_it_asks_before_it_enrols_and_no_is_no(run):
    content = people.plain_csv(people.make(4))
    assert "Daftarkan 4 orang?" in run(content, says="n\n")
    assert not Person.objects.exists()
    assert "Selesai" in run(content, says="y\n")
    assert Person.objects.count() == 4


def test_a_dry_run_enrols_nobody_and_leaves_the_sheet_beside_the_original(run, tmp_path):
    said = run(nasty.scientific_csv(), "--dry-run", "--lang", "en", code=3)
    assert "Format Cells → Text" in said
    assert "To be mended" in said
    rows = list(load_workbook(tmp_path / "warga.csv.periksa.xlsx").active.iter_rows(values_only=True))
    assert rows[0][-3:] == ("Status", "Understood as", "What to mend")
    assert not Person.objects.exists()


def test_run_twice_it_says_that_the_file_was_enrolled(run):
    content = people.plain_csv(people.make(3))
    run(content, "--yes")
    assert "sudah didaftarkan" in run(content, "--yes")
    assert Person.objects.count() == 3


def test_people_belong_to_the_agent_that_is_named(run):
    agent = factories.user(Role.AGENT)
    run(people.plain_csv(people.make(2)), "--yes", "--agent", agent.username, "--report", "/dev/null")
    assert set(Person.objects.values_list("agent", flat=True)) == {agent.id}
    run(people.plain_csv(people.make(2)), "--agent", "nobody-at-all", code=2)


def test_columns_programmes_and_the_village_are_said_on_the_command_line(run):
    one = people.make(1)[0]
    content = people.csv_of([["X", "Y", "Kerja"], [one.nik, one.name, "nelayan"]])
    run(content, "--dry-run", code=1)
    words = ("--map", "X=nik", "--map", "Y=name", "--village", "33.01.09.2003", "--programmes", "JKK,JKM,JHT")
    run(content, *words, "--yes")
    person = Person.objects.get()
    assert person.registered_at_id == person.lives_in_id == "33.01.09.2003"
    assert person.enrolments.get().programmes == ["JKK", "JKM", "JHT"]
    run(content, "--map", "X=nonsense", code=2)
    run(content, "--programmes", "JP", code=2)
    run(people.plain_csv(people.make(1, seed=5)), "--village", "99.99", code=1)


def test_what_is_no_sheet_is_refused_in_words(run):
    said = run(b"%PDF-1.7", code=1)
    assert "PDF" in said
    assert "XLSX" in said
