"""The one shape of every error, and how whatever goes wrong is turned into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law.messages import RulebookError

READ = Text("Lihat daftar operasi di /api/v1/.", "See the list of operations at /api/v1/.")
MOST_FIELDS_NAMED = 5

#: pydantic's kind of error -> what is wrong with a field.
WORDS = {
    "missing": Text("wajib diisi", "is required"),
    "string_too_long": Text("terlalu panjang", "is too long"),
    "string_too_short": Text("terlalu pendek", "is too short"),
    "string_pattern_mismatch": Text("bentuknya tidak sesuai", "does not have the right form"),
    "string_unicode": Text("berisi tulisan yang rusak", "holds text that is broken"),
    "unstorable": Text("berisi karakter NUL atau tulisan yang rusak", "holds a NUL character or broken text"),
    "too_long": Text("terlalu banyak", "has too many items"),
    "too_short": Text("terlalu sedikit", "has too few items"),
    "extra_forbidden": Text("tidak dikenal", "is not known"),
    "literal_error": Text("bukan salah satu pilihan", "is not one of the choices"),
    "int_parsing": Text("harus bilangan bulat", "must be a whole number"),
    "int_type": Text("harus bilangan bulat", "must be a whole number"),
    "bool_type": Text("harus true atau false", "must be true or false"),
    "string_type": Text("harus tulisan", "must be text"),
}
OTHERWISE = Text("tidak sesuai", "is not valid")


def bad_request() -> Refused:
    return Refused(
        "unreadable",
        Text("Isi permintaan bukan JSON yang dapat dibaca.", "The body is not readable JSON."),
        then=Text("Kirim JSON dalam UTF-8.", "Send JSON in UTF-8."),
        status=400,
    )


def no_token() -> Refused:
    return Refused(
        "no_token",
        Text("Token tidak ada, salah, dicabut, atau sudah lewat masanya.", "No token, or a wrong, revoked or old one."),
        then=Text(
            "Kirim header Authorization: Bearer <token>; operator membuatnya dengan `teduh token create`.",
            "Send the header Authorization: Bearer <token>; an operator makes one with `teduh token create`.",
        ),
        status=401,
    )


def no_such_address() -> Refused:
    return Refused("not_found", Text("Alamat ini tidak ada.", "There is no such address."), then=READ, status=404)


def wrong_method() -> Refused:
    what = Text("Metode ini tidak berlaku di alamat ini.", "This method does not work at this address.")
    return Refused("method_not_allowed", what, then=READ, status=405)


def too_big(limit: int) -> Refused:
    size = f"{limit // 1024} KiB"
    return Refused(
        "too_big",
        Text(f"Permintaan lebih besar dari {size}.", f"The request is larger than {size}."),
        then=Text("Bagi menjadi beberapa permintaan.", "Split it into several requests."),
        status=413,
    )


def our_fault() -> Refused:
    return Refused(
        "our_fault",
        Text("Ada yang salah pada sistem kami; sudah dicatat.", "Something failed on our side; it has been noted."),
        then=Text("Kirim lagi dengan kunci yang sama.", "Send it again with the same key."),
        status=500,
    )


def invalid(errors: list[dict[str, Any]]) -> Refused:
    """All that pydantic found wrong, the first field named in `field`; what was sent is never repeated."""
    named = [(_field(error["loc"]), WORDS.get(error["type"], OTHERWISE)) for error in errors[:MOST_FIELDS_NAMED]]
    said = Text(
        "; ".join(f"{name} {words.id}" for name, words in named) + ".",
        "; ".join(f"{name} {words.en}" for name, words in named) + ".",
    )
    return Refused(
        "invalid",
        Text("Ada isian yang tidak sesuai.", "Something that was sent is not valid."),
        why=said,
        then=Text("Perbaiki isian itu lalu kirim lagi.", "Mend it and send again."),
        field=named[0][0] if named else "",
    )


def _field(loc: tuple[Any, ...]) -> str:
    """`body.newcomer.heirs.0.name` as `heirs.0.name`; a key that a stranger invented is not repeated."""
    parts = [str(part) for part in loc if isinstance(part, int) or (part.isascii() and part.replace("_", "").isalnum())]
    return ".".join(parts[2:] if parts[:1] == ["body"] and len(parts) > 2 else parts[1:] or parts)[:80]


def answer(refused: Refused) -> HttpResponse:
    """A refusal as the API says it."""
    response = JsonResponse(refused.as_dict(), status=refused.status, json_dumps_params={"ensure_ascii": True})
    if refused.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Teduh"'
    if refused.status == 429:
        response["Retry-After"] = str(getattr(refused, "wait", 60))
    return response


def of_law(error: RulebookError) -> Refused:
    """The law has no answer for this: its own words."""
    what, why, then = (Text(message.id, message.en) for message in (error.what, error.why, error.next))
    return Refused(error.code, what, why=why, then=then)


def of_http(error: HttpError) -> Refused:
    return bad_request() if error.status_code == 400 else no_such_address()


#: The kinds of errors that doors may meet. Anything else is a fault of ours: logged, and a 500 without details.
HANDLERS: dict[type[Exception], Callable[[Any], Refused]] = {
    Refused: lambda error: error,
    RulebookError: of_law,
    ValidationError: lambda error: invalid(error.errors),
    AuthenticationError: lambda _error: no_token(),
    HttpError: of_http,
    Http404: lambda _error: no_such_address(),
    RequestDataTooBig: lambda _error: too_big(0),
    SuspiciousOperation: lambda _error: bad_request(),
    MultiPartParserError: lambda _error: bad_request(),
}


def handle(api: NinjaAPI) -> None:
    """Teach the API all of the above."""
    for kind, read in HANDLERS.items():
        api.add_exception_handler(kind, _handler(read))


def _handler(read: Callable[[Any], Refused]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda _request, error: answer(read(error))
