"""Words of what runs and of what may be done about a case: terms, tasks, acts, and why not."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from clerk.domain.alarms import OVERDUE, Alarm, told_at
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.days import local_time
from clerk.domain.deadlines import Term
from clerk.domain.tasks import TaskKind, kind_and_subject
from clerk.wording import short_day

TERMS: Final[Mapping[Term, str]] = {
    Term.NOTICE: "一次性告知期限",
    Term.CORRECTION: "补正期限",
    Term.DEFERRAL: "容缺期限",
    Term.PROMISED: "承诺时限",
    Term.STATUTORY: "法定时限",
    Term.PROCEDURE: "特别程序预计结束",
    Term.DELIVERY: "送达期限",
    Term.STEP: "本环节时限",
    Term.RECEPTION: "流转原件签收",
}


def alarm_words(alarm: Alarm, today: date) -> str:
    """Which term, and how it stands: ``承诺时限，3 月 25 日（周三），剩 1 个工作日``."""
    name = TERMS[alarm.term]
    if alarm.term is Term.RECEPTION:
        until = local_time(told_at(alarm))
        gone = "" if until.date() == today else short_day(until.date())
        return f"{short_day(alarm.due_on)}送部门的原件，到{gone} {until:%H:%M} 还没有人签收"
    if alarm.due_on == today:
        return f"{name}，今天到期"
    on = short_day(alarm.due_on)
    return (
        f"{name} {on} 已过" if alarm.step == OVERDUE else f"{name} {on}，剩 {alarm.step} 个工作日"
    )


TASKS: Final[Mapping[TaskKind, str]] = {
    TaskKind.AFTER_CHECK: "承诺事后核查",
    TaskKind.SAMPLE_CHECK: "抽查",
    TaskKind.SITE_CHECK: "现场核查",
    TaskKind.FILE_REVIEW: "案卷评查",
    TaskKind.REMIND_DEFERRAL: "提醒补交容缺材料",
    TaskKind.REMIND_RESULT: "提醒领取结果",
    TaskKind.UNCLAIMED_RESULT: "结果一直没人领，商量怎么办",
    TaskKind.PLACE_ORIGINALS: "登记原件去向",
    TaskKind.RETURN_ORIGINALS: "退还原件",
    TaskKind.RECEIVE_TRANSFER: "部门签收流转的原件",
    TaskKind.PAY_FEE: "缴费",
    TaskKind.HEAR_APPLICANT: "听取陈述申辩",
    TaskKind.ANSWER_URGING: "回复督办",
    TaskKind.COMPLETE_BUNDLED: "补全上报的件",
    TaskKind.SIGN_DEFERRAL: "收签好的容缺承诺书",
    TaskKind.ASK_CREDIT: "自动再查信用",
    TaskKind.LOOK_AT_CREDIT: "核看信用变化",
    TaskKind.HOME_VISIT: "上门服务",
    TaskKind.URGING_UNANSWERED: "过问没有回复的督办",
    TaskKind.BRING_RESULT: "直通车送结果",
    TaskKind.RECHECK_CERTIFICATE: "证照库通了自动再核",
    TaskKind.VERIFY_CERTIFICATE: "请持证人再授权核验证照，或人工核验",
    TaskKind.LOOK_AT_CERTIFICATE: "核看证照变化",
}


def task_words(kind: TaskKind, due_on: date, today: date) -> str:
    """What is to be done, and by when: ``抽查，3 月 25 日（周三）前``."""
    if due_on == today:
        return f"{TASKS[kind]}，今天要办"
    on = short_day(due_on)
    return f"{TASKS[kind]}，{on}已过" if due_on < today else f"{TASKS[kind]}，{on}前"


def all_task_words(tasks: Iterable[tuple[str, date]], today: date) -> str:
    """Everything that is still to be done about a case; empty where nothing is."""
    return "；".join(task_words(kind_and_subject(name)[0], on, today) for name, on in tasks)


def urged_words(term: Term | None) -> str:
    """That somebody is urged, and which clock runs: ``督办，承诺时限``."""
    return f"督办，{TERMS[term]}" if term else "督办"


ACTS: Final[Mapping[CaseAct, str]] = {
    CaseAct.SUPPLY: "收容缺补件",
    CaseAct.NOTIFY_AGAIN: "再次告知",
    CaseAct.EXCUSE: "容缺延期",
    CaseAct.FAIL_DEFERRAL: "容缺逾期终止",
    CaseAct.LAPSE: "补正逾期终止",
    CaseAct.WITHDRAW: "申请人撤回",
    CaseAct.START_PROCEDURE: "启动特别程序",
    CaseAct.END_PROCEDURE: "结束特别程序",
    CaseAct.EXTEND: "延长审批",
    CaseAct.VOID: "作废",
    CaseAct.GIVE_OPINION: "给出本级意见",
    CaseAct.SEND_DOWN: "退回前面环节",
    CaseAct.PASS_ON: "转报上级",
    CaseAct.CONCLUDE: "即收即办办结",
    CaseAct.URGE: "督办",
    CaseAct.ANSWER_URGING: "回复督办",
    CaseAct.OFFER_TO_BRING: "提议送上门",
    CaseAct.OFFER_STATEMENT: "告知陈述申辩",
    CaseAct.TAKE_STATEMENT: "登记陈述申辩",
    CaseAct.CORRECT_DECISION: "更正决定",
    CaseAct.CHECK_SAMPLE: "登记抽查结果",
    CaseAct.PLACE_ORIGINALS: "登记原件去向",
    CaseAct.RETURN_ORIGINALS: "退还原件",
    CaseAct.RECEIVE_TRANSFER: "签收流转原件",
    CaseAct.CHANGE_WAY: "改领取方式",
    CaseAct.SEND_RESULT: "寄出结果",
    CaseAct.REMIND_RESULT: "登记催领",
    CaseAct.SETTLE_FEE: "登记收费",
    CaseAct.SIGN_DEFERRAL: "收签好的容缺承诺书",
    CaseAct.REMIND_DEFERRAL: "登记容缺催补",
    CaseAct.LOOK_AT_CREDIT: "核看信用变化",
    CaseAct.WITHDRAW_PROMISE: "撤回承诺，改交材料",
    CaseAct.CHECK_PROMISE: "登记承诺核查",
    CaseAct.CHECK_ONLINE: "在线核查，查证照库",
    CaseAct.ORDER_REPAIR: "责令限期整改",
    CaseAct.OFFER_HEARING: "告知拟撤销决定",
    CaseAct.ANSWER_HEARING: "记录陈述申辩、听证",
    CaseAct.REVOKE: "撤销决定",
    CaseAct.SERVE_REVOCATION: "登记撤销决定书送达",
    CaseAct.REPORT_FALSE_PROMISE: "报送虚假承诺",
    CaseAct.AGREE_SITE_CHECK: "约现场核查",
    CaseAct.RECORD_SITE_CHECK: "登记现场核查",
    CaseAct.RETAKE: "补核重扫",
    CaseAct.NOTE_CARE: "登记服务需求",
    CaseAct.RECORD_VISIT: "登记上门服务",
    CaseAct.TAKE_POSTED: "收寄来的材料",
    CaseAct.VERIFY_CERTIFICATE: "登记证照核验",
    CaseAct.LOOK_AT_CERTIFICATE: "核看证照变化",
}

BARS: Final[Mapping[ActBar, str]] = {
    ActBar.NOT_YOUR_ROLE: "不归你办",
    ActBar.NOT_IN_THIS_STATE: "现在的状态不能办",
    ActBar.NOTHING_DEFERRED: "没有没补的容缺材料",
    ActBar.TERM_STILL_RUNS: "期限还没满",
    ActBar.NO_TERM: "没有定补正期限",
    ActBar.NOT_LISTED: "事项标准没有列",
    ActBar.EXTENDED_BEFORE: "已经延长过一次",
    ActBar.TERM_PASSED: "法定时限已经过了",
    ActBar.NO_LEVEL: "没有可办的环节",
    ActBar.LEVEL_OPEN: "本级意见还没给",
    ActBar.SPOKE_BEFORE: "别的一级意见是你给的，要另一人办",
    ActBar.DEFERRAL_OPEN: "容缺材料还没补齐",
    ActBar.WITH_NOBODY: "不在谁手里",
    ActBar.ANSWER_AWAITED: "督办还没回复",
    ActBar.NOTHING_URGED: "没有要回复的督办",
    ActBar.PUBLICITY_RUNS: "公示还没满",
    ActBar.OUTSIDE_MANDATE: "不在你的授权书里",
    ActBar.MANDATE_NOT_RUNNING: "你的授权书还没开始或已经到期",
    ActBar.OVER_MANDATE: "超出你的授权书的限制",
    ActBar.OWN_WORK: "自己收或自己决定的，要另一人办",
    ActBar.NOTHING_SAMPLED: "没有抽中",
    ActBar.NOTHING_TO_HEAR: "没有等着的陈述申辩",
    ActBar.TOLD_BEFORE: "已经告知过",
    ActBar.NO_ORIGINALS: "没有要登记的原件",
    ActBar.NOTHING_HANDED_ON: "没有在路上等签收的原件",
    ActBar.UNDER_WAY: "结果正在寄递",
    ActBar.NO_ADDRESS: "没有约定寄递地址",
    ActBar.REMINDERS_RUN: "催领还没到最后一次",
    ActBar.ORIGINALS_OPEN: "还有没退还的原件",
    ActBar.NOT_PAID: "还没缴费",
    ActBar.FEES_SETTLED: "收费都登记过了",
    ActBar.SIGNED_BEFORE: "承诺书已经收过",
    ActBar.NO_CREDIT_CHANGE: "没有要核看的信用变化",
    ActBar.NOTHING_PROMISED: "没有承诺的材料",
    ActBar.NOTHING_TO_CHECK: "没有待核查的承诺",
    ActBar.NOTHING_TO_ASK: "没有申请人本人同意在线查的承诺",
    ActBar.NOTHING_FALSE: "没有核查出不实的承诺",
    ActBar.REPAIR_RUNS: "整改期限还没满",
    ActBar.NOT_HEARD: "还没听申请人陈述申辩",
    ActBar.REPORTED_BEFORE: "已经报送过",
    ActBar.SERVED_BEFORE: "已经送达",
    ActBar.NOTHING_AGREED: "还没约现场核查",
    ActBar.NOTHING_LEFT_OUT: "没有漏告知的，缺的都告知过",
    ActBar.NOTHING_TO_RETAKE: "没有退回要重扫的材料",
    ActBar.NO_VISIT: "没有约上门",
    ActBar.NOTHING_UNVERIFIED: "没有待核验的证照",
    ActBar.NO_CERTIFICATE_CHANGE: "没有要核看的证照变化",
}
