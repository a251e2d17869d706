"""The press's child process: where templates, WeasyPrint and the PDF decoder run, and only there.

It starts warm, answers one frame after the other and ends when its input ends. It has no network
where the system lets it give that up, fetches nothing but ``data:`` and writes no file.
"""

import gc
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import override
from weasyprint.document import Document, Page
from weasyprint.urls import URLFetcher

from clerk.child import bound_memory_and_files, give_up_network, own_pipes, rest
from clerk.child.frames import Head, read_frame, write_frame
from clerk.documents import letter_filling, letter_look, letter_pdf, notice_html
from clerk.documents.archive_cover_html import PDF_VARIANT, cover_html
from clerk.documents.drawn_pages import drawn_pages
from clerk.documents.letter_fields import LetterValues
from clerk.documents.letter_places import value_marks
from clerk.documents.marks import field_of
from clerk.documents.press_blanks import blanked, lacking, named, private_in
from clerk.documents.press_fonts import CUT_FAMILY, set_up
from clerk.documents.press_page import Pages
from clerk.documents.press_pdf import finish
from clerk.documents.press_pictures import rasterise, thumbnail
from clerk.documents.press_seal_place import seal_marks
from clerk.documents.press_values import unpacked
from clerk.domain.errors import PaperTrouble
from clerk.values import field_names
from clerk.wording_letters import drawn_name

_PAPER_VARIANT = "pdf/a-2u"
"""ISO 19005-2, level U: what is handed out is what is archived, fonts and colours inside."""
_MM_PER_PX = 25.4 / 96
_ADDRESS_SPACE_BYTES = 3 << 30

_WARM_UP = (
    '<html lang="zh-CN"><style>body{font-family:"AR PL SungtiL GB","Noto Serif CJK SC",serif}'
    f'@page{{size:A4}}h1{{font-family:"{CUT_FAMILY}","Noto Serif CJK SC",serif}}</style>'
    "<h1>受理通知书</h1><p>〔2026〕0318-0037 号 𠮷</p><table><tr><td>材料</td></tr></table>"
    '<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"/><text x="1" y="8">章</text></svg></html>'
)


class _Warnings(logging.Handler):
    """Keeps what the layout engine complains about while one paper is printed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


class _Child:
    """Answers one request at a time; its fonts are set up once."""

    def __init__(self) -> None:
        fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
        self._warnings = _Warnings()
        self._pages = Pages(fetcher, set_up(fetcher), self._warnings.told)
        logger = logging.getLogger("weasyprint")
        logger.handlers = [self._warnings]
        logger.propagate = False

    def answer(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        try:
            return self._do(head, body)
        except PaperTrouble as trouble:
            return {"ok": False, "sentence": str(trouble)}, b""

    def _do(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        match head["do"]:
            case "paper":
                return self.print_html(notice_html.html_for(unpacked(body)), _PAPER_VARIANT)
            case "letter":
                asked_bytes = head.get("asked_bytes")
                content = None if asked_bytes is None else body[asked_bytes:]
                return self._print_letter(**json.loads(body[:asked_bytes]), content=content)
            case "lint":
                return letter_look.look(body, promises=bool(head["promises"]))
            case "print":
                return self.print_html(body.decode())
            case "cover":
                return self.print_html(cover_html(json.loads(body)), PDF_VARIANT)
            case "rasterise":
                return rasterise(body, int(head["page"]), float(head["dpi"]))
            case "thumbnail":
                return thumbnail(body, int(head["width"]))
            case unknown:
                raise ValueError(unknown)

    def print_html(self, html: str, variant: str | None = None) -> tuple[Head, bytes]:
        by_hand = private_in(html)
        document, marks, pdf = self._drawn(html, by_hand, variant)
        missing = lacking(document)
        if missing:
            by_hand |= missing
            document, marks, pdf = self._drawn(html, by_hand, variant)
        _require_glyphs(document)
        told = {"marks": marks, "warnings": list(self._warnings.told), "by_hand": sorted(by_hand)}
        return {"ok": True, "pages": len(document.pages), **told}, pdf

    def _drawn(
        self, html: str, by_hand: frozenset[str], variant: str | None
    ) -> tuple[Document, list[list[Any]], bytes]:
        """Lay out and write ``html`` with a blank for each character that a pen writes in."""
        self._warnings.told.clear()
        document = self._pages.rendered(blanked(html, by_hand) if by_hand else html)
        marks = [
            mark for number, page in enumerate(document.pages, 1) for mark in _marks(number, page)
        ]
        return document, marks, document.write_pdf(pdf_variant=variant, finisher=finish)

    def _print_letter(
        self,
        template: str,
        values: LetterValues,
        pictures: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> tuple[Head, bytes]:
        filled = letter_filling.fill(template, values, pictures=pictures, content=content)
        page = letter_pdf.html_for(filled.docx)
        _require_all_drawn(page.unsupported)
        head, pdf = self.print_html(page.html, _PAPER_VARIANT)
        with drawn_pages(pdf) as pages:
            head["marks"] += [*value_marks(pages, filled.quoted), *seal_marks(pages)]
        told = {name: getattr(filled, name) for name in field_names(filled) if name != "docx"}
        letter = {"filled": told, "pdf_bytes": len(pdf)}
        return {**head, "letter": letter}, pdf + filled.docx


def _require_all_drawn(left_out: Sequence[str]) -> None:
    """Refuse a letter that would lack on paper what its Word file shows.

    Raises:
        PaperTrouble: something cannot be laid out, named as the check of a template names it.
    """
    if left_out:
        listed = "、".join(dict.fromkeys(map(drawn_name, left_out)))
        raise PaperTrouble(
            f"这份文书的模板里有不能排到纸上的{listed}，没有生成，办件未改动。请换用经校核的模板"
        )


def _require_glyphs(document: Document) -> None:
    """Refuse a paper that shows an empty box where no blank could be left, as within a seal.

    Raises:
        PaperTrouble: no face that is installed has one of its characters.
    """
    missing = lacking(document)
    if missing:
        raise PaperTrouble(
            f"字库里没有 {named(missing)} 这个字，印不出来，文书没有生成，办件未改动。"
            "请系统管理员装上有这个字的字体后再出一次"
        )


def _marks(number: int, page: Page) -> list[list[Any]]:
    """Take the marks out of ``page`` and return them as rows of JSON."""
    ours = [
        (field, rectangle)
        for kind, target, rectangle, _ in page.links
        if kind == "internal" and (field := field_of(target))
    ]
    page.links = [link for link in page.links if field_of(link[1]) is None]
    return [
        [
            field,
            number,
            *(round(side * _MM_PER_PX, 2) for side in (x, y, x2 - x, y2 - y)),
        ]
        for field, (x, y, x2, y2) in ours
    ]


def _bound_processor_time(seconds: int) -> None:
    """End this process ``seconds`` of its own processor time from now."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    asked, answers = own_pipes()
    offline = give_up_network()
    child = _Child()
    child.print_html(_WARM_UP)
    gc.collect()
    gc.freeze()
    gc.disable()  # a paper is laid out in one go; what it leaves is collected behind the answer
    bound_memory_and_files(_ADDRESS_SPACE_BYTES)
    write_frame(answers, {"ok": True, "offline": offline})
    rest(asked)
    while (frame := read_frame(asked)) is not None:
        head, body = frame
        _bound_processor_time(int(head["seconds"]))
        write_frame(answers, *child.answer(head, body))
        gc.collect()
        rest(asked)


if __name__ == "__main__":
    main()
