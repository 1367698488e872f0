"""What pages need that carry all they use: names of scripts for their policy, data inside a script, packed bytes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json


def source(text: str) -> str:
    """A script or style as a content security policy names it.

    >>> source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def script_json(value: object) -> str:
    """JSON that can stand inside a ``<script>``: pure ASCII, without ``<``, ``>`` and ``&``.

    >>> script_json({"a": "</script>"})
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def packed(data: bytes) -> str:
    """Bytes as gzip in base64; the same text for the same bytes."""
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()
