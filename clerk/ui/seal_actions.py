"""What may be asked about the seals on papers, each with the lane it runs in."""

from collections.abc import Callable, Sequence

from clerk.domain.certificate_file import FileLook
from clerk.domain.issued import IssuedPaper, PageImage
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SealActions:
    """The line on the seal in 文书, and 验签."""

    of_paper: Callable[[IssuedPaper], FileLook]  # the stored file; CERTIFICATES
    before: Callable[[IssuedPaper, int], Sequence[PageImage]]
    """What was drawn before the seal was put behind it, for a width in pixels; PAGES."""
    of_file: Callable[[str], FileLook]  # path of a PDF; PAGES
    under: Callable[[str], Sequence[IssuedPaper]]  # 文号 or the case's number; STORE
