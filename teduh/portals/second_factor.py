"""The second factor: an app's six digits (TOTP) and recovery codes for the day the phone is lost."""

from __future__ import annotations

import base64
import secrets

from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from teduh.portals import pictures
from teduh.security.models import User

CODES = 8


def device(user: User) -> TOTPDevice | None:
    """The confirmed device, if there is one."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def begun(user: User) -> TOTPDevice:
    """The device that is being set up; the same one until it is confirmed."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first() or TOTPDevice.objects.create(
        user=user, name="aplikasi", confirmed=False
    )


def confirm(begun: TOTPDevice, code: str) -> bool:
    """Whether the app shows what it should; from then on it is asked at every sign-in."""
    if not begun.verify_token(code):
        return False
    begun.confirmed = True
    begun.save()
    return True


def qr(begun: TOTPDevice) -> str:
    """The secret as a QR that any authenticator app reads."""
    return pictures.qr(begun.config_url)


def secret(begun: TOTPDevice) -> str:
    """The secret to be typed where no camera is."""
    text = base64.b32encode(begun.bin_key).decode().rstrip("=")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def recovery_codes(user: User) -> list[str]:
    """New recovery codes, each good for one sign-in; older ones end."""
    static, _ = StaticDevice.objects.get_or_create(user=user, name="cadangan")
    static.token_set.all().delete()
    made = [secrets.token_hex(5) for _ in range(CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=static, token=code) for code in made])
    return made


def forget(user: User) -> None:
    """Take the second factor away."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
