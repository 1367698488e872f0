"""Values of the model as bytes, and back: nothing but the model's own classes is ever made from them.

Parts lie in the folder of a graph, and such folders are passed on; so what is read there must not be able
to run anything, as an ordinary pickle could.
"""

from __future__ import annotations

import io
import pickle
import zlib
from typing import Any, Final

from .. import model
from ..model import Her2kgError

_CLASSES: Final = frozenset(
    name for name, value in vars(model).items() if isinstance(value, type) and value.__module__ == model.__name__
)


class SealError(Her2kgError):
    """Bytes that no build wrote."""


class _Opener(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class of the model, and nothing else."""
        if module == model.__name__ and name in _CLASSES:
            return getattr(model, name)
        raise SealError(f"the parts of this graph name {module}.{name}, which no build writes; build the graph again")


def seal(value: object) -> bytes:
    """A value of the model, or a tuple of such values, as bytes."""
    return zlib.compress(pickle.dumps(value, protocol=5), 1)


def unseal(data: bytes) -> Any:
    """The value of :func:`seal`.

    Raises :class:`SealError` for bytes that no build wrote.
    """
    try:
        return _Opener(io.BytesIO(zlib.decompress(data))).load()
    except (zlib.error, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError) as error:
        raise SealError("the parts of this graph are damaged; build the graph again") from error
