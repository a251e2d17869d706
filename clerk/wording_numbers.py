"""Words of the ledger of paper numbers (文号台账), for screen, print, table and terminal."""

from collections.abc import Iterator, Mapping
from typing import Final

from clerk.domain.days import local_time
from clerk.domain.paper_numbers import (
    GivenNumber,
    NumberAsking,
    NumberLine,
    NumberPage,
    NumberProof,
    SeriesStanding,
)
from clerk.domain.papers import PaperKind

NO_NUMBERS: Final = "这个范围里没有给出过文号"
NOT_KNOWN: Final = "台账启用前给出"
HEADS: Final = ("文号", "文书", "实施主体", "办件编号", "给出时间", "经手", "出纸", "情况")
_MOST_TOLD: Final = 10


def number(given: GivenNumber) -> str:
    """The number as printed; of one from before the ledger only which one of its series it is."""
    return given.number or f"{given.series.year} 年第 {given.count} 号"


def at(given: GivenNumber) -> str:
    """When it was given: ``2026-03-18 09:00``."""
    return NOT_KNOWN if given.given_at is None else f"{local_time(given.given_at):%Y-%m-%d %H:%M}"


def who(line: NumberLine) -> str:
    """Who took it, at which window."""
    given = line.given
    window = f"{given.counter_code} 号窗口" if given.counter_code else ""
    name = line.given_by_name or given.given_by
    return "，".join(part for part in (name, window) if part) or "没有记录"


def paper(line: NumberLine) -> str:
    """Whether its paper was made, and how it went out."""
    if line.given.letter_sha256:
        return "承诺书，已签"
    if not line.made:
        return "还没出纸"
    copies = f"打印 {line.out.copies} 份" if line.out.copies else "没打印"
    return f"{copies}，发过电子件" if line.out.as_file else copies


def standing(given: GivenNumber) -> str:
    """Whether it stands, or why not and which number stands for it."""
    if given.voided_at is None:
        return "有效"
    instead = f"，改用 {given.replaced_by}" if given.replaced_by else ""
    return f"作废：{given.void_reason}{instead}"


def in_two_lines(given: GivenNumber) -> tuple[str, str]:
    """The same for a list: why it is void, and below which number stands for it since when."""
    if given.voided_at is None:
        return "有效", ""
    since = f"{local_time(given.voided_at):%Y-%m-%d %H:%M}"
    instead = f"改用 {given.replaced_by}" if given.replaced_by else ""
    return f"作废：{given.void_reason}", "，".join(part for part in (instead, since) if part)


def asked(asking: NumberAsking, bodies: Mapping[str, str], kinds: Mapping[PaperKind, str]) -> str:
    """What was looked for: ``2026 年，示例区市场监督管理局，受理通知书，只看作废``."""
    parts = (
        f"{asking.year} 年",
        bodies.get(asking.body_code, asking.body_code) or "各部门",
        kinds.get(asking.kind, "") if asking.kind else "各种文书",
        "只看作废" if asking.only_void else "",
        f"含“{asking.text.strip()}”" if asking.text.strip() else "",
    )
    return "，".join(part for part in parts if part)


def summary(page: NumberPage) -> str:
    """How the series that were asked for stand together; empty where there is none."""
    if not page.standings:
        return ""
    given = sum(one.given for one in page.standings)
    void = sum(one.void for one in page.standings)
    broken = [one for one in page.standings if not one.gapless]
    said = f"{len(page.standings)} 个系列，给出 {given} 个，作废 {void} 个"
    if not broken:
        return f"{said}，没有空号和重号"
    return f"{said}，{len(broken)} 个系列对不上"


def fault(found: SeriesStanding, title: str) -> str:
    """What is wrong with a series: ``受理通知书 2026 年缺第 3、5 号``."""
    name = f"{title} {found.series.year} 年"
    if found.missing:
        return f"{name}缺第 {_counts(found.missing)} 号"
    if found.unexplained:
        return f"{name}第 {_counts(found.unexplained)} 号作废没有原因"
    return f"{name}台账 {found.given} 个，号码给到 {found.last}"


def proof_lines(proof: NumberProof, kinds: Mapping[PaperKind, str]) -> Iterator[str]:
    """Yield what is wrong in all series together; nothing where all is whole."""
    for one in proof.standings:
        if not one.gapless:
            yield f"{one.series.body_code} {fault(one, kinds[one.series.kind])}"
    yield from (f"文号 {text} 出现两次" for text in proof.doubled)
    yield from (f"文书上的文号 {text} 不在台账里" for text in proof.unlisted)


def proof_summary(proof: NumberProof) -> str:
    """The last line of a proof."""
    given = sum(one.given for one in proof.standings)
    void = sum(one.void for one in proof.standings)
    told = f"文号系列 {len(proof.standings)} 个，给出 {given} 个，作废 {void} 个"
    return f"{told}，没有空号和重号" if proof.whole else f"{told}，有对不上的"


def _counts(counts: tuple[int, ...]) -> str:
    more = " 等" if len(counts) > _MOST_TOLD else ""
    return "、".join(map(str, counts[:_MOST_TOLD])) + more
