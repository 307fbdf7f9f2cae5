"""The API itself, and how an operation is declared: who may, what comes in, what goes out, and whether only once."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Router
from pydantic import TypeAdapter

from teduh import __version__
from teduh.api import errors, once, shapes, tokens

DESCRIPTION = (
    "Everything that a member, an agent, an officer, an auditor, an operator or a bank does, for machines. Each error "
    "has one shape: code, what (Bahasa and English), why, next, field. Every POST that changes something takes an "
    "Idempotency-Key. Lists go on with `after`."
)
ALWAYS = (400, 401, 403, 413, 422, 429)

api = NinjaAPI(
    title="Teduh",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
)
errors.handle(api)

View = Callable[..., Any]


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    needs: tuple[str, ...],
    out: Any,
    status: int = 200,
    idempotent: bool = False,
    may_fail: tuple[int, ...] = (),
    example: Any = None,
    media: str = "",
) -> Callable[[View], View]:
    """Declare an operation. Its docstring is its description; `needs` are the scopes of which one suffices.

    `media` is the content type of an answer that is no JSON. With `idempotent` the request's Idempotency-Key is
    required and honoured. `may_fail` are its own error statuses, beside those that every operation may give.
    """

    def register(view: View) -> View:
        run = _runner(view, out, status, idempotent)
        failures = dict.fromkeys(sorted({*ALWAYS, *may_fail, *((409,) if idempotent else ())}), shapes.Problem)
        summary, _, more = inspect.cleandoc(view.__doc__ or "").partition("\n")
        router.api_operation(
            [method],
            path,
            auth=tokens.Token(*needs),
            response={status: out, **failures},
            summary=summary.rstrip("."),
            description=(f"{more.strip()}\n\n" if more.strip() else "") + _scopes(needs),
            operation_id=view.__name__,
            openapi_extra=_extra(needs, idempotent, example, {status: media} if media else {}),
        )(run)
        return view

    return register


def _scopes(needs: tuple[str, ...]) -> str:
    return f"Scopes, one of: {', '.join(f'`{name}`' for name in needs)}." if needs else "Any token."


def _extra(needs: tuple[str, ...], idempotent: bool, example: Any, media: dict[int, str]) -> dict[str, Any]:
    extra: dict[str, Any] = {"x-scopes": list(needs)}
    if idempotent:
        extra["parameters"] = [once.PARAMETER]
    if example is not None:
        extra["requestBody"] = {"content": {"application/json": {"example": example}}}
    if media:
        kind = {"schema": {"type": "string", "format": "binary"}}
        extra["responses"] = {status: {"content": {name: kind}} for status, name in media.items()}
    return extra


def _runner(view: View, out: Any, status: int, idempotent: bool) -> View:
    shape: TypeAdapter[Any] | None = None if out is None else TypeAdapter(out)

    @functools.wraps(view)
    def run(request: HttpRequest, **values: Any) -> HttpResponseBase:
        def do() -> Any:
            return _plain(shape, view(request, **values))

        if idempotent:
            user = tokens.actor(request).user or 0
            return once.run(request, user=user, status=status, do=do)
        made = view(request, **values)
        return made if isinstance(made, HttpResponse) else JsonResponse(_plain(shape, made), status=status, safe=False)

    run.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return run


def _plain(shape: TypeAdapter[Any] | None, made: Any) -> Any:
    if shape is None:
        return made
    return shape.dump_python(shape.validate_python(made, from_attributes=True), mode="json")
