"""The command `teduh`: its table of commands, in the order of the story, each loaded only when it is called."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from dataclasses import dataclass
from typing import Any

import click


@dataclass(frozen=True)
class Entry:
    """A command: where it is (`command` in the module), what it does in a line, and whether it needs the database."""

    module: str
    help: str
    database: bool = True


COMMANDS: dict[str, dict[str, Entry]] = {
    "Begin": {
        "up": Entry("up", "Run Teduh on this machine: database, made-up district, pages, sign-ins.", database=False),
        "explain": Entry("explain", "What a contribution comes to and why, article by article. No database.", False),
    },
    "Work": {
        "enrol": Entry("enrol", "Enrol people from a sheet (CSV, XLSX): check, commit, mend."),
        "return": Entry("return_", "An employer's monthly wage return: check a sheet, file it, show it."),
        "employer": Entry("employer", "Employers: who is on record, how one stands with returns and bills."),
        "migrants": Entry("migrants", "Migrant workers: the gate, register, extend, bill, lists, rates, picture."),
        "bank": Entry("bank", "Play the bank: pay a bill, twice, late, too little; reverse it."),
        "books": Entry("books", "Trial balance, a member's statement, and whether the books hold together."),
        "national": Entry("national", "The law over everyone: assess, standing, accrue, pension, what-if.", False),
        "simulate": Entry("simulate", "Make a synthetic population of any size, as Parquet.", False),
    },
    "Look after": {
        "doctor": Entry("doctor", "Is everything in order? Says what is not, and what to do next."),
        "runs": Entry("runs", "What runs by itself, when, and how it went."),
        "audit": Entry("audit", "Who did and read what: seal, verify, show."),
        "account": Entry("account", "Accounts of staff: create, reset, list."),
        "token": Entry("token", "Keys of machines to the API: create, revoke, list."),
        "card": Entry("card", "Cards: the verifier as one file, the signing keys, check one.", database=False),
        "backup": Entry("backup", "Write the database to one file, or read it back: make, restore.", False),
    },
    "Serve elsewhere": {
        "migrate": Entry("migrate", "Bring the database's tables up to this version."),
        "serve": Entry("serve", "Only the pages and the API (with DATABASE_URL, behind your own proxy)."),
        "work": Entry("work", "Only the worker that does the runs and sends what goes out."),
        "version": Entry("version", "This version, its rulebook and its PostgreSQL.", False),
    },
}
EVERY: dict[str, Entry] = {name: entry for part in COMMANDS.values() for name, entry in part.items()}


class Story(click.Group):
    """A group that lists its commands in order and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, entry in EVERY.items() if _is_there(entry)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        entry = EVERY.get(name)
        if entry is None or not _is_there(entry):
            return None
        from teduh.cli import ground

        if entry.database:
            ground.prepare()
        command: click.Command = importlib.import_module(f"teduh.cli.{entry.module}").command
        return ground.stand(command, make=name == "migrate") if entry.database else command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for part, entries in COMMANDS.items():
            rows = [(name, entry.help) for name, entry in entries.items() if _is_there(entry)]
            if rows:
                with formatter.section(part):
                    formatter.write_dl(rows)


def _is_there(entry: Entry) -> bool:
    return importlib.util.find_spec(f"teduh.cli.{entry.module}") is not None


@click.group(cls=Story, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def teduh() -> None:
    """Teduh: the system an employment social-security fund runs on.

    It knows the law of contributions, keeps people, bills, payments and cover in PostgreSQL, and explains every rupiah.
    Start with `teduh up` and open the address it prints. Everything it keeps is in one folder: --data-dir, or
    TEDUH_DATA_DIR, or your own share folder (/var/lib/teduh for root). DATABASE_URL names a PostgreSQL server instead
    of the embedded one.
    """


def main() -> None:
    """The entry point: errors that were foreseen are said in words, others are shown as they are."""
    _place(sys.argv[1:])
    try:
        teduh.main(prog_name="teduh", standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        said = _in_words(error)
        if said is None:
            raise
        click.echo(said, err=True)
        sys.exit(1)


def _place(words: list[str]) -> None:
    """`--data-dir X` counts from the first import on: settings are read once."""
    for index, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "--data-dir" and (equals or index + 1 < len(words)):
            os.environ["TEDUH_DATA_DIR"] = value if equals else words[index + 1]


def _in_words(error: Exception) -> str | None:
    """What a foreseen error says; none for a bug."""
    known: dict[str, Any] = {"teduh.core.errors": "Refused", "teduh.site.embedded": "Trouble"}
    for module, name in known.items():
        kind = getattr(sys.modules.get(module), name, None)
        if kind and isinstance(error, kind):
            return _refusal(error) if name == "Refused" else str(error)
    if type(error).__name__ == "OperationalError":
        return f"PostgreSQL does not answer as it should: {error}\nCheck DATABASE_URL, or run: teduh doctor"
    return None


def _refusal(error: Any) -> str:
    parts = [error.what.en, error.why.en if error.why else "", f"Next: {error.then.en}"]
    return "\n".join(part for part in parts if part)
