"""Days and hours as they are where a worker lives: a deadline means his evening, not Jakarta's."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import template

from teduh.portals.templatetags.words import language, tanggal

register = template.Library()


@register.filter
def there(moment: dt.datetime, zone: str) -> str:
    """`22 November 2026, 18.05 (Taipei)`."""
    local = moment.astimezone(ZoneInfo(zone))
    hour = f"{local:%H.%M}" if language() == "id" else f"{local:%H:%M}"
    return f"{tanggal(local.date())}, {hour} ({zone.rpartition('/')[2].replace('_', ' ')})"


@register.simple_tag
def in_share(text: Any, address: str) -> str:
    """The words around a link, with the link in them."""
    return str(text).replace("{address}", address)
