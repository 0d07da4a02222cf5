"""PNG and JPEG as notebooks hold them, in base64: which of them a browser may be given. Draws and decodes nothing."""

from __future__ import annotations

import binascii
import struct

KINDS = ("image/png", "image/jpeg")
MOST_PIXELS = 40_000_000  # a few kilobytes of PNG can ask a browser for gigabytes


def checked(kind: str, text: object) -> str | None:
    """The picture's base64 without white space; None when it is no picture of that kind, or one of too many pixels."""
    try:
        packed = "".join(text.split())
        data = binascii.a2b_base64(packed, strict_mode=True)
        width, height = _png_size(data) if kind == "image/png" else _jpeg_size(data)
    except (AttributeError, TypeError, ValueError, struct.error, IndexError):
        return None
    return packed if 0 < width * height <= MOST_PIXELS else None


def _png_size(data: bytes) -> tuple[int, int]:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        raise ValueError("no PNG")
    return struct.unpack(">II", data[16:24])


def _jpeg_size(data: bytes) -> tuple[int, int]:
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    place = 2
    while data[place] == 0xFF:
        marker, (length,) = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # the frame header, whatever the coding
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    raise ValueError("no frame in it")
