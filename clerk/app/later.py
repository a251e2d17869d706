"""Libraries that others import but hardly ever use: loaded when something of theirs is asked for.

What stands here stays out of memory at most counters, all day: 2 MiB and more of it.
"""

import inspect
import sys
from collections.abc import Mapping
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any, Final

LIBRARIES: Final[Mapping[str, Mapping[str, object]]] = {
    # SQLAlchemy takes this one function as it is imported, and hands it coroutines only
    "asyncio": {"iscoroutine": inspect.iscoroutine},
    "importlib.metadata": {},
    "ssl": {},  # http.client asks for it; a peer without TLS never does
}
"""With what is asked of each while others are imported."""

_LOADING = RLock()


def put_off(libraries: Mapping[str, Mapping[str, object]] = LIBRARIES) -> None:
    """Let these be imported without being loaded, until something else of theirs is asked for.

    To be called before anything imports them; one that is loaded already stays as it is. The
    standard library's own way (``importlib.util.LazyLoader``) breaks where two threads ask at once.
    """
    for name, at_hand in libraries.items():
        if name not in sys.modules:
            stands_in = _StandsIn(name)
            vars(stands_in).update(at_hand)
            _known_as(name, stands_in)


class _StandsIn(ModuleType):
    def __getattr__(self, attribute: str) -> Any:
        name = self.__name__
        with _LOADING:
            if sys.modules.get(name) is self:
                del sys.modules[name]  # what the library imports of itself is the library
            return getattr(import_module(name), attribute)


def _known_as(name: str, module: ModuleType) -> None:
    """Let a module be found as the import system finds it: by name, and in its package."""
    sys.modules[name] = module
    package, _, last = name.rpartition(".")
    if package:
        setattr(import_module(package), last, module)
