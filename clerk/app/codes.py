"""What a code stands for that is scanned or typed into Ctrl K, on any page."""

from collections.abc import Callable, Sequence
from functools import partial

from clerk.domain.identity import Act as PermittedAct
from clerk.domain.identity import Session
from clerk.domain.late_paper_code import LatePaperCode, read_code
from clerk.ui.acts import Act


def acts_of_text(
    session: Session, take_in: Callable[[LatePaperCode], None], text: str
) -> Sequence[Act]:
    """Return the act of a late paper's code (补件码); nothing for any other text."""
    code = read_code(text) if session.may(PermittedAct.SUPPLY) else None
    if code is None:
        return ()
    name = f"收容缺补件：{code.number} {code.material}"
    return (Act(name=name, trigger=partial(take_in, code)),)
