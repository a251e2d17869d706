"""The law of the counter, said a second time: as a table, read by ``tests.domain.law_reader``.

Each row of ``LAW`` states one line of the transitions (办件状态转换) or one decision taken on them:
from which states an event leads where, on what condition, and what it does to which term. Where
the program's clock and this table differ, one of the two is wrong.

Source: 行政许可法 art. 32, 42, 44, 45, 82.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the law.

    ``begins`` says which term starts and from which day, ``stops`` which terms run no longer,
    ``does`` what else is done (``law_reader.DEEDS``), ``when`` the condition (``law_reader.CONDITIONS``).
    A ``to`` of ``=`` leaves the state as it is.
    """

    id: str
    line: str
    states: tuple[str, ...]
    event: str
    to: str
    when: str = "always"
    begins: Mapping[str, str] = field(default_factory=dict)
    stops: tuple[str, ...] = ()
    does: tuple[str, ...] = ()


PENDING = ("20", "30", "31")
BEFORE_A_DECISION = ("10", "11", *PENDING)
AFTER_A_DECISION = ("40", "41", "50", "51")
ITS_DAY = "its own day"
DAY_ALL_WAS_IN = "the day all was in"
DAY_OF_THE_NOTICE_TERM = "the day the notice term runs from"

LAW: tuple[Row, ...] = (
    Row(
        id="收件",
        line="00 → 10 收件: start 5-WD clock",
        states=("00",),
        event="received",
        to="10",
        begins={"notice": ITS_DAY},
    ),
    Row(
        id="受理",
        line="10 → 20 受理: start 办结 clock",
        states=("10",),
        event="accepted",
        when="nothing was corrected",
        to="20",
        begins={"decision": ITS_DAY},
        stops=("notice",),
        does=("the first level begins",),
    ),
    Row(
        id="补正告知",
        line="10 → 11 补正告知 (once, all; again only for a written reason): stop 5-WD clock",
        states=("10",),
        event="notified_once",
        to="11",
        begins={"correction": ITS_DAY},
        stops=("notice",),
        does=("a term is set for it",),
    ),
    Row(
        id="再次告知",
        line="10 → 11 补正告知 again only for a written reason: the applicant's term anew",
        states=("11",),
        event="notified_once",
        when="the hall writes down why",
        to="11",
        begins={"correction": ITS_DAY},
        does=("a term is set for it",),
    ),
    Row(
        id="补正交齐",
        line="11 → 20 all 补正 received: silence dates from that day, too",
        states=("11",),
        event="corrected",
        to="10",
        begins={"notice": ITS_DAY},
        stops=("correction",),
        does=("corrected in full",),
    ),
    Row(
        id="补正后受理",
        line="11 → 20 all 补正 received: 受理日 = day all is received",
        states=("10",),
        event="accepted",
        when="corrected in full",
        to="20",
        begins={"decision": DAY_ALL_WAS_IN},
        stops=("notice",),
        does=("the first level begins",),
    ),
    Row(
        id="补正逾期",
        line="11 → 93 applicant misses 补正 term",
        states=("11",),
        event="lapsed",
        to="93",
        stops=("everything",),
    ),
    Row(
        id="不予受理",
        line="10 → 90 不受理/不予受理: stop; not where all that was asked for is in",
        states=("10",),
        event="declined",
        when="nothing was corrected",
        to="90",
        stops=("everything",),
    ),
    Row(
        id="即时不受理",
        line="art. 32 (1), (2): 即时告知不受理, 即时作出不予受理决定; nothing was received",
        states=("00",),
        event="declined",
        to="90",
    ),
    Row(
        id="容缺受理",
        line="10 → 21 容缺受理: start both terms (21 is a flag on 20)",
        states=("20",),
        event="deferred",
        when="the material is not deferred",
        to="=",
        does=("a deferral opens",),
    ),
    Row(
        id="容缺补齐",
        line="21 → 20 容缺 materials in: close 容缺 clock; a result that waits for them goes out",
        states=(*PENDING, "40", "50"),
        event="supplied",
        when="the material is deferred",
        to="=",
        does=("a deferral closes",),
    ),
    Row(
        id="容缺延期",
        line="容缺 term may be extended for 不可抗力",
        states=PENDING,
        event="deferral_excused",
        when="the material is deferred",
        to="=",
        does=("a deferral opens",),
    ),
    Row(
        id="容缺终止",
        line="21 → 93 容缺 term missed / 不合格: stop",
        states=PENDING,
        event="lapsed",
        when="a material is deferred",
        to="93",
        stops=("everything",),
    ),
    Row(
        id="转办",
        line="20 → 30 转交后台: –",
        states=("20",),
        event="handed_off",
        to="30",
    ),
    Row(
        id="特别程序",
        line="30 → 31 特别程序 start: pause (what is not excluded pauses nothing)",
        states=("20", "30"),
        event="procedure_started",
        to="31",
        begins={"procedure": ITS_DAY},
        does=("a procedure begins",),
    ),
    Row(
        id="特别程序结束",
        line="31 → 30 特别程序 result: resume; the days of an excluded one do not count",
        states=("31",),
        event="procedure_ended",
        to="30",
        stops=("procedure",),
        does=("its days are excluded",),
    ),
    Row(
        id="延长审批",
        line="30 → 31 特别程序 start: extend, once, within the cap",
        states=("20", "30"),
        event="extended",
        when="it may be extended by that",
        to="=",
        does=("both terms are extended",),
    ),
    Row(
        id="准予",
        line="30 → 40 决定: stop; delivery ≤ 10 WD from the decision",
        states=("10", *PENDING),
        event="decided",
        when="it grants what is left to decide",
        to="40",
        begins={"delivery": ITS_DAY},
        stops=("everything",),
    ),
    Row(
        id="不予许可",
        line="30 → 41 决定: stop; delivery ≤ 10 WD from the decision",
        states=("10", *PENDING),
        event="decided",
        when="it refuses what is left to decide",
        to="41",
        begins={"delivery": ITS_DAY},
        stops=("everything",),
    ),
    Row(
        id="更正为准予",
        line="决定 corrected as a new version with notice: delivery ≤ 10 WD from then",
        states=AFTER_A_DECISION,
        event="decision_corrected",
        when="it grants",
        to="40",
        begins={"delivery": ITS_DAY},
    ),
    Row(
        id="更正为不予许可",
        line="决定 corrected as a new version with notice: delivery ≤ 10 WD from then",
        states=AFTER_A_DECISION,
        event="decision_corrected",
        when="it refuses",
        to="41",
        begins={"delivery": ITS_DAY},
    ),
    Row(
        id="结果移交",
        line="40 → 50 结果移交窗口: ≤ 10 WD run on",
        states=("40", "41"),
        event="result_ready",
        to="50",
    ),
    Row(
        id="领取",
        line="50 → 51 领取或寄递: ≤ 10 WD kept",
        states=("50",),
        event="handed_out",
        to="51",
        stops=("everything",),
    ),
    Row(
        id="撤销决定",
        line="撤销决定 after a false promise: the paper ≤ 10 WD from then",
        states=("40", "50", "51"),
        event="decision_revoked",
        to="42",
        begins={"delivery": ITS_DAY},
    ),
    Row(
        id="撤销决定送达",
        line="撤销决定书 reaches the applicant, once: ≤ 10 WD kept",
        states=("42",),
        event="revocation_served",
        when="a paper has still to reach the applicant",
        to="=",
        stops=("everything",),
    ),
    Row(
        id="撤回",
        line="any before 40 → 92 撤回: stop",
        states=BEFORE_A_DECISION,
        event="withdrawn",
        to="92",
        stops=("everything",),
    ),
    Row(
        id="视为受理",
        line="10 but 5 WD passed without notice: 视为受理 from the 收件 day",
        states=("10",),
        event="deemed_accepted",
        when="silence accepts",
        to="20",
        begins={"decision": DAY_OF_THE_NOTICE_TERM},
        stops=("notice",),
        does=("the first level begins",),
    ),
    Row(
        id="作废",
        line="94 作废, any time before a decision: stop",
        states=("00", *BEFORE_A_DECISION),
        event="voided",
        to="94",
        stops=("everything",),
    ),
    Row(
        id="本级办完",
        line="初审 → 审核 → 公示 → 确认: the opinion of the level it lies with, and the next begins",
        states=("20", "30"),
        event="step_done",
        when="it is of the level it lies with",
        to="=",
        does=("the next level begins",),
    ),
    Row(
        id="退回下级",
        line="returned to a level before: its term begins anew, the others run on",
        states=("20", "30"),
        event="step_returned",
        when="it goes to a level before",
        to="=",
        does=("that level begins again",),
    ),
    Row(
        id="即收即办",
        line="20 → 50 备案: nothing is decided; its paper ≤ the delivery term from then",
        states=("20",),
        event="concluded",
        when="nothing is left to decide and nothing is late",
        to="50",
        begins={"delivery": ITS_DAY},
        stops=("everything",),
    ),
    Row(
        id="转报办结",
        line="95 转报办结: stop",
        states=("20", "30"),
        event="passed_on",
        to="95",
        stops=("everything",),
    ),
)
