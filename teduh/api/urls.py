"""Addresses of the API: its operations, its description, a listing for people, and one answer for everything else."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from teduh.api import errors, listing
from teduh.api.door import api
from teduh.api.routers import mount

log = logging.getLogger(__name__)
MOST_UPLOAD = 25 * 1024 * 1024
mount(api)


def shaped(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse what is too big before reading it; give even 405 the one error shape; let nobody keep the answer."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = _sized(request, lambda: view(request, *args, **kwargs))
        if answer.status_code == 405:
            allow = answer.headers.get("Allow", "")
            answer = errors.answer(errors.wrong_method())
            answer["Allow"] = allow
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return csrf_exempt(run)


def _sized(request: HttpRequest, do: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    upload = request.content_type == "multipart/form-data"
    limit = MOST_UPLOAD if upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE or MOST_UPLOAD
    try:
        if _length(request) > limit:
            return errors.answer(errors.too_big(limit))
        return do()
    except RequestDataTooBig:
        return errors.answer(errors.too_big(limit))
    except Exception:
        log.exception("the API failed at %s %s", request.method, request.path)
        return errors.answer(errors.our_fault())


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdigit() else 0


def nothing_here(_request: HttpRequest, rest: str) -> HttpResponse:
    return errors.answer(errors.no_such_address())


def _shape_all(patterns: list[Any]) -> list[URLPattern]:
    for pattern in patterns:
        pattern.callback = shaped(pattern.callback)
    return patterns


_patterns, _app, _namespace = api.urls
urlpatterns = [
    path("v1/", listing.page, name="api-listing"),
    path("v1/", (_shape_all(_patterns), _app, _namespace)),
    path("<path:rest>", csrf_exempt(nothing_here)),
]
