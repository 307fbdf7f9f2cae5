"""What a member agrees to, in which words. The words have a version; a consent names the version it was given to."""

from __future__ import annotations

from teduh.core.text import Text

VERSION = "2026-11"
#: Without this there is no joining: the fund cannot insure somebody whose data it may not keep.
REQUIRED = "membership"
PURPOSES: dict[str, Text] = {
    "membership": Text(
        "Data saya dipakai untuk kepesertaan, iuran, dan manfaat jaminan sosial saya.",
        "My data is used for my membership, contributions and benefits.",
    ),
    "identity": Text(
        "NIK, nama, dan tanggal lahir saya dicocokkan dengan Dukcapil.",
        "My NIK, name and birth date are compared with the civil registry (Dukcapil).",
    ),
    "messages": Text(
        "Saya diberi tahu lewat SMS/WhatsApp sebelum perlindungan saya berakhir.",
        "I am told by SMS/WhatsApp before my protection ends.",
    ),
    "group": Text(
        "Kelompok atau sponsor yang membayar saya boleh melihat apakah iuran saya lunas.",
        "The group or sponsor that pays for me may see whether my contributions are paid.",
    ),
}
