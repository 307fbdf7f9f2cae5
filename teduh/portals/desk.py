"""Finding the one person an officer has in front of him, by NIK or member number."""

from __future__ import annotations

from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.registry.queries import people
from teduh.security.access import Actor

WHY = "Cek perlindungan di loket"


def who(*, actor: Actor, sought: str) -> people.PersonRow:
    """The one person; `Refused` if there is none. The look is recorded."""
    digits = "".join(c for c in sought if c.isdigit())
    given = {"nik": digits} if len(digits) == 16 else {"member_number": digits}
    found = people.find(actor=actor, why=WHY, limit=2, **given) if digits else []
    if not found:
        raise not_found(
            Text("Tidak ada peserta dengan nomor ini.", "There is no member with this number."),
            Text("Periksa nomornya, atau cari dengan nama.", "Check the number, or search by name."),
        )
    return found[0]
