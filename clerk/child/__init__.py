"""What each child process of ours does with itself before it is given anything from outside.

The children draw papers and read XML: bounded, a file that means harm costs one child.
"""

import ctypes
import os
import sys
from contextlib import suppress
from typing import BinaryIO, Final

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000


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
