"""What every page knows."""

from __future__ import annotations

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    """The signed-in account's role, for the menu."""
    return {"role": getattr(request.user, "role", "")}
