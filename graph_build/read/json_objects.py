"""The objects of a JSON file that have a certain key, one after the other, wherever they stand.

The file may be one object, a list, objects inside objects, or an object a line: what stands
around the objects is passed over, so that memory holds one of them, and a broken one harms no other.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

_PIECE: Final = 1 << 16
#: No number or other value that is no text is longer at the end of what was read.
_LONGEST_ATOM: Final = 40
#: No object has more characters.
_MOST_CHARACTERS: Final = 16_000_000

_DECODER: Final = json.JSONDecoder()

# A text, perhaps the name of a value, or the border of an object; a text may break off at the end.
_TOKEN: Final = re.compile(r'"(?P<string>[^"\\]*(?:\\.[^"\\]*)*)(?:"(?P<colon>\s{0,99}:)?|\\?\Z)|[{}]', re.DOTALL)
# Where an object can begin behind one that is broken.
_BEGINS: Final = re.compile(r'[\[,}\n]\s{0,99}(?P<object>\{)\s{0,99}"')


def objects(stream: BinaryIO, key: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """The outermost objects with a key that hold no other such, each with its line; or what is wrong with one.

    >>> import io
    >>> list(objects(io.BytesIO(b'{"a": [{"k": 1},\\n {"k": }, {"k": 3}]}'), "k"))
    [(1, {'k': 1}), (2, 'the JSON cannot be parsed: expecting value'), (2, {'k': 3})]
    """
    return _Walk(stream, key).run()


class _Walk:
    """The text that was read, where it is not given out yet, and the line there.  Offsets count from there."""

    def __init__(self, stream: BinaryIO, key: str) -> None:
        self.stream = stream
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.text = ""
        self.at = 0
        self.line = 1
        self.ended = False
        self.key = key

    def run(self) -> Iterator[tuple[int, dict[str, Any] | str]]:
        """Walk to the end."""
        while self._go_to_object():
            found, length = self._decode()
            yield self.line, found
            self._drop(length)
            if isinstance(found, str):
                self._pass_over()

    def _left(self) -> int:
        return len(self.text) - self.at

    def _go_to_object(self) -> bool:
        """Pass over what stands before the next object that has the key itself."""
        opened: list[int] = []
        seen = 0
        while True:
            token = _TOKEN.search(self.text, self.at + seen)
            if token is None or token.end() == len(self.text):  # perhaps the beginning of a longer one
                start = token.start() - self.at if token else self._left()
                if not opened or start > _MOST_CHARACTERS:
                    self._drop(start)
                    opened, start = [], 0
                if self._more(2 * self._left()):
                    seen = start
                    continue
                if token is None:
                    return False
                token = _TOKEN.search(self.text, self.at + start)
                if token is None:
                    return False
            seen = token.end() - self.at
            if token.group() == "{":
                opened.append(token.start() - self.at)
            elif token.group() == "}":
                del opened[-1:]
            elif opened and token["colon"] and token["string"] == self.key:
                self._drop(opened[-1])
                return True

    def _decode(self) -> tuple[dict[str, Any] | str, int]:
        """The object at hand and its length; or what is wrong with it, and how far to go on."""
        while True:
            try:
                found, end = _DECODER.raw_decode(self.text, self.at)
            except RecursionError:
                return "the JSON cannot be parsed: it is nested too deeply", 1
            except json.JSONDecodeError as error:
                open_end = error.msg.startswith("Unterminated") or error.pos > len(self.text) - _LONGEST_ATOM
                length, wanted = max(error.pos - self.at, 1), 2 * self._left() + _PIECE
                if open_end and wanted <= _MOST_CHARACTERS and self._more(wanted):
                    continue
                reason = (error.msg[:1].lower() + error.msg[1:]).removesuffix(" at").removesuffix(" starting")
                return f"the JSON cannot be parsed: {reason}", length
            except ValueError:
                return "the JSON cannot be parsed: a number is too long", 1
            return (found if isinstance(found, dict) else {}), end - self.at

    def _pass_over(self) -> None:
        """Go on behind a fault where an object can begin."""
        while (begins := _BEGINS.search(self.text, self.at)) is None:
            self._drop(max(self._left() - 100, 0))
            if not self._more():
                self._drop(self._left())
                return
        self._drop(begins.start("object") - self.at)

    def _more(self, wanted: int = 0) -> bool:
        """Read on, until so much is left as is wanted; whether there was more.  What was given out is forgotten."""
        pieces = [self.text[self.at :]]
        before = length = len(pieces[0])
        while not self.ended and length <= max(before, wanted):
            piece = self.stream.read(_PIECE)
            pieces.append(self.decoder.decode(piece, not piece))
            length += len(pieces[-1])
            self.ended = not piece
        self.text, self.at = "".join(pieces), 0
        return length > before

    def _drop(self, length: int) -> None:
        """Go on by so many characters."""
        self.line += self.text.count("\n", self.at, self.at + length)
        self.at += length
