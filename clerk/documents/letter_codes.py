"""Complex fields of a Word file (ECMA-376 part 1, 17.16.18): of these only page numbers count here."""

from dataclasses import field

from clerk.documents.letter_page import page_counter
from clerk.values import dataclass


@dataclass(slots=True)
class _FieldCode:
    """Where in a field we are: its instruction, and whether its result follows."""

    instruction: str = ""
    in_result: bool = False


@dataclass(slots=True)
class FieldCodes:
    """The fields that are open while the runs of a paragraph are read."""

    _open: list[_FieldCode] = field(default_factory=list)

    def read(self, kind: str) -> str:
        """Read a field's mark; return what stands for the field once it has ended."""
        if kind == "begin":
            self._open.append(_FieldCode())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            return page_counter(self._open.pop().instruction)
        return ""

    def instruct(self, told: str) -> None:
        """Take what the field in hand is told to do."""
        if self._open:
            self._open[-1].instruction += told

    def hide(self) -> bool:
        """Whether a text is the old result of a field that is counted anew."""
        return any(code.in_result and page_counter(code.instruction) for code in self._open)
