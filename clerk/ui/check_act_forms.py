"""What the acts on promises and on site ask a person to write down (承诺核查、现场核查)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from clerk.domain.after_check import online_answer, open_checks, proven_false
from clerk.domain.case import Case
from clerk.domain.case_acts import CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.online_check import askable
from clerk.domain.promise import promised_proofs
from clerk.ui.act_form_parts import ActForm, Box, Kind
from clerk.wording import short_day
from clerk.wording_checks import (
    CHECK_FINDINGS,
    CHECK_METHODS,
    HEARING_ANSWERS,
    SITE_OUTCOMES,
    online_words,
)

Choices = Sequence[tuple[str, str]]


def _promised(rules: CaseRules, case: Case) -> Choices:
    return [(code, rules.standard.requirement(code).name) for code in promised_proofs(case)]


def _to_check(rules: CaseRules, case: Case) -> Choices:
    return [
        (code, f"{_name(rules, code)}，{short_day(on)}前，{_method(rules, case, code)}")
        for code, on in sorted(open_checks(case).items())
    ]


def _to_ask(rules: CaseRules, case: Case) -> Choices:
    return [(code, _asked_for(rules, code)) for code in askable(rules, case)]


def _asked_for(rules: CaseRules, code: str) -> str:
    link = rules.standard.requirement(code).certificate
    return f"{_name(rules, code)}，查申请人本人的{link.type_name}" if link else _name(rules, code)


def _false(rules: CaseRules, case: Case) -> Choices:
    return [(code, _name(rules, code)) for code in proven_false(case)]


def _name(rules: CaseRules, code: str) -> str:
    return rules.standard.requirement(code).name


def _method(rules: CaseRules, case: Case, code: str) -> str:
    """How the standard says it is looked at, and what the library said to it."""
    promise = rules.standard.requirement(code).promise
    said = online_answer(case, code)
    parts = [
        CHECK_METHODS[promise.terms.check] if promise else "",
        online_words(said) if said else "",
    ]
    return "，".join(part for part in parts if part)


def _findings(_: CaseRules, __: Case) -> Choices:
    return [(finding.value, words) for finding, words in CHECK_FINDINGS.items()]


def _outcomes(_: CaseRules, __: Case) -> Choices:
    return [(outcome.value, words) for outcome, words in SITE_OUTCOMES.items()]


def _site_points(rules: CaseRules, _: Case) -> Choices:
    return [(point.code, point.text) for point in rules.standard.site_points]


FORMS: Mapping[CaseAct, ActForm] = MappingProxyType(
    {
        CaseAct.WITHDRAW_PROMISE: ActForm(
            says="申请人撤回承诺，把材料交来。承诺书留在下面，审批人重看这份材料，决定后不再核查承诺",
            listed=_promised,
            list_into="material",
            list_name="撤回哪一份承诺",
        ),
        CaseAct.CHECK_PROMISE: ActForm(
            says="写查到什么，附上核查材料。查不清楚的过后再查。不会因此自动撤销或记失信",
            boxes=(Box(into="note", label="查到什么、怎么查的"),),
            listed=_to_check,
            list_into="material",
            list_name="查的是哪一份承诺",
            also=_findings,
            also_name="核查结果",
            files="加核查材料",
        ),
        CaseAct.CHECK_ONLINE: ActForm(
            says="凭承诺书里的同意，只查申请人本人、这一项的电子证照。答复存作核查依据，结果由你认定；"
            "没有答复不等于不实",
            listed=_to_ask,
            list_into="material",
            list_name="查哪一份承诺",
        ),
        CaseAct.ORDER_REPAIR: ActForm(
            says="出责令限期整改通知书。到期再查一次",
            boxes=(
                Box(into="until_on", label="整改到哪天，如 2026-04-30", kind=Kind.DAY),
                Box(into="reason", label="改到什么样"),
            ),
            listed=_false,
            list_into="material",
            list_name="哪一份承诺",
        ),
        CaseAct.OFFER_HEARING: ActForm(
            says="出拟撤销决定告知书，告诉申请人可以陈述申辩或要求听证到哪天",
            boxes=(Box(into="reason", label="拟撤销的理由"),),
        ),
        CaseAct.ANSWER_HEARING: ActForm(
            says="口头说的也要记下来，请申请人核对签字。放弃的写明怎样放弃的",
            boxes=(Box(into="note", label="记录"),),
            listed=lambda _, __: tuple(HEARING_ANSWERS.items()),
            list_name="陈述了、听证了还是放弃",
        ),
        CaseAct.REVOKE: ActForm(
            says="出撤销决定书，转告部门，按期送达。是否上报失信由人另行决定",
            boxes=(
                Box(into="reason", label="撤销的理由，写明采纳或不采纳申辩的原因"),
                Box(into="note", label="依据哪部法第几条"),
            ),
        ),
        CaseAct.SERVE_REVOCATION: ActForm(
            says="送达后请收件人在送达回证上签字，再登记",
            boxes=(
                Box(into="people", label="收件人", kind=Kind.NAMES),
                Box(into="note", label="怎样送达，如直接送达、邮寄单号"),
            ),
        ),
        CaseAct.REPORT_FALSE_PROMISE: ActForm(
            says="把查实的虚假承诺报给信用平台，那边据此记入信用记录，影响申请人以后容缺和承诺。"
            "只有人报才报：核查、听证、撤销都不会自己报送",
            boxes=(Box(into="reason", label="查实了什么，凭什么认定"),),
            sure="会记到申请人名下，报出去不能自己收回，更正要找信用平台",
        ),
        CaseAct.AGREE_SITE_CHECK: ActForm(
            says="两个人去，先告知申请人时间和人员。不停止计时。再约一次就改期",
            boxes=(
                Box(into="on", label="哪天去，如 2026-03-20", kind=Kind.DAY),
                Box(into="number", label="几点"),
                Box(into="people", label="哪两个人去", kind=Kind.NAMES),
                Box(into="note", label="怎样告知申请人的"),
                Box(into="others", label="申请人要求回避的人", kind=Kind.NAMES, needed=False),
            ),
        ),
        CaseAct.RECORD_SITE_CHECK: ActForm(
            says="勾上符合的，没勾的算不符合。记录表打印后两人和申请人签字，决定前由审批人看",
            boxes=(
                Box(into="on", label="哪天去的，如 2026-03-20", kind=Kind.DAY),
                Box(into="note", label="现场情况"),
                Box(into="people", label="申请人一方谁签字，没人签的写原因", kind=Kind.NAMES),
            ),
            listed=_outcomes,
            list_name="结论",
            points=_site_points,
            points_name="核查内容，勾上符合的",
            files="加现场照片",
        ),
    }
)
