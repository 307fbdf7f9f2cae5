"""`teduh enrol FILE`: a sheet of people, checked row by row, given back with what to mend, enrolled when one agrees.

Exit codes: 0 nothing is left to mend; 3 some rows must be mended (the others were enrolled, if that was agreed);
1 the file was refused; 2 the options are wrong.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text, rupiah
from teduh.journeys.joining import enrol_file
from teduh.journeys.joining.enrol_file import Defaults, FileReport
from teduh.registry.sheets.messages import LABELS
from teduh.registry.sheets.report import STATES, RowReport
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import User

SHOWN = 10
TO_MEND = 3


class Words:
    """Says things in the language that was chosen."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, id_: str | Text, en: str = "") -> str:
        text = id_ if isinstance(id_, Text) else Text(id_, en)
        return text.en if self.language == "en" else text.id


class Meter:
    """Shows how far it is and how fast; a line per stage where nobody watches."""

    def __init__(self, say: Words) -> None:
        self.say, self.stage, self.began = say, "", time.monotonic()
        self.is_watched = sys.stderr.isatty()

    def __call__(self, done: int, total: int, what: Text) -> None:
        stage = self.say(what)
        if stage != self.stage:
            if self.stage and self.is_watched:
                click.echo("", err=True)
            self.stage, self.began = stage, time.monotonic()
            if not self.is_watched:
                click.echo(f"{stage} ({total:,})", err=True)
        if self.is_watched:
            rate = done / max(time.monotonic() - self.began, 0.001)
            speed = f"  {rate:,.0f}/s" if done else ""
            click.echo(f"\r\x1b[K{stage}  {done:,} / {total:,}{speed}", nl=False, err=True)

    def close(self) -> None:
        """The line is finished."""
        if self.stage and self.is_watched:
            click.echo("", err=True)
        self.stage = ""


@click.command
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only check; enrol nobody and ask nothing.")
@click.option("--yes", "--commit", "yes", is_flag=True, help="Enrol what is ready without asking.")
@click.option("--agent", metavar="USERNAME", help="The agent whose people these are.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path),
              help="Where the mended sheet goes [FILE.periksa.xlsx].")  # fmt: skip
@click.option(
    "--map", "columns", multiple=True, metavar="COLUMN=FIELD", help="What a column holds, such as 'No ID=nik'."
)
@click.option("--sheet", metavar="NAME", help="Which sheet of a workbook.")
@click.option("--village", metavar="CODE", help="Where the list comes from: a region's code, such as 33.01.09.2003.")
@click.option("--occupation", metavar="CODE", help="For rows that name none, such as nelayan.")
@click.option("--programmes", default="JKK,JKM", show_default=True, help="For rows that name none.")
@click.option("--group", type=int, metavar="ID", help="The group that joins or pays with these people.")
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="The language of the report."
)
def command(
    file: Path, dry_run: bool, yes: bool, agent: str | None, report: Path | None, columns: tuple[str, ...],
    sheet: str | None, village: str | None, occupation: str | None, programmes: str, group: int | None, lang: str,
) -> None:  # fmt: skip
    """Enrol people from a sheet (CSV, XLSX, XLS, ODS), in whatever shape a village keeps it.

    First every row is checked: what is accepted, what was understood how, what must be mended and how. That is printed
    and written beside the original as FILE.periksa.xlsx. Then it asks, and enrols the rows that are ready, all of them
    or none. Interrupted, run it again; run twice, it enrols nobody twice.

    Agreeing says that the people on the list consented to their data being kept and compared with the civil registry.

    Exit code 0: nothing is left to mend. 3: some rows must be mended. 1: the file was refused. 2: wrong options.
    """
    say = Words(lang)
    by = _actor(agent, say)
    try:
        defaults = Defaults(region=village, programmes=_programmes(programmes), occupation=occupation, group=group)
        meter = Meter(say)
        found = enrol_file.check(
            content=file.read_bytes(), name=file.name, by=by, on=clock.today(), defaults=defaults,
            mapping=_mapping(columns), sheet=sheet, progress=meter,
        )  # fmt: skip
        meter.close()
        _tell(found, say)
        target = report or file.with_name(f"{file.name}.periksa.xlsx")
        _write(found, by, target, say)
        if not dry_run and found.usable and not found.is_committed and (yes or _agreed(found, say)):
            found = enrol_file.commit(file=found.id, by=by, on=clock.today(), at=clock.now(), progress=meter)
            meter.close()
            _done(found, say)
            _write(found, by, target, say)
    except Refused as refused:
        raise click.ClickException(_refusal(refused, say)) from refused
    if found.counts.get("mend"):
        sys.exit(TO_MEND)


