"""Words of 文书: what each paper is for, what is not made yet, what the seal is."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.issued import IssuedPaper
from clerk.domain.paper_signature import SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.rare_characters import numbers_of
from clerk.wording import STATES, clock

_LATER: Final[Mapping[PaperKind, tuple[str, str]]] = MappingProxyType(
    {
        PaperKind.ACCEPTANCE: ("受理通知书", "受理后自动出"),
        PaperKind.DECISION: ("决定书或结果通知书", "作出决定后自动出"),
        PaperKind.DELIVERY: ("送达回证", "领证时出"),
    }
)
_NO_MORE: Final = frozenset(
    {
        CaseState.CORRECTION_DUE,
        CaseState.DECLINED,
        CaseState.WITHDRAWN,
        CaseState.LAPSED,
        CaseState.VOID,
        CaseState.PASSED_ON,
        CaseState.HANDED_OUT,
        CaseState.REVOKED,
    }
)
_OF_STATE: Final[Mapping[CaseState, PaperKind]] = MappingProxyType(
    {
        CaseState.CORRECTION_DUE: PaperKind.CORRECTION_NOTICE,
        CaseState.GRANTED: PaperKind.DECISION,
        CaseState.REFUSED: PaperKind.DECISION,
        CaseState.RESULT_WAITING: PaperKind.DECISION,
        CaseState.HANDED_OUT: PaperKind.DELIVERY,
    }
)
_OWN_PAPER: Final = frozenset(
    {
        CaseEventKind.ACCEPTED,
        CaseEventKind.NOTIFIED_ONCE,
        CaseEventKind.DECIDED,
        CaseEventKind.DECISION_CORRECTED,
        CaseEventKind.HANDED_OUT,
    }
)
_SIGNED: Final[Mapping[SignWay, str]] = MappingProxyType(
    {SignWay.PEN: "已签收", SignWay.PAPER: "已在纸上签收", SignWay.REFUSED: "申请人不签"}
)
_UNSAFE: Final = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))
NO_PRINTER: Final = "这台机器没有装打印机。另存 PDF 后拿到有打印机的机器上打，文书都在办件里"
UNDER_WAY: Final = "这份文书正在打，等纸出来"
MAKING: Final = "正在生成本件的文书，办件不受影响"
NOTHING_YET: Final = "这件还没有文书。收件或受理后自动出"
TEXT_IS_MADE: Final = "正文由模板和申请表生成，不能在这里改。要改内容，回申请表改字段"


def later(case: Case, made: Sequence[IssuedPaper]) -> tuple[tuple[str, str], ...]:
    """Papers that may still come, each with when."""
    if case.state in _NO_MORE:
        return ()
    have = {paper.kind for paper in made}
    return tuple(words for kind, words in _LATER.items() if kind not in have)


def in_front(case: Case, made: Sequence[IssuedPaper]) -> int:
    """Return the place of the paper that the last act on the case made; else the first."""
    number = _last_number(case)
    wanted = _OF_STATE.get(case.state)
    if number:
        return next((place for place, paper in enumerate(made) if paper.number == number), 0)
    return next((place for place, paper in enumerate(made) if paper.kind is wanted), 0)


def _last_number(case: Case) -> str:
    """The number of the paper of the last act, empty where the state's own paper came later."""
    for event in reversed(case.events):
        if event.kind in _OWN_PAPER:
            return ""
        if event.detail.get("document"):
            return event.detail["document"]
    return ""


def below(paper: IssuedPaper, copies: int, now: str = "") -> str:
    """What became of the paper, and its number, for its second line; ``copies`` are of just now.

    ``now`` is what a printer does with it at this moment.
    """
    earlier = paper.copies_printed
    if now:
        printed = now
    elif copies:
        printed = f"刚打印 {copies} 份" + (f"，共 {earlier + copies} 份" if earlier else "")
    elif earlier:
        printed = f"已打印 {earlier} 份"
    elif paper.electronic_at:
        printed = f"{clock(paper.electronic_at)} 已给电子件"
    else:
        printed = f"待打印，{clock(paper.made_at)} 生成"
    signed = signed_words(paper)
    pen = "有字要手写" if paper.pdf.by_hand else ""
    return "，".join(part for part in (printed, pen, signed, paper.number) if part)


def signed_words(paper: IssuedPaper) -> str:
    """How it was signed; empty where it was not. His own paper he signs, ours he receives (签收)."""
    if paper.signature is None:
        return ""
    words = _SIGNED[paper.signature.way]
    return words.replace("签收", "签字") if paper.kind is PaperKind.APPLICATION else words


def written_by_hand(paper: IssuedPaper) -> str:
    """What a pen has to add to the page before it goes out; empty where nothing."""
    lacking = paper.pdf.by_hand
    if not lacking:
        return ""
    named = "、".join(numbers_of(lacking))
    return f"字库里没有 {named}，{paper.title}在这个字的位置留了划线的空格。打印后照证件用笔写上再交给申请人"


def file_name(paper: IssuedPaper, number: str) -> str:
    """A file name for a copy: the paper and the number it is known by."""
    return f"{paper.title} {number}".strip().translate(_UNSAFE) + ".pdf"


def standing(case: Case) -> str:
    """The state of the case, for the chip at the top."""
    at = case.accepted_at or case.received_at
    return f"{clock(at)} {STATES[case.state]}" if at else STATES[case.state]
