"""What Argon2id is made to cost: a thief of a store pays it for every word he tries."""

from argon2 import PasswordHasher

from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """How often how much memory is walked through, by how many threads at a time."""

    passes: int
    memory_kib: int
    lanes: int


COST = Cost(passes=3, memory_kib=64 * 1024, lanes=4)
"""A quarter of a second by intention. Source: RFC 9106, section 4, second recommended option."""


def hasher() -> PasswordHasher:
    """Return what hashes passwords and PINs (Argon2id), and compares hashes of whatever cost."""
    return PasswordHasher(
        time_cost=COST.passes, memory_cost=COST.memory_kib, parallelism=COST.lanes
    )
