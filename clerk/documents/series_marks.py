"""The mark of each kind of paper in its 文号, beside that of the authority."""

from collections.abc import Mapping
from types import MappingProxyType

from clerk.domain.papers import PaperKind

SERIES_MARKS: Mapping[PaperKind, str] = MappingProxyType(
    {
        PaperKind.ACCEPTANCE: "受",
        PaperKind.CORRECTION_NOTICE: "补",
        PaperKind.DECLINE: "不受",
        PaperKind.NOT_REQUIRED: "告",
        PaperKind.DECISION: "决",
        PaperKind.COMMITMENT: "承",
        PaperKind.DEFERRAL_NOTICE: "容",
        PaperKind.PROCEDURE_NOTICE: "特",
        PaperKind.EXTENSION_NOTICE: "延",
        PaperKind.TERMINATION_NOTICE: "退",
        PaperKind.SUPPLEMENT_RECEIPT: "补收",
        PaperKind.SITE_NOTICE: "核",
        PaperKind.SITE_RECORD: "核记",
        PaperKind.REPAIR_ORDER: "改",
        PaperKind.HEARING_NOTICE: "撤告",
        PaperKind.REVOCATION: "撤",
        PaperKind.STATEMENT_NOTICE: "拟告",
        PaperKind.DECISION_CORRECTION: "更",
        PaperKind.FEE_NOTICE: "缴",
        PaperKind.TRANSFER_SLIP: "流",
        PaperKind.POSTED_RECEIPT: "邮收",
    }
)
