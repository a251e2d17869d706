"""Words of the sheet at the end of a day (日终核对表), for screen and paper."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from clerk.domain.blanks import BlankStock
from clerk.domain.certificate_making import MakingBar
from clerk.domain.day_sheet import DayLine, DayPart, DaySection
from clerk.domain.days import local_date
from clerk.domain.hand_off import MessageKind
from clerk.domain.originals import OriginalPlace
from clerk.wording import short_day
from clerk.wording_course import TASKS
from clerk.wording_numbers import number, proof_lines, standing
from clerk.wording_results import ORIGINAL_PLACES, PARCEL_STATES, transfer_words

DAY_SECTIONS: Final[Mapping[DaySection, str]] = {
    DaySection.DRAFTS: "我没办完的草稿",
    DaySection.ORIGINALS: "没交代清楚和没退还的原件",
    DaySection.RESULTS: "等领取的结果",
    DaySection.FEES: "没缴的费",
    DaySection.BLANKS: "空白证照",
    DaySection.MESSAGES: "没送到的报文",
    DaySection.PAPERS: "今天出了没打印的文书",
    DaySection.NUMBERS: "今天作废的和对不上的文号",
    DaySection.OVERDUE_TASKS: "过期的待做",
}

NOTHING: Final = "没有"
PRACTICE: Final = "练习用，不具法律效力"
PREVIEW: Final = "预览，未生效"
SAMPLE: Final = "样例"
UNTIL: Final = "至{}"
MAKING_BARS: Final[Mapping[MakingBar, str]] = {
    MakingBar.NOT_GRANTED: "这件没有准予的决定，不制证",
    MakingBar.TOO_LATE: "结果已经送达或已撤销，不再制证",
}
CERTIFICATE_NOTES: Final = {
    True: "样例，练习用，不具法律效力",
    False: "空白证号和编号登记在发证窗口的台账里，两者不一致的为废证。",
}

MESSAGES: Final[Mapping[MessageKind, str]] = {
    MessageKind.SUBMIT_CASE: "转部门",
    MessageKind.SUBMIT_DECISION: "报决定",
    MessageKind.REPORT_USE: "报用证",
    MessageKind.CLAIM_NUMBER: "报编号",
    MessageKind.REPORT_HAND_OUT: "报送达",
    MessageKind.BOOK_PARCEL: "交快递",
    MessageKind.REPORT_STATUS: "报进度",
    MessageKind.REPORT_RESULT: "报结果证照",
    MessageKind.REPORT_WRONG_CERTIFICATE: "报证照纠错",
    MessageKind.SUBMIT_ISSUED: "证照入库",
    MessageKind.WITHDRAW_ISSUED: "证照撤库",
    MessageKind.TELL_APPLICANT: "给申请人的消息",
    MessageKind.REPORT_FALSE_PROMISE: "报虚假承诺",
}


def part_words(part: DayPart) -> str:
    """A section with how many lines it has: ``没缴的费，2 项``."""
    return f"{DAY_SECTIONS[part.section]}，{len(part.lines)} 项"


def stock_words(stock: BlankStock) -> str:
    """How a kind of blank stands: ``剩 95 张，用 4 张，废 1 张，共入 100 张``."""
    return (
        f"剩 {stock.in_stock} 张，用 {stock.used} 张，废 {stock.spoilt} 张，"
        f"共入 {stock.received} 张"
    )


def count_words(stock: BlankStock, today: date) -> str:
    """Whether it was counted today, and what differed."""
    last = stock.last_count
    if last is None or local_date(last.at) != today:
        return "今天还没清点"
    if last.counted == last.expected:
        return f"今天清点 {last.counted} 张，账实相符"
    return f"今天清点 {last.counted} 张，账上 {last.expected} 张：{last.reason}"


def day_line(line: DayLine, today: date) -> tuple[str, str, str]:
    """A line of the day's sheet: the case's number, what it is, what there is to say of it."""
    if line.stock is not None:
        return line.stock.kind, stock_words(line.stock), count_words(line.stock, today)
    if line.voided is not None:
        return number(line.voided), line.item_name, standing(line.voided)
    if line.proof is not None:
        kinds = {one.series.kind: line.item_name for one in line.proof.standings}
        return "", "；".join(proof_lines(line.proof, kinds)), "找管理员核查"
    what = "，".join(part for part in (line.item_name, line.applicant_name) if part)
    if line.original is not None:
        held = line.original
        place = ORIGINAL_PLACES[held.place] if held.place else "没登记去向"
        if held.held is not None and held.place is OriginalPlace.HANDED_ON:
            place = transfer_words(held.held)
        return line.label, what, f"{held.name} {held.count} 份，{place}"
    if line.task is not None and line.due_on is not None:
        return line.label, what, f"{TASKS[line.task]}，{short_day(line.due_on)}"
    if line.message is not None:
        said = f"，{line.note}" if line.note else ""
        return line.label, what, f"{MESSAGES[line.message]}{said}"
    return line.label, what, _waits(line)


def _waits(line: DayLine) -> str:
    if line.parcel is not None:
        number = f"，运单 {line.note}" if line.note else ""
        return f"{PARCEL_STATES[line.parcel]}{number}"
    if line.note:
        return line.note
    return f"提醒过 {line.reminders} 次" if line.reminders else ""
