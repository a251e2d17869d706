"""Words of printing in 文书: what is in the way, where the paper is now, what to do next."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from clerk.domain.printing import PrinterCondition, PrinterTrouble
from clerk.ui.documents_orders import Hang, Where

_IN_THE_WAY: Final[Mapping[PrinterTrouble, str]] = MappingProxyType(
    {
        PrinterTrouble.GONE: "不在这台机器上了",
        PrinterTrouble.NOT_TAKING: "现在不收打印任务",
        PrinterTrouble.JAM: "卡纸",
        PrinterTrouble.NO_PAPER: "缺纸",
        PrinterTrouble.NO_A4: "没有 A4 纸盒",
        PrinterTrouble.DOOR_OPEN: "盖子没有关好",
        PrinterTrouble.NO_TONER: "没有墨粉了",
        PrinterTrouble.OFFLINE: "没有连上",
        PrinterTrouble.STOPPED: "停用了",
        PrinterTrouble.SLOW: "一直没有打完",
        PrinterTrouble.FAULTY: "报了故障",
    }
)
_REMEDIES: Final[Mapping[PrinterTrouble, str]] = MappingProxyType(
    {
        PrinterTrouble.JAM: "取出卡住的纸",
        PrinterTrouble.NO_PAPER: "装上 A4 纸",
        PrinterTrouble.NO_A4: "装上 A4 纸",
        PrinterTrouble.DOOR_OPEN: "关好盖子",
        PrinterTrouble.NO_TONER: "换上墨粉",
        PrinterTrouble.OFFLINE: "看看电源和连线",
    }
)
LOW: Final = "纸或墨粉快用完了"


def in_the_way(troubles: Sequence[PrinterTrouble]) -> str:
    """What keeps the printer from printing, the worst first; two are enough to act on."""
    return "，".join(_IN_THE_WAY[trouble] for trouble in troubles[:2])


def standing_of(condition: PrinterCondition) -> str:
    """What is said below the printer before anything is sent; empty where all is well."""
    return in_the_way(condition.troubles) or (LOW if condition.low else "")


def hang_words(hang: Hang) -> tuple[str, str]:
    """What happened, and in the second line what is safe and what to do."""
    what, remedy = in_the_way(hang.troubles), _remedy(hang.troubles)
    papers = _papers(hang)
    if hang.where is Where.NOT_SENT:
        happened = f"{hang.printer}{what}" if what else hang.said
        return f"{happened}，{papers}没有送去打", _then(remedy, "再重试")
    if hang.where is Where.AT_PRINTER:
        return (
            f"{hang.printer}{what}，{papers}没有打出来",
            _then(remedy, "会接着打") + "。任务还在，没有记成已打印",
        )
    if hang.where is Where.GIVEN_UP:
        return (
            f"{hang.printer}没有打出{papers}，任务已经停了",
            "文书还在，没有记成已打印。换一台打印机，或重试",
        )
    happened = f"{hang.printer}{what}，" if what else ""
    return (
        f"{happened}不知道{papers}打出来没有",
        (hang.said or "打印系统里查不到这份任务") + "。看一眼打印机，纸出来了就点纸出来了",
    )


def briefly(hang: Hang) -> str:
    """The same for the line that is seen on every page."""
    return f"{hang_words(hang)[0]}，到文书里处理"


def _papers(hang: Hang) -> str:
    titles = list(dict.fromkeys(order.paper.title for order in hang.orders))
    more = f"等 {len(titles)} 种文书" if len(titles) > 1 else ""
    first = hang.orders[0].paper
    return f"{first.title}（{first.number}）{more}" if first.number else f"{first.title}{more}"


def _remedy(troubles: Sequence[PrinterTrouble]) -> str:
    return next((_REMEDIES[one] for one in troubles if one in _REMEDIES), "")


def _then(remedy: str, go_on: str) -> str:
    return f"{remedy}{go_on}，或换一台打印机" if remedy else "换一台打印机，或修好再重试"
