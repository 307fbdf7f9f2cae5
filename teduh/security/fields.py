"""Columns that are encrypted at rest."""

from __future__ import annotations

import re
from typing import Any

from django.db import models

from teduh.security import crypto

#: PostgreSQL refuses NUL; lone surrogates cannot be encoded. Neither means anything in a name.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class EncryptedBytes(models.BinaryField):
    """A file's bytes in Python, AES-256-GCM in PostgreSQL."""

    description = "bytes, encrypted at rest"

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> bytes | None:
        return None if value is None else crypto.unseal(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return None if value is None else connection.Database.Binary(crypto.seal(bytes(value)))


class EncryptedText(models.BinaryField):
    """Text in Python, AES-256-GCM in PostgreSQL. It cannot be searched: give the model a blind index beside it."""

    description = "text, encrypted at rest"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str | None:
        return None if value is None else crypto.decrypt(bytes(value))

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, bytes):
            return value
        return crypto.encrypt(UNSTORABLE.sub("", str(value)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value)
