"""Photos and letters that show something about a person: handed in first, then named by evidence or a correction."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Path, Router, UploadedFile
from pydantic import Field

from teduh.api import seeing, shapes
from teduh.api.door import operation
from teduh.api.inputs import MemberPath, WhyQuery
from teduh.api.tokens import actor
from teduh.journeys.joining import documents

router = Router(tags=["people"])
Sha256 = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


class Kept(shapes.Out):
    """A document that is kept now."""

    sha256: str = Field(description="Its SHA-256 in hexadecimal: evidence and corrections name it by this.")


@operation(router, "POST", "/documents", needs=("enrol", "self"), out=Kept, status=201, idempotent=True)
def keep_document(
    request: HttpRequest, file: Annotated[UploadedFile, File(description="JPG, PNG, WebP or PDF, at most 8 MB.")]
) -> Any:
    """Keep a photo or PDF, encrypted. The same bytes are kept once."""
    return {"sha256": documents.keep(content=file.read(), by=actor(request))}


@operation(
    router, "GET", "/people/{member_number}/documents/{sha256}", needs=("own_people", "everyone", "self"), out=None,
    media="application/octet-stream", may_fail=(404,),
)  # fmt: skip
def read_document(request: HttpRequest, member_number: MemberPath, sha256: Sha256, why: WhyQuery) -> Any:
    """A document that this person's evidence or correction names, as it was given. The reading is recorded."""
    who = actor(request)
    found = documents.show(
        person=seeing.person(actor=who, why=why, number=member_number), sha256=sha256, why=why, by=who
    )
    answer = HttpResponse(found.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{sha256[:12]}.{found.media_type.rsplit("/")[-1]}"'
    return answer
