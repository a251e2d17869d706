"""Words of the intake page for what lies there for a material, and for what to type."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from clerk.domain.item_search import ItemHit, NotOffered
from clerk.domain.material import Evidence, Origin
from clerk.domain.standard import FieldKind, Way
from clerk.wording import ORIGINS, WAYS, clock, short_day
from clerk.wording_certificates import status_line, unasked_line
from clerk.wording_reuse import earlier_words
from clerk.wording_shared import SOURCES


def evidence_summary(held: Evidence) -> str:
    """What lies there for a material, in a few words."""
    pages = f" {held.pages} 页" if held.pages else ""
    match held.origin:
        case Origin.HANDED_IN:
            counts = {"原件": held.originals, "复印件": held.copies}
            some = (f"{name} {count} 份" for name, count in counts.items() if count)
            return "，".join(("纸质件", *some))
        case Origin.SCANNED:
            return f"扫描{pages}"
        case Origin.CHOSEN_FILE:
            return f"自备文件{pages}"
        case Origin.READ_FROM_CARD:
            until = held.valid_until_on
            return f"居民身份证·至 {until.isoformat()}" if until else "居民身份证·长期"
        case Origin.MADE_BY_SYSTEM:
            return "由申请表生成，已签名"
        case _ if held.way is Way.SHARED_DATA:
            return _found_at_source(held)
        case Origin.LIBRARY:
            until = held.valid_until_on
            number = held.certificate.number if held.certificate else ""
            return f"{number}·至 {until.isoformat()}" if until else f"{number}·长期有效"
        case Origin.SIGNED_LETTER:
            return "在本局告知承诺清单内，已签承诺书"
        case Origin.SIGNED_MANDATE:
            return "委托人已在屏上签委托书"
        case Origin.PROMISED_LATER:
            return f"{short_day(held.due_on)}前补交" if held.due_on else "容缺"
        case Origin.BY_RULE | Origin.SHARED_DATA:
            return ORIGINS[held.origin]
        case Origin.EARLIER:
            return earlier_words(held)


def _found_at_source(held: Evidence) -> str:
    answer = held.shared
    if answer is None:
        return ORIGINS[Origin.SHARED_DATA]
    as_of = f"，{short_day(answer.as_of)}的数据" if answer.as_of else ""
    return f"{SOURCES[answer.source]} {answer.record_number}{as_of}"


def evidence_origin(held: Evidence) -> str:
    """Where it came from and when, for the right end of the row."""
    at = clock(held.at)
    if held.unasked is not None:
        return unasked_line(held)
    match held.origin:
        case Origin.MADE_BY_SYSTEM:
            return f"{held.pages} 页"
        case Origin.SIGNED_LETTER:
            return f"承诺书 {held.pages} 页"
        case Origin.SIGNED_MANDATE:
            return f"委托书 {held.pages} 页"
        case Origin.PROMISED_LATER:
            return ""
        case Origin.EARLIER:
            return held.taken_from.case_label if held.taken_from else ""
        case Origin.SHARED_DATA | Origin.BY_RULE:
            return f"{at} 认定" if held.way is Way.EXEMPT else f"{at} 核"
        case Origin.LIBRARY:
            return status_line(held) or f"{ORIGINS[held.origin]} {at}"
        case _:
            return f"{ORIGINS[held.origin]} {at}"


_NOT_BY_WAY: Final[Mapping[Way, str]] = MappingProxyType(
    {
        Way.SCAN: "{name}按标准不用扫描",
        Way.FILE: "{name}按标准不收电子文件",
        Way.PAPER: "{name}按标准不收纸质件",
        Way.CERTIFICATE: "{name}没有对应的电子证照",
        Way.COMMITMENT: "{name}不在告知承诺清单内",
        Way.DEFERRAL: "{name}是主要材料，或标准不许容缺，不能后补",
        Way.SHARED_DATA: "{name}没有共享数据可核",
        Way.EXEMPT: "{name}按标准不能免",
    }
)


def not_by(way: Way, name: str, ways: Sequence[Way]) -> str:
    """Why a material cannot come that way, and how it can."""
    allowed = "、".join(WAYS[one] for one in ways)
    return f"{_NOT_BY_WAY[way].format(name=name)}。可以：{allowed}"


def field_hint(kind: FieldKind) -> str:
    """What to type, for the empty box."""
    return {
        FieldKind.DATE: "如 0401 或 2026-04-01",
        FieldKind.MOBILE: "11 位手机号",
        FieldKind.BANK_ACCOUNT: "16–19 位数字",
        FieldKind.RESIDENT_ID: "18 位",
        FieldKind.CREDIT_CODE: "18 位",
    }.get(kind, "")


SEARCH_ADVICE: Final = "换个说法再试：名称里的两三个字、拼音、编码，或俗称如“开饭店”"


_HINTS: Final[Mapping[NotOffered | None, str]] = MappingProxyType(
    {
        None: "本县可办",
        NotOffered.NOT_YET: "未施行",
        NotOffered.ENDED: "已停止执行",
        NotOffered.SUSPENDED: "暂停办理",
        NotOffered.CANCELLED: "已取消",
        NotOffered.ELSEWHERE: "本窗口不办",
    }
)


def item_hint(hit: ItemHit) -> str:
    """What stands beside a found item, in a word or two."""
    return _HINTS[hit.not_offered]


def item_bar(hit: ItemHit) -> str:
    """Why an item cannot be taken in and who tells more; empty where it can be."""
    if hit.not_offered is None:
        return ""
    if hit.not_offered is NotOffered.ELSEWHERE:
        phone = f"，{hit.phone}" if hit.phone and not hit.to else ""
        return f"本窗口不办，到{hit.to or hit.body}办{phone}"
    day = hit.day.isoformat() if hit.day else ""
    why = {
        NotOffered.NOT_YET: f"{day} 起施行，今天还不能收",
        NotOffered.ENDED: f"{day} 已停止执行，不能收",
        NotOffered.SUSPENDED: "暂停办理，不能收",
        NotOffered.CANCELLED: "已取消，不能收",
    }
    where = "，".join(filter(None, (hit.body, hit.phone)))
    asked = f"。请申请人问{where}" if where else ""
    return f"{why[hit.not_offered]}{asked}"
