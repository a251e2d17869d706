"""Seals on papers for the windows' tests: what a look would find, by the title of a paper."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from clerk.domain.certificate_file import FileLook, SealFinding, SealState
from clerk.domain.errors import BadInput
from clerk.domain.issued import IssuedPaper
from clerk.ui.seal_actions import SealActions

SEAL = SealFinding(
    state=SealState.INTACT,
    name="示例县市场监督管理局受理专用章",
    signer="示例县市场监督管理局",
    method="ECDSA",
    signed_at=datetime(2026, 3, 18, 1, 0, tzinfo=UTC),
    covered=2,
    parts=2,
    trusted=True,
    issuers=("示例省练习印章根证书（仅供练习）",),
)
SEALED = FileLook(pages=2, seals=(SEAL,))
UNSEALED = FileLook(pages=1)


def seal_actions(looks: Mapping[str, FileLook], papers: Sequence[IssuedPaper] = ()) -> SealActions:
    """Look up what is found by a paper's title or a file's path."""

    def under(number: str) -> Sequence[IssuedPaper]:
        found = [one for one in papers if one.number == number]
        if not found:
            raise BadInput(f"没有{number}")
        return found

    return SealActions(
        of_paper=lambda paper: looks.get(paper.title, UNSEALED),
        before=lambda _paper, _width: (),
        of_file=lambda path: looks.get(path, UNSEALED),
        under=under,
    )
