"""Pages for anybody: the front page, help, the language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from teduh.core import clock
from teduh.law import assessment, facts
from teduh.law.months import Month
from teduh.portals import auth, doors
from teduh.portals.language import remember
from teduh.security.models import User

#: The income that the front page's example is of.
EXAMPLE = facts.SelfEmployed(income=1_000_000)


@require_safe
@doors.door()
def front(request: HttpRequest) -> HttpResponse:
    """What this is and what it costs; whoever is signed in goes on to his own page."""
    if request.user.is_authenticated and auth.home_of(request.user) != reverse("front"):
        return redirect(auth.home_of(request.user))
    example = assessment.assess(EXAMPLE, month=Month.of(clock.today()))
    return render(request, "public/front.html", {"example": example.as_dict(), "income": EXAMPLE.income})


@require_safe
@doors.door()
def help_page(request: HttpRequest) -> HttpResponse:
    """Words that need explaining, and where to turn."""
    return render(request, "public/help.html")


@require_POST
@doors.door()
def language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language in a cookie, and with his account."""
    chosen = "en" if request.POST.get("language") == "en" else "id"
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    answer = doors.back(request, "front")
    remember(answer, chosen)
    return answer
