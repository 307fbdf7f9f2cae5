"""Signing in and out, the second factor, the password: Django's own machinery behind pages of ours."""

from __future__ import annotations

import time
from typing import Any

import django_otp
from django import forms
from django.contrib import auth
from django.contrib.auth import password_validation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_static.models import StaticDevice

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.portals import doors, second_factor
from teduh.portals.forms import Asked, ChosenPassword, Digits, Words, said
from teduh.portals.language import remember
from teduh.registry import phones
from teduh.security.models import Role, User

HOMES = {
    Role.MEMBER: "member",
    Role.AGENT: "agent",
    Role.EMPLOYER: "employers",
    Role.FAMILY: "family",
    Role.OFFICER: "officer",
    Role.INSPECTOR: "inspector",
    Role.AUDITOR: "books",
    Role.OPERATOR: "bank",
}
PENDING = "second_factor_for"
PENDING_SECONDS = 300


class SignIn(Asked):
    """Phone number or name, and password."""

    username = Words(
        "Nomor HP atau nama akun",
        "Phone number or account name",
        most=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=said("Kata sandi", "Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Code(Asked):
    """Six digits of the app, or a recovery code."""

    code = Words(
        "Kode pengaman",
        "Security code",
        most=20,
        hint=said("Enam angka dari aplikasi, atau satu kode cadangan.", "Six digits from the app, or a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "is-short"}),
    )


class NewPassword(Asked):
    """The old password and the new one, once: what was typed can be looked at."""

    old = forms.CharField(
        label=said("Kata sandi sekarang", "Current password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = ChosenPassword("Kata sandi baru", "New password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_old(self) -> str:
        if not self.user.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError(str(Text("Kata sandi ini tidak cocok.", "This password does not match.")))
        return self.cleaned_data["old"]

    def clean_new(self) -> str:
        password_validation.validate_password(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]


def home_of(user: Any) -> str:
    """The first page of an account."""
    return reverse(HOMES.get(user.role, "front"))


def account_name(typed: str) -> str:
    """What was typed as a phone number in any shape, or as a name."""
    if not any(c.isdigit() for c in typed):
        return typed
    try:
        return phones.read(typed) or typed
    except Refused:
        return typed


@sensitive_post_parameters("password")
@never_cache
@doors.door()
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; whoever has a second factor is asked for it next."""
    if request.user.is_authenticated:
        return doors.back(request, home_of(request.user))
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = account_name(form.cleaned_data["username"])
        user = auth.authenticate(request, username=name, password=form.cleaned_data["password"])
        if user is not None:
            return _welcome(request, user)
        if getattr(request, "axes_locked_out", False):
            return render(request, "locked.html", status=429)
        wrong = Text("Nomor atau kata sandi tidak cocok.", "The number or the password does not match.")
        then = Text(
            "Periksa lalu coba lagi. Setelah 5 kali, akun terkunci 15 menit.",
            "Check and try again. After 5 times the account is locked for 15 minutes.",
        )
        form.add_error(None, f"{wrong} {then}")
    return render(request, "auth/sign_in.html", {"form": form, "next": request.GET.get("next", "")})


def _welcome(request: HttpRequest, user: Any) -> HttpResponse:
    if second_factor.device(user):
        request.session.cycle_key()
        request.session[PENDING] = [user.pk, user.backend, int(time.time())]
        to = request.POST.get("next") or ""
        return redirect(f"{reverse('sign_in_code')}?{_query(to)}" if to else reverse("sign_in_code"))
    return enter(request, user)


def enter(request: HttpRequest, user: Any, *, backend: str | None = None, device: Any = None) -> HttpResponse:
    """Sign in and go on, in the language that stands with the account."""
    auth.login(request, user, backend=backend)
    if device is not None:
        django_otp.login(request, device)
    answer = doors.back(request, home_of(user))
    remember(answer, user.language)
    return answer


def _query(to: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"next": to})


@sensitive_post_parameters("code")
@never_cache
@doors.door()
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second factor: without it nobody is signed in."""
    pk, backend, since = request.session.get(PENDING) or (None, "", 0)
    user = User.objects.filter(pk=pk, is_active=True).first() if pk else None
    if user is None or time.time() - since > PENDING_SECONDS:
        request.session.pop(PENDING, None)
        return redirect("sign_in")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = django_otp.match_token(user, form.cleaned_data["code"].replace(" ", "").lower())
        if device is not None:
            del request.session[PENDING]
            return enter(request, user, backend=backend, device=device)
        wrong = Text(
            "Kode itu tidak cocok. Tunggu kode berikutnya di aplikasi, lalu coba lagi.",
            "That code does not match. Wait for the app's next code, then try again.",
        )
        form.add_error("code", str(wrong))
    return render(request, "auth/code.html", {"form": form, "next": request.GET.get("next", "")})


@doors.door()
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. Only a POST does: a link in a letter cannot."""
    if request.method == "POST":
        auth.logout(request)
    return redirect("front")


@doors.door()
def account(request: HttpRequest) -> HttpResponse:
    """Password, second factor and recovery codes of the one who is signed in."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    left = StaticDevice.objects.filter(user=request.user, token_set__isnull=False).count()
    shown = {"device": second_factor.device(request.user), "codes_left": left}
    return render(request, "auth/account.html", shown)


@sensitive_post_parameters("old", "new")
@never_cache
@doors.door()
def password(request: HttpRequest) -> HttpResponse:
    """A new password; other sessions of the account end."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    form = NewPassword(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        request.user.set_password(form.cleaned_data["new"])
        request.user.save(update_fields=["password"])
        auth.update_session_auth_hash(request, request.user)
        doors.say(
            request,
            "Kata sandi sudah diganti. Perangkat lain keluar dari akun ini.",
            "The password is changed. Other devices are signed out.",
        )
        return redirect("account")
    return render(request, "auth/password.html", {"form": form})


class Confirm(Asked):
    """The first six digits, to be sure the app has the secret."""

    code = Digits(
        "Enam angka dari aplikasi",
        "Six digits from the app",
        length=6,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "is-short"}),
    )


@never_cache
@doors.door()
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: a QR for the app, a first code to confirm, then recovery codes shown once."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    if second_factor.device(request.user):
        return redirect("account")
    device = second_factor.begun(request.user)
    form = Confirm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_factor.confirm(device, form.cleaned_data["code"]):
            django_otp.login(request, device)
            codes = second_factor.recovery_codes(request.user)
            return render(request, "auth/recovery.html", {"codes": codes})
        form.add_error(
            "code",
            str(
                Text("Kode itu tidak cocok. Coba kode yang sekarang.", "That code does not match. Try the present one.")
            ),
        )
    shown = {"form": form, "qr": second_factor.qr(device), "secret": second_factor.secret(device)}
    return render(request, "auth/second_factor.html", shown)


@never_cache
@doors.door()
def turn_off(request: HttpRequest) -> HttpResponse:
    """Take the second factor away; the password is asked again."""
    if request.method != "POST" or not request.user.is_authenticated:
        return redirect("account")
    if request.user.check_password(request.POST.get("password", "")):
        second_factor.forget(request.user)
        doors.say(request, "Pengaman kedua dilepas.", "The second factor is taken away.")
    else:
        raise Refused(
            "wrong_password",
            Text(
                "Kata sandi tidak cocok; pengaman kedua tetap terpasang.",
                "The password does not match; the second factor stays.",
            ),
            then=Text("Kembali ke halaman akun dan coba lagi.", "Go back to the account page and try again."),
            status=403,
        )
    return redirect("account")
