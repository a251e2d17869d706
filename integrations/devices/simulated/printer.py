"""A printer that plays: what it is sent lies as a PDF in a folder, and no paper comes out."""

from pathlib import Path
from typing import Protocol

from clerk.domain.errors import DeviceTrouble

_UNSAFE = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))


class Job(Protocol):
    """What is printed: its title, the whole PDF, how often."""

    @property
    def title(self) -> str:
        """The name of the paper."""

    @property
    def pdf(self) -> bytes:
        """The whole file."""

    @property
    def copies(self) -> int:
        """How many copies."""


class SimulatedPrinter:
    """One printer called ``name`` that prints into ``folder``, which is made for the first job.

    ``sent`` is what the clerk is told of a job that went.
    """

    def __init__(self, folder: Path, *, name: str, sent: str) -> None:
        self.folder = folder
        self._name, self._sent = name, sent
        self._jammed = False

    def names(self) -> tuple[str, ...]:
        """Return the one name."""
        return (self._name,)

    def sent_words(self, printer: str) -> str:  # noqa: ARG002  there is only this one
        """Return what the clerk is told when it took a job."""
        return self._sent

    def jam(self) -> None:
        """Let the paper jam (卡纸): no job is taken until ``clear``."""
        self._jammed = True

    def clear(self) -> None:
        """Take the jammed paper out."""
        self._jammed = False

    def send(self, printer: str, job: Job) -> None:
        """Write the job into the folder, numbered in the order in which jobs came.

        Raises:
            DeviceTrouble: the paper is jammed, or the folder cannot be written; nothing is there.
        """
        if self._jammed:
            raise DeviceTrouble(f"{printer}卡纸，没有打出来")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            serial = sum(1 for _ in self.folder.glob("*.pdf")) + 1
            name = f"{serial:04}-{job.title}-{job.copies}.pdf".translate(_UNSAFE)
            (self.folder / name).write_bytes(job.pdf)
        except OSError as error:
            raise DeviceTrouble(f"{printer}的文件夹写不进去，没有打出来") from error
