"""Words on the seals of papers: what our own look found, and what it is no proof of."""

from collections.abc import Mapping
from typing import Final

from clerk.domain.certificate_file import FileLook, SealFinding, SealState
from clerk.domain.days import local_time
from clerk.wording_certificates import SEALS

LOOKING: Final = "正在看签章"
NOT_LOOKED: Final = "签章没看成，按 F5 再看"
NOT_SM: Final = "未接入国密验签"
_PRACTICE: Final = "练习用的印章，没有法律效力"
_BY_HAND: Final = "没有电子签章。页上有虚线圈的，打印后在圈里盖章"
_WHAT_TO_DO: Final[Mapping[SealState, str]] = {
    SealState.NONE: "文件上没有电子签章，不能断定是谁出的、有没有改过",
    SealState.INTACT: "盖章以后一个字节也没有改过",
    SealState.RESEALED: "盖章以后没有改过，后来又加盖了章",
    SealState.UNTRUSTED: "盖章以后没有改过，但本窗口不信任签发这枚章的机构，不能断定是谁盖的",
    SealState.PARTLY: "盖章后文件里又加了内容，加的那部分不在签章之内，不能当作原件",
    SealState.CHANGED: "盖章以后文件被改动过，不能当作原件。回到出文书的窗口重新取",
    SealState.UNDECIDED: "签章的做法本机不认识，不能判断。到出文书的单位核对",
}
_BAD: Final = frozenset({SealState.CHANGED, SealState.PARTLY})
_UNTRUSTED: Final[Mapping[bool | None, str]] = {
    True: "本窗口信任这个签发机构",
    False: "本窗口不信任这个签发机构，盖章的单位名称不能当真",
    None: "本窗口没有可以比对的签发机构，盖章的单位名称不能当真",
}


def line(look: FileLook, *, practice: bool) -> str:
    """What the seal on a paper is worth, in one line."""
    state = look.seal
    if state is SealState.NONE:
        return f"{_BY_HAND}。{NOT_SM}"
    said = f"{SEALS[state]}，{NOT_SM}"
    return f"{said}。{_PRACTICE}" if practice else said


def tone(state: SealState) -> str:
    """The colour of that line."""
    return "bad" if state in _BAD else "t3"


def verdict(look: FileLook) -> tuple[str, str]:
    """What was found of the whole file: in a few words, and what follows from it."""
    return SEALS[look.seal], _WHAT_TO_DO[look.seal]


def kind(state: SealState) -> str:
    """The kind of notice that says it."""
    if state in {SealState.INTACT, SealState.RESEALED}:
        return "ok"
    return "bad" if state in _BAD else "warn"


def rows(seal: SealFinding) -> tuple[tuple[str, str], ...]:
    """What is known of one seal, line by line."""
    at = f"{local_time(seal.signed_at):%Y-%m-%d %H:%M}" if seal.signed_at else "没有写"
    chain = " ← ".join(one for one in (seal.signer, *seal.issuers) if one) or "读不出"
    method = seal.method or "读不出"
    told = method if method == "SM2" else f"{method}，不是国密 SM2"
    return (
        ("印章", seal.name or "没有写"),
        ("结果", SEALS[seal.state]),
        ("盖章时间", f"{at}（盖章系统的时钟，没有时间戳）"),
        ("证书", f"{chain}。{_UNTRUSTED[seal.trusted]}"),
        ("算法", told),
    )
