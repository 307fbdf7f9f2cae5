"""`teduh simulate`: a synthetic population in the proportions of the published figures, as Parquet shards."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import click

from teduh.core.errors import Refused
from teduh.law.months import Month


class MonthType(click.ParamType):
    """A month written like 2026-04."""

    name = "yyyy-mm"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        try:
            return value if isinstance(value, Month) else Month.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command("simulate")
@click.option("--people", type=int, required=True, help="How many registered members to make.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same people.")
@click.option("--out", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder.")
@click.option("--month", type=MonthType(), help="They stand at the end of this month (2026-04 unless named).")
@click.option("--district", help="Only one regency or city, for example 33.01 (Kabupaten Cilacap).")
@click.option("--active", is_flag=True, help="Only members counted as active, none whose cover has lapsed.")
@click.option("--shard-rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows of a file.")
@click.option("--workers", type=click.IntRange(1), help="Processes (this machine's cores unless named).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(
    people: int, seed: int, folder: Path, month: Month | None, district: str | None, active: bool, shard_rows: int,
    workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Make a synthetic population: people, occupations, incomes, regions, employers and placements.

    Deterministic: people, seed, month, district and --active decide every row, whatever the workers or the shards.
    A finished file is left alone, so an interrupted command is simply repeated. No row is about a living person.
    """
    from teduh.national import compare, population  # Numba only when it is needed

    try:
        spec = population.Spec(
            people=people, seed=seed, month=month or population.MONTH, regency=_regency(district), active_only=active
        )
        began = time.monotonic()

        def progress(done: int, of: int) -> None:
            if not as_json:
                rate = done / max(time.monotonic() - began, 1e-9)
                click.echo(f"\r{done:>13,} of {of:,} people, {rate:,.0f} a second ", nl=False, err=True)

        manifest = population.simulate(spec, folder=folder, shard_rows=shard_rows, workers=workers, progress=progress)
    except Refused as refused:
        raise click.ClickException(f"{refused.what.id}\n  {refused.what.en}\n  {refused.then.en}") from refused
    took = time.monotonic() - began
    checks = compare.checks(manifest["tally"], everywhere=spec.regency is None, active_only=active)
    if as_json:
        click.echo(json.dumps(_as_dict(folder, manifest, checks, took)))
    else:
        click.echo(err=True)
        _print(folder, manifest, checks, took)


def _regency(code: str | None) -> int | None:
    """33.01 or 3301 as a number; anything else is no regency."""
    digits = (code or "").replace(".", "")
    if code is None:
        return None
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _as_dict(folder: Path, manifest: dict[str, Any], checks: list[Any], took: float) -> dict[str, Any]:
    kept = {name: manifest[name] for name in ("spec", "stamp", "rows", "checksum", "sums")}
    shards = {"files": len(manifest["shards"]), "bytes": sum(shard["bytes"] for shard in manifest["shards"])}
    speed = {"seconds": round(took, 3), "rows_a_second": round(manifest["rows"] / max(took, 1e-9))}
    return {"folder": str(folder), **kept, **shards, **speed, "checks": [check.as_dict() for check in checks]}


def _print(folder: Path, manifest: dict[str, Any], checks: list[Any], took: float) -> None:
    size = sum(shard["bytes"] for shard in manifest["shards"])
    click.echo(f"{'':34}{'published':>10}{'made':>10}{'sigmas':>8}")
    shown = [check for check in checks if " in " not in check.what]
    for check in shown:
        click.echo(f"{check.what:34}{check.published:>10.2%}{check.made:>10.2%}{check.sigmas:>+8.1f}")
    rest = [check for check in checks if " in " in check.what]
    if rest:
        far = max(rest, key=lambda check: abs(check.sigmas))
        click.echo(f"{len(rest)} shares by province; the farthest is {far.what}: {far.sigmas:+.1f} sigmas")
    click.echo(
        f"{manifest['rows']:,} people in {len(manifest['shards'])} files, {size / 1e6:,.1f} MB, {took:.1f} s; "
        f"checksum {manifest['checksum']}\n{folder / 'manifest.json'}"
    )
