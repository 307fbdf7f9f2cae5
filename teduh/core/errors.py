"""The one way to refuse: what is wrong, why, and what to do next, in both languages."""

from __future__ import annotations

from teduh.core.text import Text


class Refused(Exception):
    """Something that cannot be done as asked. Doors turn it into a page or an API error; nothing was half-done.

    `code` is a stable word for machines, `status` an HTTP status, `field` the input it speaks of, if one.
    """

    def __init__(
        self,
        code: str,
        what: Text,
        *,
        why: Text | None = None,
        then: Text,
        status: int = 422,
        field: str = "",
    ):
        super().__init__(f"{code}: {what.en}")
        self.code, self.what, self.why, self.then, self.status, self.field = (
            code,
            what,
            why,
            then,
            status,
            field,
        )

    def as_dict(self) -> dict[str, object]:
        """The API's error shape."""
        return {
            "code": self.code,
            "what": self.what.as_dict(),
            "why": self.why.as_dict() if self.why else None,
            "next": self.then.as_dict(),
            "field": self.field,
        }


def not_found(what: Text, then: Text | None = None) -> Refused:
    """Refused because there is no such thing, or it is not the asker's to see; both read the same."""
    nothing = Text("Periksa kembali nomornya.", "Check the number again.")
    return Refused("not_found", what, then=then or nothing, status=404)
