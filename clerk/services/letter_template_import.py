"""A bureau's Word file becomes a letter template (导入承诺书模板): read, checked, kept.

What comes from outside is parsed in the press's child alone. What is kept is exactly what was
checked: a file that was changed on the disk in between is refused.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath
from typing import Final

from sqlalchemy import Connection

from clerk.documents.shipped_letters import promise_codes
from clerk.domain.errors import BadInput, PaperTrouble
from clerk.domain.identity import Act, Session
from clerk.domain.issued import PageImage
from clerk.domain.letter_template import (
    MOST_TITLE,
    CheckedLetter,
    LetterTemplate,
    TemplateFaulty,
    TemplateState,
    require_code,
)
from clerk.services.desk import Desk
from clerk.services.letter_templates import sample_pages
from clerk.services.records import record
from clerk.storage import letter_templates

MOST_BYTES: Final = 8 << 20
"""Of the file as it is packed; what it unpacks to is bounded where it is read."""
_STEPS: Final = 3
_OPEN: Final = frozenset(
    {
        TemplateState.IMPORTED,
        TemplateState.PROPOSED,
        TemplateState.SENT_BACK,
        TemplateState.IN_USE,
    }
)

GoOn = Callable[[int, int], bool]
"""Told how many of how many steps are done; False stops."""

PackedLetter = tuple[str, CheckedLetter]
"""A template of a package, checked, with its code."""


def check_letter_file(
    desk: Desk, session: Session, path: str, promises: bool, width: int, go_on: GoOn
) -> tuple[CheckedLetter, tuple[PageImage, ...]] | None:
    """Read and check a file and fill it with an invented case; None where it was stopped.

    Nothing is kept. A file with faults that refuse it has no pages.

    Args:
        desk: what the window has at hand.
        session: who looks.
        path: the file.
        promises: whether it must have the blocks of a promise letter.
        width: of the pages, in pixels.
        go_on: told before each step.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: it cannot be read, or the check of it does not come to an end.
        PaperTrouble: it could not be drawn, although nothing was found wrong with it.
    """
    session.require(Act.EDIT_STANDARDS)
    if not go_on(0, _STEPS):
        return None
    content = _read(path)
    if not go_on(1, _STEPS):
        return None
    checked = _looked_at(desk, content, path, promises=promises)
    if checked.refused:
        return checked, ()
    if not go_on(2, _STEPS):
        return None
    return checked, sample_pages(desk, PurePath(path).stem, content, width)


def take_letter_file(
    desk: Desk, session: Session, checked: CheckedLetter, code: str, title: str
) -> LetterTemplate:
    """Keep what was checked as the next version of a code; nobody uses it yet.

    Raises:
        NotAllowed: the role does not edit standards.
        TemplateFaulty: it has faults that refuse it.
        BadInput: no such code or no title, a promise letter's code without its blocks, the file
            was changed since it was checked, or the same file is there already.
    """
    session.require(Act.EDIT_STANDARDS)
    if checked.refused:
        raise TemplateFaulty("模板有不能用的地方，没有导入。改好 Word 文件再选一次", checked.faults)
    require_code(code)
    if not title.strip() or len(title.strip()) > MOST_TITLE:
        raise BadInput(f"模板要有名称，最多{MOST_TITLE}个字，没有导入。请补上名称")
    if not checked.promises and code in promise_codes():
        raise BadInput(
            "这个代号是告知承诺书，要按告知承诺书校核，没有导入。请改选“告知承诺书”，或换一个代号"
        )
    if hashlib.sha256(_read(checked.path)).hexdigest() != checked.sha256:
        raise BadInput("文件在校核之后又改动过，没有导入。请重新校核，看过再导入")
    with desk.store.begin() as tx:
        there = _there(tx, code, checked.sha256)
        if there is not None:
            raise BadInput(
                f"这个文件已经是这个代号的第{there.version}版，没有再导入。请在列表里选那一版"
            )
        return _keep(desk, tx, session, checked, code, title.strip())


def check_packed_letters(
    desk: Desk, session: Session, packed: Iterable[tuple[str, bool, bytes]], source: str
) -> tuple[PackedLetter, ...]:
    """Check the templates of a package; nothing is kept by it.

    Args:
        desk: what the window has at hand.
        session: who would take them.
        packed: code, whether it promises, and the docx of each.
        source: the package, as the templates' file names say it.

    Raises:
        NotAllowed: the role does not edit standards.
        TemplateFaulty: one of them has faults that refuse it.
        BadInput: the check of one does not come to an end.
    """
    session.require(Act.EDIT_STANDARDS)
    looked_at = tuple(
        (code, _looked_at(desk, content, f"{source}：{code}.docx", promises=promises))
        for code, promises, content in packed
    )
    for code, checked in looked_at:
        if checked.refused:
            raise TemplateFaulty(
                f"标准包里的承诺书模板{code}有不能用的地方，没有取任何内容。请打包的单位改好再打一份",
                checked.faults,
            )
    return looked_at


def keep_letters(
    desk: Desk, tx: Connection, session: Session, packed: Sequence[PackedLetter]
) -> int:
    """Keep those templates of a package that are not here yet; nobody uses them. Return how many."""
    kept = 0
    for code, checked in packed:
        if _there(tx, code, checked.sha256) is None:
            _keep(desk, tx, session, checked, code, checked.title)
            kept += 1
    return kept


def _there(tx: Connection, code: str, sha256: str) -> LetterTemplate | None:
    """Return the version of a code that is this very file, None where there is none."""
    others = letter_templates.of_code(tx, code, to_change=True)
    return next((one for one in others if one.sha256 == sha256 and one.state in _OPEN), None)


def _keep(
    desk: Desk, tx: Connection, session: Session, checked: CheckedLetter, code: str, title: str
) -> LetterTemplate:
    one = LetterTemplate(
        template_id=desk.new_id(),
        code=code,
        version=letter_templates.next_version(tx, code),
        title=title,
        file_name=checked.file_name,
        sha256=checked.sha256,
        size_bytes=len(checked.content),
        promises=checked.promises,
        imported_at=desk.now(),
        imported_by=session.account.account_id,
        imported_by_name=session.account.display_name,
    )
    letter_templates.keep_file(tx, one.sha256, checked.content, code, desk.now())
    letter_templates.put(tx, one)
    record(
        desk,
        tx,
        session,
        "letter_template.imported",
        code=code,
        version=one.version,
        sha256=one.sha256,
        file=one.file_name,
    )
    return one


def _looked_at(desk: Desk, content: bytes, path: str, *, promises: bool) -> CheckedLetter:
    try:
        found = desk.press.ahead.check_letter(content, promises=promises)
    except PaperTrouble as trouble:
        raise BadInput("这个文件校核不下去，没有导入。用 Word 打开后另存为 .docx 再选") from trouble
    name = PurePath(path).name
    return CheckedLetter(
        path=path,
        file_name=name,
        title=(found.title or PurePath(name).stem)[:MOST_TITLE],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        promises=promises,
        faults=found.faults,
        fields=found.fields,
    )


def _read(path: str) -> bytes:
    file = Path(path)
    try:
        if not file.is_file():
            raise BadInput("这个文件不在了，或者不是文件，没有导入。请重新选文件")
        if file.stat().st_size > MOST_BYTES:
            raise BadInput(
                f"文件超过{MOST_BYTES >> 20} MB，不像一份文书，没有导入。删去里面的大图和附件再选"
            )
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES)
    except OSError as error:
        raise BadInput("这个文件读不出来，没有导入。看看它是不是被别的程序占用") from error
