"""The child that seals papers: pyHanko runs here, and only here.

It answers one frame after the other and ends when its input ends. It has no network where the
system lets it give that up, and writes no file.
"""

import gc
import logging
from datetime import datetime

from pyhanko.pdf_utils.misc import PdfError

from clerk.child import bound_memory_and_files, give_up_network, own_pipes
from clerk.child.frames import Head, read_frame, write_frame
from integrations.seals import seal_picture
from integrations.seals.authority import holder
from integrations.seals.signing import sealed

_ADDRESS_SPACE_BYTES = 1 << 30


def answer(head: Head, pdf: bytes) -> tuple[Head, bytes]:
    """Return the paper with its seal, or that it is no PDF."""
    body_name, seal_name = head["body_name"], head["seal_name"]
    left, top, width, height = head["box"]
    try:
        content = sealed(
            pdf,
            holder(head["body_code"], body_name),
            name=f"{body_name}{seal_name}",
            at=datetime.fromisoformat(head["at"]),
            page=head["page"],
            box=(left, top, width, height),
            picture=None if head["drawn"] else (body_name, seal_name),
        )
    except PdfError:
        return {"ok": False}, b""
    return {"ok": True}, content


def main() -> None:
    asked, answers = own_pipes()
    give_up_network()
    logging.disable(logging.CRITICAL)
    seal_picture.drawn("", "")
    gc.collect()
    gc.freeze()
    bound_memory_and_files(_ADDRESS_SPACE_BYTES)
    while (frame := read_frame(asked)) is not None:
        write_frame(answers, *answer(*frame))


if __name__ == "__main__":
    main()
