"""What the practice certificate library can be told to do wrong, each as one line in Ctrl K.

The peer is told behind the window: it may be slow, that is what it is for.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from clerk.app.opening import PracticeTools
from clerk.jobs import Jobs, Lane
from clerk.ui.acts import Act

_LIBRARY: Final = "certlib"
_FOR_LONG: Final = 1_000_000
"""So many messages go wrong: until somebody mends it."""
_ALL: Final = "*"
_GONE: Final = "证照库没有在运行，要先重新启动程序"

Order = Mapping[str, object]

_WELL: Final[tuple[Order, ...]] = (
    {"fault": "none"},
    {"holding": _ALL, "as": "normal"},
    {"polls_until_granted": 2},
)

MISBEHAVIOUR: Final[Mapping[str, tuple[str, tuple[Order, ...]]]] = {
    "证照库变慢": ("证照库现在每次都要等几秒", ({"fault": "late", "count": _FOR_LONG},)),
    "证照库断线": ("证照库现在连不上", ({"fault": "down", "count": _FOR_LONG},)),
    "证照库拒绝查询": (
        "证照库现在不让本窗口查询",
        ({"fault": "fault:ACCESS_DENIED", "count": _FOR_LONG},),
    ),
    "证照都过了期": ("证照库现在把每份证照都说成过期", ({"holding": _ALL, "as": "expired"},)),
    "证照都被注销": ("证照库现在把每份证照都说成注销", ({"holding": _ALL, "as": "revoked"},)),
    "持证人不符": ("证照库现在给出的都是别人的证照", ({"holding": _ALL, "as": "wrong_holder"},)),
    "证照文件被改动": (
        "证照文件现在都在盖章以后改动过",
        ({"holding": _ALL, "as": "changed_byte"},),
    ),
    "印章只盖住一部分": (
        "证照文件现在都有一部分不在印章保护之内",
        ({"holding": _ALL, "as": "half_covered"},),
    ),
    "证照文件没有印章": ("证照文件现在都没有印章", ({"holding": _ALL, "as": "unsealed"},)),
    "证照文件传坏": ("证照文件现在都是残缺的", ({"holding": _ALL, "as": "truncated"},)),
    "持证人不回应授权": ("手机授权现在没有人回应", ({"polls_until_granted": "never"},)),
    "证照库恢复正常": ("证照库和证照都恢复正常", ()),
}
"""By what the act is called: what is said then, and what the peer is told after ``_WELL``."""


def library_acts(tools: PracticeTools, say: Callable[[str], None], jobs: Jobs) -> list[Act]:
    """Return the acts that make the practice library misbehave, and the one that mends it."""

    def tell(said: str, orders: Sequence[Order]) -> None:
        jobs.run(
            Lane.DEVICE,
            partial(_tell, tools, orders),
            owner=jobs,
            then=lambda told: say(f"练习：{said if told else _GONE}"),
            failed=lambda error: say(str(error)),
        )

    return [
        Act(name=f"练习：{name}", key="", trigger=partial(tell, said, orders))
        for name, (said, orders) in MISBEHAVIOUR.items()
    ]


def _tell(tools: PracticeTools, orders: Sequence[Order]) -> int:
    """Tell every library that runs, whatever it speaks, one thing at a time; return how many."""
    from integrations.practice.control import steer  # with an HTTP library of its own

    libraries = [peer for peer in tools.province.urls if peer.startswith(_LIBRARY)]
    for peer in libraries:
        steer(tools.province.control_url(peer), *_WELL, *orders)
    return len(libraries)
