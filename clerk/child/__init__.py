"""What each child process of ours does with itself before it is given anything from outside.

The children draw papers and read XML: bounded, a file that means harm costs one child.
"""

import ctypes
import os
import select
import sys
from contextlib import suppress
from typing import BinaryIO, Final

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_REST_AFTER_SECONDS: Final = 3.0


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep stdin and stdout for frames, so that a stray line of a library cannot break one."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return asked, answers


def give_up_network() -> bool:
    """Leave the network namespace; False where the system does not let us."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(what) == 0 for what in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def bound_memory_and_files(address_space_bytes: int) -> None:
    """Take no more memory than that, write no file and leave no core; not on Windows."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError):  # a stricter limit is in force already
        resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, address_space_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def rest(asked: BinaryIO) -> None:
    """Return what was freed to the system, unless something is asked for soon; it may be later.

    glibc keeps it otherwise, and a paper that was laid out leaves up to 45 MiB. Taken anew with
    the next paper it costs some milliseconds: nothing while papers follow each other.
    """
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # no other library has it
    if trim is not None and not select.select([asked], [], [], _REST_AFTER_SECONDS)[0]:
        trim(0)
