"""What 文书 and 验签 may ask about the seals on papers."""

from functools import partial
from pathlib import Path

from clerk.app.use_cases import papers, seal_checking
from clerk.domain.identity import Session
from clerk.services.desk import Desk
from clerk.ui.seal_actions import SealActions


def seal_actions(desk: Desk, session: Session) -> SealActions:
    """Return what may be asked, by whoever is signed in."""
    return SealActions(
        of_paper=partial(seal_checking.look_at_paper, desk, session),
        before=partial(papers.pages_before_seal, desk, session),
        of_file=lambda path: seal_checking.look_at_file(desk, session, Path(path)),
        under=partial(seal_checking.papers_under, desk, session),
    )
