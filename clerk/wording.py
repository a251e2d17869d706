"""The Chinese for what the domain says in codes: one sentence for screen, letter and speech.

Nothing here decides anything. Sentences follow the counter's way: subject, fact, next step.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from clerk.domain.case import CaseState
from clerk.domain.certificate import (
    AuthorisationMode,
    AuthorisationState,
    CertificateStatus,
    Unusable,
)
from clerk.domain.days import local_time
from clerk.domain.findings import Check, Finding, Group, Headline, NextAct, Outcome, Remedy, Verdict
from clerk.domain.identifiers import IdKind
from clerk.domain.limits import Clause, Limit, LimitUnit
from clerk.domain.material import Origin
from clerk.domain.party import MandateAct, PartyKind, Source
from clerk.domain.standard import DecidedBy, ItemStandard, LawKind, Way

STATES: Final[Mapping[CaseState, str]] = {
    CaseState.DRAFT: "草稿",
    CaseState.RECEIVED: "收件",
    CaseState.CORRECTION_DUE: "待补正",
    CaseState.ACCEPTED: "已受理",
    CaseState.UNDER_REVIEW: "审批中",
    CaseState.SPECIAL_PROCEDURE: "特别程序",
    CaseState.GRANTED: "准予",
    CaseState.REFUSED: "不予许可",
    CaseState.REVOKED: "已撤销",
    CaseState.RESULT_WAITING: "待出件",
    CaseState.HANDED_OUT: "已送达",
    CaseState.DECLINED: "不予受理",
    CaseState.WITHDRAWN: "已撤回",
    CaseState.LAPSED: "已终止",
    CaseState.VOID: "作废",
    CaseState.PASSED_ON: "已转出",
}
GROUPS: Final[Mapping[Group, str]] = {
    Group.APPLICANT: "申请人资格",
    Group.COMPETENCE: "事项、管辖与授权",
    Group.FORM: "表单一致性",
    Group.MATERIALS: "材料齐全、形式合规",
}
WAYS: Final[Mapping[Way, str]] = {
    Way.PAPER: "收纸质件",
    Way.FILE: "选文件",
    Way.SCAN: "扫描",
    Way.CERTIFICATE: "调证照",
    Way.SHARED_DATA: "共享数据核验",
    Way.COMMITMENT: "告知承诺",
    Way.DEFERRAL: "容缺后补",
    Way.EXEMPT: "免提交",
}
ORIGINS: Final[Mapping[Origin, str]] = {
    Origin.HANDED_IN: "纸质件",
    Origin.SCANNED: "扫描",
    Origin.CHOSEN_FILE: "文件",
    Origin.READ_FROM_CARD: "读卡",
    Origin.MADE_BY_SYSTEM: "系统生成",
    Origin.LIBRARY: "省证照库",
    Origin.SIGNED_LETTER: "承诺书",
    Origin.SIGNED_MANDATE: "屏上签的委托书",
    Origin.PROMISED_LATER: "容缺",
    Origin.BY_RULE: "按规定免提交",
    Origin.SHARED_DATA: "共享数据",
    Origin.EARLIER: "上次留下的",
}
SOURCES: Final[Mapping[Source, str]] = {
    Source.ID_CARD: "身份证",
    Source.CERTIFICATE: "证照",
    Source.SHARED_DATA: "共享库",
    Source.EARLIER: "历史办件",
    Source.DERIVED: "推算",
    Source.TYPED: "手填",
    Source.ANSWERED: "问答",
}
REMEDIES: Final[Mapping[Remedy, str]] = {
    Remedy.READ_CARD: "读身份证",
    Remedy.TYPE_APPLICANT: "手工录入",
    Remedy.ANSWER: "去回答",
    Remedy.FILL: "去填",
    Remedy.SCAN: "扫描",
    Remedy.CHOOSE_FILE: "选文件",
    Remedy.TAKE_PAPER: "收纸质件",
    Remedy.CALL_CERTIFICATE: "调证照",
    Remedy.ASK_SHARED_DATA: "核共享数据",
    Remedy.EXEMPT: "免提交",
    Remedy.PROMISE: "告知承诺",
    Remedy.DEFER: "容缺后补",
    Remedy.SIGN: "当场补签",
    Remedy.LOOK: "去看",
    Remedy.NOTIFY: "一次性告知",
    Remedy.DECLINE: "不予受理",
}
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.PASS: "通过",
    Outcome.FAIL: "没通过",
    Outcome.CANNOT_TELL: "还不知道",
}
CERTIFICATE_STATUSES: Final[Mapping[CertificateStatus, str]] = {
    CertificateStatus.VALID: "有效",
    CertificateStatus.EXPIRED: "已过期",
    CertificateStatus.REVOKED: "已注销",
    CertificateStatus.SUSPENDED: "已暂扣",
    CertificateStatus.UNKNOWN: "状态不明",
}
UNUSABLE: Final[Mapping[Unusable, str]] = {
    Unusable.OTHER_TYPE: "不是这份材料要的证照",
    Unusable.NOT_AUTHORISED: "持证人还没授权",
    Unusable.EXPIRED: "已过期",
    Unusable.REVOKED: "已注销",
    Unusable.SUSPENDED: "已暂扣",
    Unusable.STATUS_UNKNOWN: "状态不明，要人工核对",
    Unusable.NAME_DIFFERS: "名称不一致",
}
AUTHORISATION_MODES: Final[Mapping[AuthorisationMode, str]] = {
    AuthorisationMode.CODE: "亮证扫码",
    AuthorisationMode.PHONE: "持证人手机确认",
    AuthorisationMode.ENTRUSTED: "委托书授权",
    AuthorisationMode.BY_DUTY: "依职责核验",
}
AUTHORISATION_STATES: Final[Mapping[AuthorisationState, str]] = {
    AuthorisationState.PENDING: "等持证人确认",
    AuthorisationState.GRANTED: "已授权",
    AuthorisationState.DENIED: "持证人没有同意",
    AuthorisationState.EXPIRED: "授权已到期",
    AuthorisationState.REVOKED: "授权已撤回",
}
MANDATE_ACTS: Final[Mapping[MandateAct, str]] = {
    MandateAct.SUBMIT: "递交申请",
    MandateAct.CORRECT: "补正材料",
    MandateAct.PROMISE: "签承诺书",
    MandateAct.AUTHORISE_CERTIFICATES: "授权调证照",
    MandateAct.WITHDRAW: "撤回申请",
    MandateAct.COLLECT: "领取结果",
}
PARTY_KINDS: Final[Mapping[PartyKind, str]] = {
    PartyKind.PERSON: "个人",
    PartyKind.SOLE_TRADER: "个体工商户",
    PartyKind.COMPANY: "企业",
    PartyKind.INSTITUTION: "单位",
}
SEXES: Final[Mapping[str, str]] = {"1": "男", "2": "女"}
ID_KINDS: Final[Mapping[IdKind, str]] = {
    IdKind.RESIDENT_ID: "居民身份证",
    IdKind.HMT_RESIDENCE_PERMIT: "港澳台居民居住证",
    IdKind.FOREIGN_RESIDENCE_CARD: "外国人永久居留身份证",
    IdKind.HMT_TRAVEL_PERMIT: "港澳居民来往内地通行证",
    IdKind.TAIWAN_TRAVEL_PERMIT: "台湾居民来往大陆通行证",
    IdKind.CHINESE_PASSPORT: "中国护照",
    IdKind.FOREIGN_PASSPORT: "外国护照",
    IdKind.OTHER_PERSON: "其他个人证件",
    IdKind.UNIFIED_CODE: "统一社会信用代码",
    IdKind.ORGANISATION_CODE: "组织机构代码",
    IdKind.OTHER_BODY: "其他单位证件",
}


def day(on: date) -> str:
    """A day as people say it: ``3 月 25 日（周三）``."""
    return f"{on.month} 月 {on.day} 日（周{'一二三四五六日'[on.weekday()]}）"


def short_day(on: date) -> str:
    """A day without its weekday: ``3 月 25 日``."""
    return f"{on.month} 月 {on.day} 日"


def clock(at: datetime) -> str:
    """Hours and minutes by the hall's clock."""
    return f"{local_time(at):%H:%M}"


