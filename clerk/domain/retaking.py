"""Renewing the picture of a material that was sent back inside the house (补核重扫).

The material stays what was accepted: its way, its day and what was found at it. Only the picture is
new, and the old one is kept below it.
"""

from collections.abc import Sequence
from datetime import datetime

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.case_acts import ActWords
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.material import StoredFile
from clerk.domain.standard import Way
from clerk.values import replace

_PICTURED = frozenset({Way.SCAN, Way.FILE})


def retakable(case: Case) -> tuple[str, ...]:
    """Return the materials with a picture that the open return names, none without one."""
    back = case.returns[-1] if case.returns else None
    if back is None or back.answered_at is not None:
        return ()
    held = ((code, case.evidence.get(code)) for code in back.materials)
    return tuple(code for code, given in held if given is not None and given.way in _PICTURED)


def retake(
    rules: CaseRules,
    case: Case,
    material: str,
    files: Sequence[StoredFile],
    session: Session,
    at: datetime,
) -> Case:
    """Put a new picture over the old one of a material that an open return names.

    Raises:
        NotAcceptable: no open return names it, or the picture is the one that is there.
        BadInput: there is no picture.
    """
    if material not in retakable(case):
        raise NotAcceptable("退回补核没有要求重扫这份材料，没有改动。按 F5 刷新后看最新进度")
    if not files:
        raise BadInput("还没有新的图像，没有改动。先扫描或选文件")
    held = case.evidence[material]
    if [file.sha256 for file in files] == [file.sha256 for file in held.files]:
        raise NotAcceptable("新的图像和原来的一样，没有改动。换一份再扫描或选文件")
    anew = replace(held, files=tuple(files), older=(replace(held, older=()), *held.older))
    taken = event_by(session, CaseEventKind.RETAKEN, at, subject=material, pages=str(anew.pages))
    return done(rules, replace(case, evidence={**case.evidence, material: anew}), taken)


def act(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    """Do it as an act on a case."""
    return retake(rules, case, words.material, words.files, session, at)
