"""What each child process of ours does with itself before it is given anything from outside.

The children draw papers and read XML: bounded, a file that means harm costs one child.
"""

import os
import sys
from contextlib import suppress
from typing import BinaryIO


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep stdin and stdout for frames, so that a stray line of a library cannot break one."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return asked, answers


def bound_memory_and_files(address_space_bytes: int) -> None:
    """Take no more memory than that, write no file and leave no core; not on Windows."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError):  # a stricter limit is in force already
        resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, address_space_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
