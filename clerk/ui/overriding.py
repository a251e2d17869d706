"""``override`` at no cost.

``typing_extensions`` takes longer to import than the sign-in page takes to be built, and what is
imported before the first paint is waited for. Type checkers see the real one.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method):
        """Mark ``method`` as one that replaces a method of its base class."""
        return method


__all__ = ["override"]