def limit(of: Limit) -> str:
    """A time limit with its unit; 0 means on the spot."""
    if of.amount == 0:
        return "当场办结"
    return f"{of.amount} {'个工作日' if of.unit is LimitUnit.WORKDAYS else '日'}"


def clause(of: Clause) -> str:
    """Where it is written: ``行政许可法第三十二条``."""
    return f"{of.law}{of.article}"


def fees(standard: ItemStandard) -> str:
    """Whether the item costs anything."""
    if not standard.fees:
        return "不收费"
    return "收费：" + "、".join(f"{fee.name} {fee.standard}" for fee in standard.fees)


def act_name(standard: ItemStandard, verdict: Verdict) -> str:
    """The words of the one decision key."""
    match verdict.act:
        case NextAct.ACCEPT_AND_PASS_ON if standard.law_kind is LawKind.FILING:
            return "备案并出通知"
        case NextAct.ACCEPT_AND_PASS_ON:
            return "受理并转审批" if standard.decided_by is DecidedBy.CHIEF else "受理并转部门"
        case NextAct.RECEIVE_AND_PASS_ON:
            return "收件并转部门"
        case NextAct.NOTIFY_ONCE:
            return "一次性告知"
        case NextAct.DECLINE:
            return decline_name(standard, not_required=verdict.headline is Headline.NOT_REQUIRED)
        case NextAct.NEXT_GAP | NextAct.NOTHING:
            return "下一处待补"


