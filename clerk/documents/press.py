"""The press: papers to PDF and pages to pictures, in one warm child process.

Neither templates nor WeasyPrint nor the decoder of PDF files run in this process: in a thread they
hold the interpreter for 50 to 100 ms at a time, their libraries would stay in the window's memory,
and a hostile file would have the run of the window.
"""

import hashlib
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TypeVar, cast

import clerk
from clerk import assets
from clerk.child.frames import FrameBroken, Head, read_frame, write_frame
from clerk.documents.letters import FilledLetter
from clerk.documents.marks import Mark
from clerk.documents.press_memory import Memory
from clerk.documents.press_values import packed
from clerk.domain.errors import PaperTrouble
from clerk.domain.papers import Paper

T = TypeVar("T")

_log = logging.getLogger(__name__)

_COMMAND = (sys.executable, "-E", "-s", "-m", "clerk.documents.press_child")
_PASSED_ON = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "SYSTEMROOT")
"""What the child may see of our environment: where fonts and their cache are."""

_CHILD_DIED = (FrameBroken, OSError)

_TOO_SLOW = "文书生成超时，没有生成，办件未改动。请再出一次，仍不行请联系系统管理员"
_BROKE_DOWN = "文书生成程序中断，没有生成，办件未改动。请再出一次，仍不行请联系系统管理员"
_UNREADABLE = "这个文件不能显示，可能已损坏或格式不符，原文件未改动。请重新扫描或另选文件"
_NO_SUCH_PAGE = "文件没有这一页，显示的内容未改变。请重新打开文件查看"
_TOO_LARGE = "这一页的幅面太大，不能显示，原文件未改动。请缩小显示比例或另存后查看"
_CLOSED = "程序正在退出，文书没有生成，办件未改动。重新打开程序后再出一次"
_REFUSALS = {"unreadable": _UNREADABLE, "page": _NO_SUCH_PAGE, "size": _TOO_LARGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPaper:
    """A finished PDF: its pages, where each value stands, what the layout engine said."""

    pdf: bytes
    pages: int
    marks: tuple[Mark, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    """A commitment letter: the docx that is kept and its pages."""

    filled: FilledLetter
    printed: PrintedPaper


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
        command: Sequence[str] = _COMMAND,
        memory: Memory | None = None,
        ahead: "Press | None" = None,
    ) -> None:
        self._memory = memory
        self.ahead: Press = ahead or self
        self._deadline_seconds = deadline_seconds
        self._command = tuple(command)
        self._turn = threading.Lock()
        self._child: _RunningChild | None = None
        self._closed = False

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

    def print_letter(self, template: str, values: Mapping[str, str]) -> PrintedLetter:
        """Fill a commitment letter and return it as docx and as PDF.

        Args:
            template: its name, as a standard's promise gives it.
            values: by placeholder; see ``letters.values_for``.

        Raises:
            PaperTrouble: a value is missing or cannot be printed, the template is not sound, too
                slow, or the child died twice.
        """
        wanted = {"template": template, "values": dict(values)}
        head, files = self._ask({"do": "letter"}, json.dumps(wanted, ensure_ascii=False).encode())
        told = head["letter"]
        pdf, docx = files[: told["pdf_bytes"]], files[told["pdf_bytes"] :]
        filled = FilledLetter(docx=docx, template=template, **told["filled"])
        return PrintedLetter(filled=filled, printed=_printed(head, pdf))

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
        return _picture(*self._ask({"do": "rasterise", "page": page, "dpi": dpi}, pdf))

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

    def _ask(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        if self._memory is None:
            return self._draw(head, body)
        key = hashlib.sha256(json.dumps(head).encode() + b"\0" + body).digest()
        return self._memory.answer(key, lambda: self._draw(head, body))

    def _draw(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        head = {**head, "seconds": ceil(self._deadline_seconds)}
        with self._turn:
            answer, content = self._within_deadline(lambda child: child.ask(head, body))
        if not answer["ok"]:
            raise PaperTrouble(answer.get("sentence") or _REFUSALS[answer["why"]])
        return answer, content

    def _within_deadline(self, job: Callable[["_RunningChild"], T]) -> T:
        if self._closed:
            raise PaperTrouble(_CLOSED)
        try:
            return self._try(job)
        except _CHILD_DIED:
            _log.warning("the press died and was started again")
        try:
            return self._try(job)
        except _CHILD_DIED as error:
            raise PaperTrouble(_BROKE_DOWN) from error

    def _try(self, job: Callable[["_RunningChild"], T]) -> T:
        if self._child is None:
            self._child = _RunningChild(self._command)
        child = self._child
        alarm = threading.Timer(self._deadline_seconds, child.kill_as_late)
        alarm.daemon = True
        alarm.start()
        try:
            return job(child)
        except _CHILD_DIED as error:
            self._drop_child()
            if not child.late:
                raise
            self._child = _RunningChild(self._command)  # warms up while the clerk reads
            raise PaperTrouble(_TOO_SLOW) from error
        finally:
            alarm.cancel()

    def _drop_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _printed(head: Head, pdf: bytes) -> PrintedPaper:
    marks = tuple(
        Mark(field=field, page=page, x_mm=x, y_mm=y, width_mm=width, height_mm=height)
        for field, page, x, y, width, height in head["marks"]
    )
    warnings = tuple(head["warnings"])
    return PrintedPaper(pdf=pdf, pages=head["pages"], marks=marks, warnings=warnings)


def _picture(head: Head, png: bytes) -> PagePicture:
    return PagePicture(png=png, pages=head["pages"], width=head["width"], height=head["height"])


class _RunningChild:
    """The process and its two pipes."""

    def __init__(self, command: Sequence[str]) -> None:
        self._scratch = TemporaryDirectory(prefix="press-")  # its fonts; gone even if it is killed
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(clerk.__file__).parent.parent,
            env={**passed_on, **assets.environment(), "TMPDIR": self._scratch.name},
            start_new_session=True,
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._greeted = False
        self.late = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def greet(self) -> None:
        """Wait until it is warm."""
        if not self._greeted:
            head, _ = self._answer()
            _log.info("press warm, without network: %s", head["offline"])
            self._greeted = True

    def ask(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        self.greet()
        write_frame(self._requests, head, body)
        return self._answer()

    def kill_as_late(self) -> None:
        """End a job that took too long; the reader then sees the pipe closed."""
        self.late = True
        self._process.kill()

    def end(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):  # a request it never read
            self._requests.close()
        self._answers.close()
        self._scratch.cleanup()

    def _answer(self) -> tuple[Head, bytes]:
        frame = read_frame(self._answers)
        if frame is None:
            raise FrameBroken
        return frame
