"""Cards: made for a member, checked for anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from teduh.api import inputs, shapes
from teduh.api.door import operation
from teduh.core import clock
from teduh.coverage import card

router = Router(tags=["cards"])
Claims = shapes.of(card.Claims)
Verified = shapes.of(card.Verified)


class CardText(inputs.In):
    text: inputs.LongText


@operation(router, "POST", "/verify", needs=(), out=Verified, example={"text": "TDH1:RRQ+D9O60CO0H1HH+08CKSI7.70…"})
def verify_card(request: HttpRequest, body: CardText) -> Any:
    """Whether a card is genuine, and what it means today. It reads nothing but the card."""
    return card.verify(text=body.text, on=clock.today())