def decline_name(standard: ItemStandard, *, not_required: bool) -> str:
    """不受理 where nothing is needed; 不予受理 is a word of permits only."""
    permit = standard.law_kind is LawKind.PERMIT
    return "不予受理" if permit and not not_required else "不受理"


def headline(standard: ItemStandard, verdict: Verdict) -> str:
    """The first line of the verdict."""
    match verdict.headline:
        case Headline.NOT_STARTED:
            return "还没开始"
        case Headline.ACCEPTABLE:
            return "可以受理"
        case Headline.ACCEPTABLE_WITH_DEFERRAL:
            return "可以容缺受理"
        case Headline.RECEIVABLE:
            return "可以收件"
        case Headline.GAPS:
            return f"还差 {len(verdict.open) + len(verdict.failed)} 项"
        case Headline.NOT_YET:
            return "还不能受理" if verdict.delegated else "还不能收件"
        case Headline.NOT_REQUIRED:
            permit = standard.law_kind is LawKind.PERMIT
            return "不需要许可（不受理）" if permit else "不用办这一项（不受理）"
        case Headline.NOT_OURS:
            return "不归本大厅"


def counts(verdict: Verdict) -> str:
    """How much was looked at and what came of it."""
    passed, failed, unknown = len(verdict.passed), len(verdict.failed), len(verdict.open)
    if verdict.headline is Headline.NOT_STARTED:
        return "放上身份证，或先回答情形"
    if not failed and not unknown:
        return f"{passed} 项核对全部通过"
    parts = [f"{passed} 项通过"]
    if failed:
        parts.append(f"{failed} 项要处理")
    if unknown:
        parts.append(f"{unknown} 项待补")
    return "，".join(parts)


def authority(standard: ItemStandard, verdict: Verdict) -> str:
    """What this window may do with the item."""
    if verdict.delegated:
        return "本窗口已获授权受理本事项"
    return f"本窗口没有受理授权，收件后由{standard.body.short_name}决定"


