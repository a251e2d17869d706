"""What a chip, a deadline or a source mark says: plain values, painted by ``paint``.

Colour never carries meaning alone: every kind has its own icon, and the word is always written.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from clerk.values import dataclass

FEW_DAYS: Final = 2
_MOST_BARS: Final = 5


class ChipKind(Enum):
    """Every look a chip can have; the first seven are the states of a material."""

    OK = "ok"
    REUSE = "reuse"
    PROMISE = "promise"
    DEFER = "defer"
    BAD = "bad"
    MISSING = "missing"
    AUTHORISE = "authorise"
    DUE_TODAY = "due_today"
    OVER_PROMISED = "over_promised"
    OVER_STATUTORY = "over_statutory"
    PAUSED = "paused"
    WAITING = "waiting"
    DONE = "done"
    RUNNING = "running"
    GOOD = "good"
    INFO = "info"
    WARN = "warn"
    NEUTRAL = "neutral"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipLook:
    """Tokens of one kind; no ground and no edge means quiet text."""

    icon: str = ""
    tone: str = "t2"
    icon_tone: str = "t2"
    ground: str = ""
    edge: str = ""
    bold: bool = False
    size: int = 12


CHIP_LOOKS: Final[Mapping[ChipKind, ChipLook]] = MappingProxyType(
    {
        ChipKind.OK: ChipLook(icon="check", icon_tone="ok"),
        ChipKind.REUSE: ChipLook(icon="badge-check", icon_tone="accentT"),
        ChipKind.PROMISE: ChipLook(icon="pen-line", tone="prom", icon_tone="prom", ground="promS"),
        ChipKind.DEFER: ChipLook(icon="hourglass", tone="warn", icon_tone="warn", ground="warnS"),
        ChipKind.BAD: ChipLook(
            icon="circle-x", tone="bad", icon_tone="bad", ground="badS", bold=True
        ),
        ChipKind.MISSING: ChipLook(
            icon="circle-dashed", tone="bad", icon_tone="bad", edge="bad", bold=True
        ),
        ChipKind.AUTHORISE: ChipLook(
            icon="key-round", tone="accentT", icon_tone="accentT", ground="accentS"
        ),
        ChipKind.DUE_TODAY: ChipLook(
            icon="clock-alert", tone="warn", icon_tone="warn", ground="warnS", bold=True
        ),
        ChipKind.OVER_PROMISED: ChipLook(
            icon="triangle-alert", tone="bad", icon_tone="bad", ground="badS", bold=True
        ),
        ChipKind.OVER_STATUTORY: ChipLook(
            icon="triangle-alert", tone="surface", icon_tone="surface", ground="bad", bold=True
        ),
        ChipKind.PAUSED: ChipLook(icon="pause", size=13),
        ChipKind.WAITING: ChipLook(icon="hourglass", size=13),
        ChipKind.DONE: ChipLook(icon="check", size=13),
        ChipKind.RUNNING: ChipLook(icon="dot", icon_tone="accent", size=13),
        ChipKind.GOOD: ChipLook(icon="check", tone="ok", icon_tone="ok", ground="okS"),
        ChipKind.INFO: ChipLook(tone="accentT", icon_tone="accentT", ground="accentS"),
        ChipKind.WARN: ChipLook(tone="warn", icon_tone="warn", ground="warnS"),
        ChipKind.NEUTRAL: ChipLook(ground="window"),
        ChipKind.PLAIN: ChipLook(size=13),
    }
)


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """A chip: its kind, its word, and an icon where it differs from the kind's own."""

    kind: ChipKind
    text: str
    icon: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return self.text


@dataclass(frozen=True, slots=True)
class DeadlineSpec:
    """Days left, as bars (at most 5) and in words; ``tone`` is ``ok`` or ``warn``."""

    text: str
    bars: int
    tone: str = "ok"

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return self.text


def days_left(workdays: int, text: str = "") -> ChipSpec | DeadlineSpec:
    """How the working days until a limit are shown: bars, or a chip on the last day (剩余).

    ``workdays`` counts from 0, the last day itself. ``text`` names another clock than the promised
    limit, such as 送达剩 9 天. A limit that has passed is named by ``overdue``.
    """
    if workdays == 0:
        return ChipSpec(ChipKind.DUE_TODAY, text or "今天到期")
    tone = "warn" if workdays <= FEW_DAYS else "ok"
    return DeadlineSpec(text or f"剩 {workdays} 天", min(workdays, _MOST_BARS), tone)


def overdue(workdays: int, *, statutory: bool) -> ChipSpec:
    """A limit that passed ``workdays`` ago; promised and statutory are always told apart."""
    if statutory:
        return ChipSpec(ChipKind.OVER_STATUTORY, f"超法定时限 {workdays} 天")
    return ChipSpec(ChipKind.OVER_PROMISED, f"超承诺时限 {workdays} 天")


class Source(Enum):
    """Where a value comes from; the value is its icon and its word."""

    CARD = ("id-card", "身份证")
    CERTIFICATE = ("badge-check", "证照")
    SHARED = ("database", "共享库")
    HISTORY = ("history", "历史办件")
    DERIVED = ("sigma", "推算")
    TYPED = ("pencil-line", "手填")
    ANSWERED = ("pencil-line", "问答")

    @property
    def icon(self) -> str:
        """Name of the icon."""
        return self.value[0]

    @property
    def word(self) -> str:
        """The word beside it."""
        return self.value[1]

    @property
    def by_hand(self) -> bool:
        """Whether a person entered the value at this counter."""
        return self in {Source.TYPED, Source.ANSWERED}


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A source mark; ``text`` replaces the source's own word, as in 未核 or 已读 10:41."""

    source: Source
    text: str = ""

    @property
    def words(self) -> str:
        """What is written beside the icon."""
        return self.text or self.source.word

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return f"来自{self.words}"


@dataclass(frozen=True, slots=True)
class LinesSpec:
    """A cell of a title and a quiet second text, below it or, with ``beside``, after it.

    ``chip`` stands at the right end; without room for it beside the title it is not there.
    """

    title: str
    sub: str = ""
    beside: bool = False
    bold: bool = False
    chip: ChipSpec | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        said = f"{self.title}，{self.sub}" if self.sub else self.title
        return f"{said}，{self.chip.spoken}" if self.chip else said


CellSpec = ChipSpec | DeadlineSpec | SourceSpec | LinesSpec
