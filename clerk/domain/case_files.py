"""Every file that belongs to a case (案卷里的文件), whatever it came with."""

from collections.abc import Iterator

from clerk.domain.case import Case
from clerk.domain.material import Evidence, SignedLetter, StoredFile


def files_of(case: Case) -> Iterator[StoredFile]:
    """Yield the files of all materials, old versions too, of the mandate, checks and signatures; some more than once."""
    for given in case.evidence.values():
        for version in (given, *given.older):
            yield from _of_material(version)
    if case.mandate_letter is not None:
        yield from _of_letter(case.mandate_letter)
    for check in case.checks.after:
        yield from check.files
    for site in case.checks.site:
        if site.record is not None:
            yield from site.record.files
    for parcel in case.posted:
        yield from parcel.files
    for signature in case.signatures:
        yield from (one for one in (signature.handwriting, signature.shown) if one is not None)


def _of_material(given: Evidence) -> Iterator[StoredFile]:
    yield from given.files
    if given.letter is not None:
        yield from _of_letter(given.letter)


def _of_letter(letter: SignedLetter) -> Iterator[StoredFile]:
    yield from (one for one in (letter.docx, letter.pdf, letter.handwriting) if one is not None)