_SIMPLE_TITLES: Final[Mapping[Check, tuple[str, str, str]]] = {
    # passed, failed, cannot tell; {name} {given} {wanted} are filled in
    Check.APPLICANT_KNOWN: ("已知道申请人", "还没有申请人", "还没有申请人"),
    Check.APPLICANT_IDENTITY: ("{name}的身份证号校验通过", "{name}的身份证号不对", ""),
    Check.REPRESENTATIVE_KNOWN: ("已知道负责人", "还差负责人", "还差负责人的身份证"),
    Check.HANDLER_MANDATE: ("{name}可以代为递交", "委托书缺委托人签名", ""),
    Check.ITEM_IN_FORCE: ("事项标准正在用", "事项标准还没生效，或已停用", ""),
    Check.WINDOW_DELEGATED: ("本窗口已获授权", "本窗口没有受理授权", ""),
    Check.QUESTION_ANSWERED: ("{name}：已回答", "还没问：{name}", ""),
    Check.FIELD_FILLED: ("{name}已填", "还差{name}", "还差{name}"),
    Check.FIELD_CONFLICT: ("{name}前后一致", "{name}和取来的不一样", ""),
    Check.MATERIAL_PRESENT: ("{name}已收", "没有{name}", ""),
    Check.MATERIAL_WAY: ("{name}收取方式符合标准", "{name}不能这样收", ""),
    Check.MATERIAL_ORIGINALS: ("{name}原件份数够", "{name}原件份数不够", ""),
    Check.MATERIAL_COPIES: ("{name}复印件份数够", "{name}复印件份数不够", ""),
    Check.MATERIAL_AGE: ("{name}开具时间不久", "{name}开具太久", "{name}还没看开具日期"),
    Check.MATERIAL_VALIDITY: ("{name}在有效期内", "{name}有效期不够", ""),
    Check.MATERIAL_PAGES: ("{name}页数符合要求", "{name}页数不对", ""),
    Check.MATERIAL_FILE_FORMAT: ("{name}文件格式符合要求", "{name}的文件格式不收", ""),
    Check.MATERIAL_ISSUER: ("{name}的出具机构符合要求", "{name}不是规定的机构出具的", ""),
    Check.MATERIAL_SIGNED: ("{name}已签名", "{name}没有签名", "{name}还没看签名"),
    Check.MATERIAL_SEALED: ("{name}已盖章", "{name}没有盖章", "{name}还没看印章"),
    Check.MATERIAL_FIT: ("{name}与申请人一致", "{name}不合规", ""),
    Check.CERTIFICATE_STATUS: ("{name}证照有效", "{name}这本证照不能用", ""),
    Check.DATA_STANDS: (
        "{name}共享数据查到",
        "{name}的共享数据不作数",
        "{name}的共享数据是 {given} 核的",
    ),
    Check.DEFERRAL_ALLOWED: ("{name}可以容缺", "{name}不能容缺", ""),
    Check.PROMISE_ALLOWED: ("{name}可以承诺", "{name}不在承诺清单内", ""),
    Check.CREDIT_CLEAR: ("{name}", "{name}凭承诺不行，{given}有失信记录", ""),
}
_OUTCOME_AT: Final = (Outcome.PASS, Outcome.FAIL, Outcome.CANNOT_TELL)


def finding(found: Finding) -> str:
    """What was found, in one short line without a full stop."""
    name = found.subject_name
    match found.check:
        case Check.APPLICANT_KIND:
            kind = PARTY_KINDS[PartyKind(found.given)]
            fits = "可以" if found.outcome is Outcome.PASS else "不能"
            return f"{kind}{fits}申请本事项"
        case Check.FIELD_FORM | Check.FIELD_BOUNDS:
            if found.outcome is Outcome.PASS:
                return f"{name}填写正确"
            return field_fault(found)
        case Check.HANDLER_MANDATE if found.wanted:
            why = {"term": "不在期限内", "act": "没有授权这件事"}[found.wanted]
            return f"{name}的委托书{why}"
        case Check.RULE:
            return found.text
        case Check.MATERIAL_POINT:
            seen = {Outcome.PASS: "看过", Outcome.FAIL: "不符合", Outcome.CANNOT_TELL: "还没看"}
            return f"{name}{seen[found.outcome]}：{found.text}"
        case Check.MATERIAL_FIT if found.outcome is Outcome.FAIL and found.text:
            return f"{name}{found.text}"
        case _:
            words = _SIMPLE_TITLES[found.check]
            text = words[_OUTCOME_AT.index(found.outcome)] or words[1]
            return text.format(name=name, given=found.given, wanted=found.wanted)


