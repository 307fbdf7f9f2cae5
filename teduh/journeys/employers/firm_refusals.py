"""What is said when a firm's declaration cannot be taken: what, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from teduh.core import dates
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import queries
from teduh.law.months import Month
from teduh.security.access import Actor

SHOWN = 6
AMEND = Text(
    "Bulan yang sudah dilaporkan tetap seperti dilaporkan; buat pembetulan untuk {months}.",
    "Months filed already stay as filed; file an amendment for {months}.",
)


def listed(months: Sequence[Month]) -> Text:
    """Some months in words; of many the first ones."""
    said = [dates.month(month) for month in months[:SHOWN]]
    more = len(months) - len(said)
    rest = Text(f" dan {more} bulan lagi", f" and {more} more") if more else Text("", "")
    return Text(", ".join(one.id for one in said) + rest.id, ", ".join(one.en for one in said) + rest.en)


def amend(months: Sequence[Month]) -> Text:
    """Which filed months ask for an amendment."""
    said = listed(months)
    return Text(AMEND.id.format(months=said.id), AMEND.en.format(months=said.en))


def known(*, employer: int, npp: str, field: str, by: Actor) -> Refused:
    """The firm is registered already; its number is shown to whoever may see it."""
    number = "NIB" if field == "nib" else "NPWP"
    own = any(row.id == employer for row in queries.firms_of(by=by))
    if own or by.may("employers"):
        then = Text(f"Buka usaha dengan NPP {npp}.", f"Open the firm with NPP {npp}.")
    else:
        then = Text(
            "Minta pengelola akunnya memasukkan Anda sebagai staf; bila tidak ada, bawa NIB dan KTP ke kantor cabang.",
            "Ask an owner of its account to add you as staff; if there is none, bring NIB and KTP to the branch.",
        )
    return Refused(
        "firm_registered_already",
        Text(f"Usaha dengan {number} ini sudah terdaftar.", f"A firm with this {number} is registered already."),
        why=Text(f"Satu {number} adalah satu pemberi kerja.", f"One {number} is one employer."),
        then=then, status=409, field=field,
    )  # fmt: skip


def filed_already(months: Sequence[Month]) -> Refused:
    """A firm declares for months to come; what it filed it amends."""
    said = listed(months)
    return Refused(
        "months_filed_already",
        Text(f"Sudah dilaporkan: {said.id}.", f"Filed already: {said.en}."),
        why=Text("Perubahan tidak mengubah bulan yang sudah dilaporkan.", "A change never alters a filed month."),
        then=Text(
            "Pilih bulan setelahnya. Bila bulan yang lalu keliru, minta petugas, lalu buat pembetulan laporan.",
            "Choose a later month. If past months are wrong, ask an officer, and file an amendment.",
        ),
        status=409, field="from_month",
    )  # fmt: skip


def before_first(first: Month) -> Refused:
    """An earlier first month brings arrears with it: an officer sets it."""
    said = dates.month(first)
    return Refused(
        "before_first_month",
        Text(f"Usaha ini terdaftar mulai {said.id}.", f"This firm is registered from {said.en}."),
        then=Text("Bila sudah mempekerjakan orang sebelum itu, minta petugas memajukannya.",
                  "If it employed people before, ask an officer to put an earlier month."),
        field="from_month",
    )  # fmt: skip


def month_to_come() -> Refused:
    """A firm registers when it employs, not before."""
    return Refused(
        "month_to_come",
        Text("Bulan pertama mempekerjakan orang belum tiba.", "The first month of employing has not come yet."),
        then=Text("Pilih bulan ini atau bulan yang lalu.", "Choose this month or an earlier one."),
        field="from_month",
    )


def day_too_far(field: str) -> Refused:
    """A day more than a year ahead is a typing error."""
    return Refused(
        "day_too_far",
        Text("Tanggalnya terlalu jauh ke depan.", "The day is too far ahead."),
        then=Text("Periksa tahunnya.", "Check the year."),
        field=field,
    )


def inspector() -> Refused:
    """Inspectors look and never change."""
    return Refused(
        "not_allowed",
        Text("Pengawas membaca, tidak mengubah.", "An inspector reads and changes nothing."),
        then=Text("Minta petugas kantor cabang melakukannya.", "Ask an officer of the branch to do it."),
        status=403,
    )
