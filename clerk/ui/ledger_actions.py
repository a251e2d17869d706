"""What the windows of the certificate ledger may ask for, each with the lane it runs in."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.certificate_call import UsesPage
from clerk.domain.certificate_holder import HolderAsking
from clerk.domain.certificate_report import CertificateReport, Fault, IssuerCount, Questioned
from clerk.domain.id_card import IdCard
from clerk.domain.issued import PageImage
from clerk.domain.material import StoredFile
from clerk.domain.use_list import UseComparison
from clerk.ui.actions import Here
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerActions:
    """用证记录, 用证对账, 证照纠错."""

    here: Here
    read_card: Callable[[], IdCard]  # DEVICE
    uses: Callable[[HolderAsking, int], UsesPage]  # page from 1; STORE
    uses_document: Callable[[HolderAsking], bytes]  # the PDF, for the printer; PAPER
    uses_pages: Callable[[bytes, int], Sequence[PageImage]]  # of it, width in pixels; PAPER
    comparisons: Callable[[], Sequence[UseComparison]]  # the newest first; STORE
    compare: Callable[[date], UseComparison]  # asks the platform; BACK_OFFICE
    look_at: Callable[[date], None]  # note was taken of a day; STORE
    comparison_document: Callable[[UseComparison], bytes]  # the PDF, for the printer; PAPER
    comparison_pages: Callable[[bytes, int], Sequence[PageImage]]  # of it, in pixels; PAPER
    report: Callable[[Case, str, Questioned, Fault], CertificateReport]
    """Case, requirement code, certificate, what is wrong; STORE."""
    reports: Callable[[], Sequence[CertificateReport]]  # of the last year; STORE
    reports_of_case: Callable[[UUID], Sequence[CertificateReport]]  # STORE
    by_issuer: Callable[[], Sequence[IssuerCount]]  # STORE
    scan: Callable[[], tuple[bytes, str]]  # a whole file and its media type; DEVICE
    keep_file: Callable[[bytes, str, str], StoredFile]  # content, name, media type; STORE