_FIELD_FORMS: Final[Mapping[str, str]] = {
    "yyyy-mm-dd": "要写成年月日，如 2026-04-01",
    "1[3-9]×9": "要 11 位手机号",
    "GB 11643": "不对，再读一次卡，或对照证件改",
    "GB 32100": "校验位不对，对照执照看一眼",
    "16–19": "要 16 到 19 位数字",
    "0-9": "要填数字",
}


def field_fault(found: Finding) -> str:
    """What is wrong with a filled field, the same words at the field and in the verdict."""
    name, wanted = found.subject_name, found.wanted
    if found.check is Check.FIELD_BOUNDS:
        if wanted.startswith("≤"):
            return f"{name}最多 {wanted[1:]} 个字"
        low, _, high = wanted.partition("–")
        if low and high:
            return f"{name}应在 {low} 到 {high} 之间"
        return f"{name}不能小于 {low}" if low else f"{name}不能大于 {high}"
    if wanted in _FIELD_FORMS:
        return f"{name}{_FIELD_FORMS[wanted]}"
    return f"{name}只能选：{wanted.replace('/', '、')}"


def remedy(found: Finding) -> str:
    """What can be done about it, as one sentence; empty where the buttons say it all."""
    match found.check:
        case Check.FIELD_CONFLICT:
            return f"取来的是“{found.wanted}”，填的是“{found.given}”。以哪个为准由你定"
        case Check.MATERIAL_ORIGINALS | Check.MATERIAL_COPIES:
            return f"要 {found.wanted} 份，收到 {found.given} 份"
        case Check.MATERIAL_VALIDITY:
            return f"有效期到 {found.given}，要到 {found.wanted} 以后"
        case Check.MATERIAL_AGE if found.given:
            earliest = found.wanted.removeprefix("≥")
            within = f"{earliest} 以后" if earliest != found.wanted else f"{earliest} 天以内"
            return f"{found.given} 开具，要在 {within}"
        case Check.MATERIAL_PAGES:
            return f"要 {found.wanted} 页，现有 {found.given} 页"
        case Check.MATERIAL_FILE_FORMAT | Check.MATERIAL_ISSUER:
            return f"要 {found.wanted}，现有 {found.given}".replace("/", "、")
        case Check.MATERIAL_SIGNED if found.wanted:
            return f"由{found.wanted}签名"
        case Check.ITEM_IN_FORCE if found.outcome is Outcome.FAIL:
            return "按 F2 换成在用的事项"
        case Check.CERTIFICATE_STATUS if found.given:
            return f"省证照库写的是{CERTIFICATE_STATUSES[CertificateStatus(found.given)]}"
        case Check.MATERIAL_FIT if found.wanted:
            return f"证照上是“{found.given}”，申请人是“{found.wanted}”"
        case Check.DATA_STANDS if found.outcome is Outcome.FAIL and found.wanted:
            said = f"写的是“{found.given}”" if found.given else "没有写"
            return f"源头{said}，要“{found.wanted}”。收纸质件"
        case Check.DATA_STANDS if found.outcome is Outcome.FAIL:
            return "核的不是现在的申请人，或有异议。再核一次，或收纸质件"
        case Check.DATA_STANDS:
            return "隔天可能变了，今天再核一次"
        case Check.HANDLER_MANDATE:
            return "可当场更正。委托人不在场，可视频核身后补签，并一起确认是否授权调证照"
        case Check.MATERIAL_PRESENT:
            instead = f"也可以交{found.wanted.replace('/', '或者')}。" if found.wanted else ""
            return instead + (found.remedy_text and f"去哪里办：{found.remedy_text}")
        case _:
            return found.remedy_text


def basis(found: Finding) -> str:
    """Where the check is written, with the rule's version."""
    return f"依据 {clause(found.basis)}，标准第 {found.rule_version} 版"
