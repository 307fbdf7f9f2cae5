"""What every page's door does alike: who may come in, and how a refusal is shown."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law.messages import RulebookError
from teduh.portals import actor

View = Callable[..., HttpResponse]


def door(*may: str) -> Callable[[View], View]:
    """Let in who may do any of `may` (nobody named: everybody); show what is refused as a page with its status."""

    def around(view: View) -> View:
        @functools.wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if may and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                who = actor.of(request)
                if may:
                    who.require(*may)
                answer = view(request, *args, **kwargs)
            except Refused as refused:
                return refusal(request, refused)
            except RulebookError as error:
                return refusal(request, of_law(error))
            if may:
                answer.headers.setdefault("Cache-Control", "no-store")
            return answer

        return opened

    return around


def of_law(error: RulebookError) -> Refused:
    """What the law's pages cannot answer, as a refusal."""
    what, why, then = (Text(m.id, m.en) for m in (error.what, error.why, error.next))
    return Refused(error.code, what, why=why, then=then, status=422)


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page that says what, why and what next."""
    return render(request, "refused.html", {"refused": refused}, status=refused.status)


def onto(form: Any, refused: Refused) -> None:
    """Put a refusal where the form asked the question, so that it is read beside the answer."""
    said = " ".join(str(part) for part in (refused.what, refused.why, refused.then) if part)
    form.add_error(refused.field if refused.field in form.fields else None, said)


def say(request: HttpRequest, bahasa: str, english: str) -> None:
    """A sentence on the next page: what has just been done."""
    messages.success(request, str(Text(bahasa, english)))


def key(request: HttpRequest) -> str:
    """The key of a form that is about to be shown or was sent: sent twice, it is done once."""
    sent = request.POST.get("key", "")
    return sent if 8 <= len(sent) <= 60 and sent.replace("-", "").isalnum() and sent.isascii() else uuid.uuid4().hex


def back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To where `next` says, if that is a page of ours."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    if to and url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(to)
    return redirect(otherwise)
