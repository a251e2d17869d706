"""Puts a seal on a PDF: a signature over all of its bytes (PAdES, ETSI EN 319 142-1, level B-B).

Level B-T needs a time stamp from a service that answers for the time; without one the signature
tells the counter's own clock, and says no more than that.
"""

import hashlib
import io
from datetime import datetime
from typing import Final

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from typing_extensions import override

from integrations.seals import seal_picture
from integrations.seals.authority import SealHolder
from integrations.seals.container import container

_DIGEST: Final = "sha256"
_SLACK_BYTES: Final = 8
"""Two numbers of a signature by ECDSA are written with leading zeros or without (DER)."""
_POINTS: Final = 72 / 254
"""Of a tenth of a millimetre."""
_FIELD: Final = "Seal"


class _Writer(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: who made the page, and when, stays as the page tells it."""

    @override
    def _update_meta(self) -> None:
        """WORKAROUND pyHanko 0.38: it would write the machine's time and its own name there."""


def sealed(
    pdf: bytes,
    holder: SealHolder,
    *,
    name: str,
    at: datetime,
    page: int,
    box: tuple[int, int, int, int],
    picture: tuple[str, str] | None,
) -> bytes:
    """Return ``pdf`` with the seal behind its last byte.

    Args:
        pdf: as it was drawn; none of its bytes is changed.
        holder: whose seal it is.
        name: what the seal is called, as readers show it.
        at: when, by the counter's clock.
        page: where its field lies, counted from 1.
        box: left, top, width and height there, in tenths of a millimetre.
        picture: names on a sample seal to be drawn there; None where the page shows it already.

    Raises:
        PdfError: it is no PDF.
    """
    writer = _Writer(io.BytesIO(pdf))
    spec = SigFieldSpec(_FIELD, on_page=page - 1, box=_corners(writer, page, box))
    steps = PdfCMSEmbedder(spec).write_cms(_FIELD, writer)
    field = next(steps).get_object()
    field[NameObject("/AP")] = _appearance(writer, picture)
    placeholder = PdfSignedData(
        NameObject("/Sig"), SigSeedSubFilter.PADES, timestamp=at, bytes_reserved=_room(holder)
    )
    placeholder[NameObject("/Name")] = TextStringObject(name)
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    digest, output = steps.send(SigIOSetup(md_algorithm=_DIGEST))
    steps.send(container(holder, digest.document_digest))
    return bytes(output.getvalue())


def _room(holder: SealHolder) -> int:
    """Return how many hexadecimal digits are kept free for the signature of this holder."""
    return 2 * (len(container(holder, bytes(hashlib.new(_DIGEST).digest_size))) + _SLACK_BYTES)


def _corners(
    writer: IncrementalPdfFileWriter, page: int, box: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """Return lower left and upper right in points, from the lower left of the page."""
    found, _ = writer.find_page_for_modification(page - 1)  # type: ignore[no-untyped-call]
    height = float(found.get_object()["/MediaBox"][3])
    left, top, width, deep = (side * _POINTS for side in box)
    return (
        round(left),
        round(height - top - deep),
        round(left + width),
        round(height - top),
    )


def _appearance(
    writer: IncrementalPdfFileWriter, picture: tuple[str, str] | None
) -> DictionaryObject:
    """Return what the field shows; an archive asks for one even where it is empty."""
    side = seal_picture.SIDE
    form = StreamObject(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(
                [NumberObject(0), NumberObject(0), NumberObject(side), NumberObject(side)]  # type: ignore[no-untyped-call]
            ),
            NameObject("/Resources"): DictionaryObject({}),  # type: ignore[no-untyped-call]
        },
        stream_data=seal_picture.drawn(*picture) if picture is not None else b"",
    )
    form.compress()  # type: ignore[no-untyped-call]
    return DictionaryObject({NameObject("/N"): writer.add_object(form)})  # type: ignore[no-untyped-call]
