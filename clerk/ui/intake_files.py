"""Files that stand for a material: scanned, chosen, dropped or pasted; checked, then kept."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PyQt6.QtCore import QBuffer, QIODevice
from PyQt6.QtGui import QImage

from clerk.domain.errors import BadInput, ClerkError
from clerk.domain.intake import with_evidence
from clerk.domain.material import Origin, StoredFile
from clerk.domain.material_ways import from_files
from clerk.domain.standard import Requirement
from clerk.jobs import Lane
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_part import IntakePart

Content = tuple[bytes, str, str]
"""What a file holds, its name and its media type."""

_LARGEST_FILE_BYTES = 20 << 20
_MOST_FILES = 20
_TOO_LATE: Final = "{name}的文件读好时，那件已经关上或收下，没有放进去"
_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
ENDINGS: Final = {media_type: ending for ending, media_type in _MEDIA_TYPES.items()}


def read_chosen(path: Path) -> Content:
    """Return content, name and media type of a file the clerk chose.

    Raises:
        BadInput: it cannot be read, is empty, too large, or of a kind that is not taken.
    """
    media_type = _MEDIA_TYPES.get(path.suffix.lower(), "")
    if not media_type:
        raise BadInput(f"{path.name}不是能收的文件，没有存。可以选 PDF、OFD、JPG 或 PNG")
    try:
        size = path.stat().st_size
        if not 0 < size <= _LARGEST_FILE_BYTES:
            raise BadInput(f"{path.name}是空的，或超过 20 兆，没有存。换一个文件")
        return path.read_bytes(), path.name, media_type
    except OSError as error:
        raise BadInput(f"{path.name}读不出来，没有存。换一个文件，或改扫描") from error


class MaterialFiles(IntakePart):
    """Fetches the files of a row of the case in front and lets them stand for the material."""

    def scan(self, opened: OpenCase, asked: Requirement) -> None:
        """Take the page that lies under the scanner."""

        def work() -> Sequence[Content]:
            content, media_type = self._actions.scan()
            return ((content, f"{asked.name}{ENDINGS.get(media_type, '')}", media_type),)

        self._fetch(opened, asked, "正在扫描", Lane.DEVICE, work, Origin.SCANNED)

    def choose(self, opened: OpenCase, asked: Requirement) -> None:
        """Let the clerk choose a file."""
        path = self._frame.choose_path(self._host)
        if path is not None:
            self.give(opened, asked, (path,))

    def give(self, opened: OpenCase, asked: Requirement, given: Sequence[Path | QImage]) -> None:
        """Take what was chosen, dropped or pasted, all of it or, where one is unfit, nothing."""
        if len(given) > _MOST_FILES:
            self._frame.say(f"一次最多 {_MOST_FILES} 个文件，没有存。合成一个 PDF，或分几次")
            return
        work = partial(_read_all, tuple(given), asked.name)
        self._fetch(opened, asked, "正在读文件", Lane.STORE, work, Origin.CHOSEN_FILE)

    def _fetch(
        self,
        opened: OpenCase,
        asked: Requirement,
        words: str,
        lane: Lane,
        work: Callable[[], Sequence[Content]],
        origin: Origin,
    ) -> None:
        if asked.code in opened.busy:
            return
        opened.busy[asked.code] = words
        opened.arriving.add(asked.code)
        opened.trouble.pop(asked.code, None)
        self._desk.changed.emit()
        here = self._actions.here

        def got(contents: Sequence[Content]) -> None:
            self._jobs.run(
                Lane.PAPER,  # each file is opened once in a child process before it is kept
                partial(_keep_all, self._actions.files.keep, contents),
                owner=self,
                then=kept,
                failed=partial(self._end, opened, asked),
            )

        def kept(files: Sequence[StoredFile]) -> None:
            self._end(opened, asked, None)
            if opened not in self._desk.cases or not opened.editable:
                self._frame.say(_TOO_LATE.format(name=asked.name))
                return
            evidence = from_files(asked, files, origin, here.session, here.now())
            self._desk.apply(opened, with_evidence(opened.case, asked.code, evidence))

        self._jobs.run(lane, work, owner=self, then=got, failed=partial(self._end, opened, asked))

    def _end(self, opened: OpenCase, asked: Requirement, error: ClerkError | None) -> None:
        opened.busy.pop(asked.code, None)
        opened.arriving.discard(asked.code)
        if error is not None:
            opened.trouble[asked.code] = str(error)
            self._desk.changed.emit()


def _read_all(given: Sequence[Path | QImage], name: str) -> Sequence[Content]:
    return tuple(
        read_chosen(one) if isinstance(one, Path) else _as_file(one, name) for one in given
    )


def _as_file(picture: QImage, name: str) -> Content:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    content = buffer.data().data()
    if len(content) > _LARGEST_FILE_BYTES:
        raise BadInput("贴的图超过 20 兆，没有存。截小一些再贴，或选文件")
    return content, f"{name}.png", "image/png"


def _keep_all(
    keep: Callable[[bytes, str, str], StoredFile], contents: Sequence[Content]
) -> Sequence[StoredFile]:
    return tuple(_kept(keep, *content, alone=len(contents) == 1) for content in contents)


def _kept(
    keep: Callable[[bytes, str, str], StoredFile],
    content: bytes,
    name: str,
    media_type: str,
    *,
    alone: bool,
) -> StoredFile:
    """Keep one file; of several, what is wrong says with which."""
    try:
        return keep(content, name, media_type)
    except BadInput as error:
        if alone:
            raise
        raise BadInput(f"{name}：{error}") from error
