"""Runs the benchmarks on a PostgreSQL of their own and writes their tables into bench/README.md.

    python bench/run.py [name ...]

A benchmark is a script in this folder. It measures, and leaves its table in bench/out/<name>.json:
{"title", "columns", "rows", "machine", "repeat"}; {"tables": [...]} holds several.
"""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
BEGIN, END = "<!-- results -->", "<!-- /results -->"
NOT_ONE = {"run", "nation_chart"}


def names(asked: list[str]) -> list[str]:
    """The benchmarks to run, in order; unknown names are refused."""
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_ONE and is_script(path))
    if unknown := set(asked) - set(known):
        raise SystemExit(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    return asked or known


def is_script(path: Path) -> bool:
    return '__name__ == "__main__"' in path.read_text("utf-8")


def run(wanted: list[str]) -> list[str]:
    """Run each in a process of its own, with an empty migrated database; the names of those that failed."""
    from teduh.site import embedded

    failed = []
    with tempfile.TemporaryDirectory(prefix="teduh-bench-") as folder:
        data = Path(folder)
        with embedded.running(data) as socket:
            for name in wanted:
                embedded.ensure_database(data, name=f"bench_{name}")
                url = f"postgresql:///bench_{name}?host={socket}&user=postgres"
                env = os.environ | {
                    "DATABASE_URL": url, "TEDUH_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "teduh.site.settings",
                    "PYTHONPATH": str(ROOT),
                }  # fmt: skip
                print(f"— {name}", flush=True)
                subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=env, check=True)
                if subprocess.run([sys.executable, f"bench/{name}.py"], cwd=ROOT, env=env).returncode:
                    failed.append(name)
    return failed


def tables(found: Any) -> list[dict[str, Any]]:
    """The tables of a result."""
    if isinstance(found, list):
        return found
    return found.get("tables", [found])


def markdown(name: str, table: dict[str, Any]) -> str:
    """One table as it stands in the page."""
    columns, rows = table.get("columns"), table.get("rows", [])
    if columns is None:
        rest = [key for key in table if key not in ("title", "machine", "repeat")]
        columns, rows = ["what", "value"], [[key, table[key]] for key in rest]
    elif rows and isinstance(rows[0], dict):
        rows = [[row.get(column, "") for column in columns] for row in rows]
    lines = [f"### {table.get('title', name)}", "", line(columns), line(["---"] * len(columns))]
    lines += [line(row) for row in rows]
    said = [str(table[key]) for key in ("machine", "note") if table.get(key)]
    repeat = f"Repeat: `{table.get('repeat', f'python bench/{name}.py')}`."
    return "\n".join([*lines, "", " ".join([*(f"{word.rstrip('.')}." for word in said), repeat])])


def line(cells: list[Any]) -> str:
    return "| " + " | ".join(html.escape(str(cell), quote=False).replace("|", "\\|") for cell in cells) + " |"


def write_page() -> None:
    """Put every result there is between the page's markers."""
    page = HERE / "README.md"
    text = page.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    results = [
        markdown(path.stem, table)
        for path in sorted((HERE / "out").glob("*.json"))
        for table in tables(json.loads(path.read_text("utf-8")))
    ]
    body = "\n\n".join(["", *results, ""]) if results else "\n"
    page.write_text(f"{before}{BEGIN}{body}{END}{after}", "utf-8")


def main() -> None:
    failed = run(names(sys.argv[1:]))
    write_page()
    if failed:
        raise SystemExit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