def _actor(agent: str | None, say: Words) -> Actor:
    if agent is None:
        return SYSTEM
    account = User.objects.filter(username=agent, is_active=True).first()
    if account is None:
        raise click.BadParameter(say("akun itu tidak ada", "there is no such account"), param_hint="--agent")
    return Actor(user=account.pk, name=account.username, role=account.role)


def _programmes(text: str) -> tuple[str, ...]:
    names = {name.strip().upper() for name in text.split(",")}
    if not names <= {"JKK", "JKM", "JHT"}:
        raise click.BadParameter("JKK,JKM or JKK,JKM,JHT", param_hint="--programmes")
    return tuple(name for name in ("JKK", "JKM", "JHT") if name in names | {"JKK", "JKM"})


def _mapping(columns: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in columns:
        title, equals, field = text.rpartition("=")
        if not equals or field.strip() not in LABELS:
            raise click.BadParameter(f"{text!r}: COLUMN=FIELD; FIELD: {', '.join(LABELS)}", param_hint="--map")
        found[title.strip()] = field.strip()
    return found


def _tell(found: FileReport, say: Words) -> None:
    if found.is_committed:
        click.echo(
            say("Berkas ini sudah didaftarkan; inilah hasilnya.", "This file was enrolled; this is what came of it.")
        )
    click.echo(say("Kolom yang dipahami:", "Columns as understood:"))
    for column in found.columns:
        label = say(column.label) if column.label else say("tidak dipakai", "not used")
        click.echo(f"  {column.letter:>3}  {column.title or '-':<28} {label}")
    for note in found.notes:
        if note.level != "note":
            click.echo(f"  ! {say(note.what)} {say(note.then) if note.then else ''}".rstrip())
    _counts(found, say)
    to_mend = [row for row in found.rows if row.state == "mend"]
    for row in to_mend[:SHOWN]:
        _row(row, say)
    if found.counts.get("mend", 0) > SHOWN:
        click.echo(say("  … selengkapnya di lembar periksa.", "  … all of them are in the sheet."))


def _counts(found: FileReport, say: Words) -> None:
    click.echo(say(f"{found.people:,} orang:", f"{found.people:,} people:"))
    for state, text in STATES.items():
        if found.counts.get(state) and state != "blank":
            click.echo(f"  {found.counts[state]:>7,}  {say(text)}")
    if found.usable and not found.is_committed:
        click.echo(
            say(f"Iuran sebulan menurut hukum: {rupiah(found.due)}", f"Due in a month by law: {rupiah(found.due)}")
        )


def _row(row: RowReport, say: Words) -> None:
    click.echo(say(f"  baris {row.number}: {row.name or '-'}", f"  row {row.number}: {row.name or '-'}"))
    for finding in row.mend:
        click.echo(f"      {say(finding.what)} {say(finding.then) if finding.then else ''}".rstrip())


def _write(found: FileReport, by: Actor, target: Path, say: Words) -> None:
    content = enrol_file.mended_sheet(file=found.id, by=by, language=say.language)
    try:
        target.write_bytes(content)
    except OSError as error:
        click.echo(
            f"{target}: {error.strerror}. {say('Pilih tempat lain: --report', 'Choose another place: --report')}",
            err=True,
        )
        return
    click.echo(say(f"Lembar periksa: {target}", f"The sheet with what to mend: {target}"))


def _agreed(found: FileReport, say: Words) -> bool:
    question = say(
        f"Daftarkan {found.usable:,} orang? (Dengan ini Anda menyatakan bahwa mereka setuju datanya disimpan)",
        f"Enrol {found.usable:,} people? (By this you say that they consented to their data being kept)",
    )
    return click.confirm(question, default=False)


def _done(found: FileReport, say: Words) -> None:
    click.echo(say("Selesai.", "Done."))
    _counts(found, say)


def _refusal(refused: Refused, say: Words) -> str:
    return "\n".join(say(text) for text in (refused.what, refused.why, refused.then) if text)
