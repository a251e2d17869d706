"""The press: papers to PDF and pages to pictures, in one warm child process.

Neither templates nor WeasyPrint nor the decoder of PDF files run in this process: in a thread they
hold the interpreter for 50 to 100 ms at a time, their libraries would stay in the window's memory,
and a hostile file would have the run of the window.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Any, Final, TypeVar

from clerk.child.frames import Head
from clerk.documents.letter_fields import LetterValues
from clerk.documents.letters import FilledLetter
from clerk.documents.marks import Mark
from clerk.documents.press_memory import Memory
from clerk.documents.press_process import CHILD_DIED, COMMAND, RunningChild
from clerk.documents.press_values import packed
from clerk.domain.errors import PaperTrouble
from clerk.domain.letter_faults import LetterFault, LetterFaultKind
from clerk.domain.papers import Paper
from clerk.values import dataclass

T = TypeVar("T")

_log = logging.getLogger(__name__)

MOST_JOBS: Final = 500
MOST_RESIDENT_BYTES: Final = 512 << 20
"""A child that drew so much, or holds so much, makes room for a fresh one; a warm one holds 130."""

_TOO_SLOW = "文书生成超时，没有生成，办件未改动。请再出一次，仍不行请联系系统管理员"
_BROKE_DOWN = "文书生成程序中断，没有生成，办件未改动。请再出一次，仍不行请联系系统管理员"
_UNREADABLE = "这个文件不能显示，可能已损坏或格式不符，原文件未改动。请重新扫描或另选文件"
_NO_SUCH_PAGE = "文件没有这一页，显示的内容未改变。请重新打开文件查看"
_TOO_LARGE = "这一页的幅面太大，不能显示，原文件未改动。请缩小显示比例或另存后查看"
_CLOSED = "程序正在退出，文书没有生成，办件未改动。重新打开程序后再出一次"
_REFUSALS = {"unreadable": _UNREADABLE, "page": _NO_SUCH_PAGE, "size": _TOO_LARGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPaper:
    """A finished PDF: its pages, where each value stands, what the layout engine said.

    ``letter`` is the filled docx of a paper whose template is a Word file. ``by_hand`` are the
    characters that no face has: the page has ruled blanks for them, and says so.
    """

    pdf: bytes
    pages: int
    marks: tuple[Mark, ...]
    warnings: tuple[str, ...]
    letter: FilledLetter | None = None
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    """A commitment letter: the docx that is kept and its pages."""

    filled: FilledLetter
    printed: PrintedPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """What was found in a Word file meant as a template; ``fields`` are the marks it asks for."""

    faults: tuple[LetterFault, ...]
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """One page as PNG; sizes in pixels, ``pages`` is how many the file has."""

    png: bytes
    pages: int
    width: int
    height: int


class Press:
    """One child, one job at a time; any thread may call, and waits its turn.

    A child that is too slow is killed and the job refused; one that dies by itself is replaced and
    the job done again, once. ``deadline_seconds`` counts from the start of a job, including the
    start of a child where one is needed. What is in ``memory`` is not drawn again.

    ``ahead`` is the press for what nobody waits for yet: this one, unless it was given another,
    whose memory it then shares, so that nobody waits behind what is drawn ahead.
    """

    def __init__(
        self,
        *,
        deadline_seconds: float = 20.0,
        command: Sequence[str] = COMMAND,
        memory: Memory | None = None,
        ahead: "Press | None" = None,
        most_jobs: int = MOST_JOBS,
        most_resident_bytes: int = MOST_RESIDENT_BYTES,
    ) -> None:
        self._memory = memory
        self.ahead: Press = ahead or self
        self._deadline_seconds = deadline_seconds
        self._command = tuple(command)
        self._turn = threading.Lock()
        self._child: RunningChild | None = None
        self._most_jobs, self._most_resident_bytes = most_jobs, most_resident_bytes
        self._fresh: RunningChild | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's number with the system; None where none is running."""
        child = self._child
        return None if child is None else child.pid

    def warm(self) -> None:
        """Start the child and wait until it has printed its first page.

        Raises:
            PaperTrouble: it does not start in time.
        """
        with self._turn:
            self._within_deadline(lambda child: child.greet())

    def print_html(self, html: str) -> PrintedPaper:
        """Return ``html``, which must need no other file, as PDF.

        Raises:
            PaperTrouble: too slow, or the child died twice.
        """
        return _printed(*self._ask({"do": "print"}, html.encode()))

    def print_paper(self, paper: Paper) -> PrintedPaper:
        """Draw ``paper`` by the template of its kind and return it as PDF.

        Raises:
            PaperTrouble: a value is missing or cannot be printed, too slow, or the child died twice.
        """
        return _printed(*self._ask({"do": "paper"}, packed(paper)))

    def print_letter(
        self,
        template: str,
        values: LetterValues,
        *,
        pictures: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> PrintedLetter:
        """Fill a letter and return it as docx and as PDF.

        Args:
            template: its name, as a standard's promise gives it.
            values: by placeholder; see ``letters.values_for``.
            pictures: signatures by hand as SVG, by placeholder.
            content: the docx to be filled; None takes the one that ships under the name.

        Raises:
            PaperTrouble: a value is missing or cannot be printed, the template is not sound, too
                slow, or the child died twice.
        """
        wanted = {"template": template, "values": values, "pictures": dict(pictures or {})}
        asked = json.dumps(wanted, ensure_ascii=False).encode(errors="surrogatepass")
        own = {} if content is None else {"asked_bytes": len(asked)}
        head, files = self._ask({"do": "letter", **own}, asked + (content or b""))
        printed = _printed(head, files)
        if printed.letter is None:
            raise ValueError("a letter was asked for")
        return PrintedLetter(filled=printed.letter, printed=printed)

    def check_letter(self, content: bytes, *, promises: bool) -> LookedAt:
        """Return what is wrong with a Word file meant as a template, what it is called and asks for.

        Args:
            content: the docx as it came.
            promises: whether it must have the blocks of a promise letter (告知承诺书).

        Raises:
            PaperTrouble: too slow, or the child died twice.
        """
        head, _ = self._ask({"do": "lint", "promises": promises}, content)
        faults = tuple(
            LetterFault(kind=LetterFaultKind(kind), what=what, place=place, nearest=nearest)
            for kind, what, place, nearest in head["faults"]
        )
        return LookedAt(faults=faults, title=head["title"], fields=tuple(head["fields"]))

    def print_cover(self, cover: Mapping[str, object]) -> bytes:
        """Return the cover of an archived file as PDF/A; ``cover`` is plain JSON.

        Raises:
            PaperTrouble: too slow, or the child died twice.
        """
        _, pdf = self._ask({"do": "cover"}, json.dumps(cover, ensure_ascii=False).encode())
        return pdf

    def rasterise(self, pdf: bytes, *, page: int = 1, dpi: float = 110.0) -> PagePicture:
        """Return page ``page`` of a PDF, counted from 1, as a picture.

        Raises:
            PaperTrouble: no such page, not a PDF, too large, too slow, or the child died twice.
        """
        return _picture(*self._ask(_page_asked(page, dpi), pdf))

    def picture_held(self, pdf: bytes, *, page: int, dpi: float) -> PagePicture | None:
        """Return what ``rasterise`` drew before; None where it is not remembered."""
        if self._memory is None:
            return None
        drawn = self._memory.held(_key(_page_asked(page, dpi), pdf))
        return None if drawn is None else _picture(*drawn)

    def thumbnail(self, content: bytes, *, width: int) -> PagePicture:
        """Return a JPEG or PNG as a picture at most ``width`` pixels wide, upright.

        Raises:
            PaperTrouble: no such picture, too large, too slow, or the child died twice.
        """
        return _picture(*self._ask({"do": "thumbnail", "width": width}, content))

    def forget(self) -> None:
        """Remember nothing that was drawn: somebody else comes to the window."""
        if self._memory is not None:
            self._memory.forget()

    def close(self) -> None:
        """End the child; a job under way is finished first. May be called twice."""
        if self.ahead is not self:
            self.ahead.close()
        with self._turn:
            self._closed = True
            self._drop_child()
            if self._fresh is not None:
                self._fresh.end()

    def _ask(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        if self._memory is None:
            return self._draw(head, body)
        return self._memory.answer(_key(head, body), lambda: self._draw(head, body))

    def _draw(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        head = {**head, "seconds": ceil(self._deadline_seconds)}
        with self._turn:
            answer, content = self._within_deadline(lambda child: child.ask(head, body))
            self._relieve()
        if not answer["ok"]:
            raise PaperTrouble(answer.get("sentence") or _REFUSALS[answer["why"]])
        return answer, content

    def _within_deadline(self, job: Callable[["RunningChild"], T]) -> T:
        if self._closed:
            raise PaperTrouble(_CLOSED)
        try:
            return self._try(job)
        except CHILD_DIED:
            _log.warning("the press died and was started again")
        try:
            return self._try(job)
        except CHILD_DIED as error:
            raise PaperTrouble(_BROKE_DOWN) from error

    def _try(self, job: Callable[["RunningChild"], T]) -> T:
        if self._child is None:
            self._child = RunningChild(self._command)
        child = self._child
        alarm = threading.Timer(self._deadline_seconds, child.kill_as_late)
        alarm.daemon = True
        alarm.start()
        try:
            return job(child)
        except CHILD_DIED as error:
            self._drop_child()
            if not child.late:
                raise
            self._child = RunningChild(self._command)  # warms up while the clerk reads
            raise PaperTrouble(_TOO_SLOW) from error
        finally:
            alarm.cancel()

    def _relieve(self) -> None:
        """Start a fresh child beside one that did enough, and let it serve once it is warm.

        One that does not come up leaves all as it was.
        """
        child, fresh = self._child, self._fresh
        if fresh is None:
            if child is not None and self._did_enough(child):
                self._fresh = RunningChild(self._command)
        elif fresh.has_spoken():
            self._fresh = None
            try:
                fresh.greet()
            except CHILD_DIED:
                fresh.end()
                return
            self._drop_child()
            self._child = fresh

    def _did_enough(self, child: RunningChild) -> bool:
        return child.jobs >= self._most_jobs or child.resident_bytes() > self._most_resident_bytes

    def _drop_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _key(head: Head, body: bytes) -> bytes:
    """Return under what an answer is remembered."""
    return hashlib.sha256(json.dumps(head).encode() + b"\0" + body).digest()


def _page_asked(page: int, dpi: float) -> Head:
    return {"do": "rasterise", "page": page, "dpi": dpi}


def _printed(head: Head, files: bytes) -> PrintedPaper:
    marks = tuple(
        Mark(field=field, page=page, x_mm=x, y_mm=y, width_mm=width, height_mm=height)
        for field, page, x, y, width, height in head["marks"]
    )
    told = head.get("letter")
    pdf = files[: told["pdf_bytes"]] if told else files
    letter = _filled(told["filled"], files[len(pdf) :]) if told else None
    return PrintedPaper(
        pdf=pdf,
        pages=head["pages"],
        marks=marks,
        warnings=tuple(head["warnings"]),
        letter=letter,
        by_hand=tuple(head["by_hand"]),
    )


def _filled(told: Mapping[str, Any], docx: bytes) -> FilledLetter:
    quoted = tuple(tuple(value) for value in told["quoted"])
    return FilledLetter(**{**told, "quoted": quoted, "docx": docx})


def _picture(head: Head, png: bytes) -> PagePicture:
    return PagePicture(png=png, pages=head["pages"], width=head["width"], height=head["height"])
