"""What is to be done at each step of an intake, in one plain sentence, and what it still lacks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clerk.domain.findings import Group, NextAct
from clerk.domain.step_times import Step
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_problems import Problem, problems_of
from clerk.ui.intake_stops import Region
from clerk.wording import act_name, counts

STEP_NAMES: Final[Mapping[Step, str]] = MappingProxyType(
    {
        Step.NOTICE: "告知",
        Step.APPLICANT: "申请人",
        Step.QUESTIONS: "情形",
        Step.FORM: "填表",
        Step.MATERIALS: "材料",
        Step.CHECK: "核对",
        Step.ACCEPT: "受理",
    }
)
_TO_DO: Final[Mapping[Step, str]] = MappingProxyType(
    {
        Step.NOTICE: "先告诉申请人要带什么、几天办好、收不收费，他要办再往下走",
        Step.APPLICANT: "把申请人的身份证放上读卡器；替单位或别人来办的，在卡片里补上",
        Step.QUESTIONS: "照着一句一句问，按数字键选；用不上的材料和表格会自己减掉",
        Step.FORM: "空着的问清填上，回车到下一格；已经填好的看一眼对不对",
        Step.MATERIALS: "一样一样收，↑ ↓ 选材料，数字键照行里写的做；要点由人看过才算合格",
        Step.CHECK: "看机器核对的结论；列出的问题按它的按钮就地处理",
    }
)
_LOOKED_AT: Final = frozenset({Step.CHECK, Step.ACCEPT})
_TAKES_IN: Final = frozenset({NextAct.ACCEPT_AND_PASS_ON, NextAct.RECEIVE_AND_PASS_ON})
_OF_REGION: Final[Mapping[Region, Step]] = MappingProxyType(
    {
        Region.APPLICANT: Step.APPLICANT,
        Region.QUESTION: Step.QUESTIONS,
        Region.FIELD: Step.FORM,
        Region.MATERIAL: Step.MATERIALS,
    }
)
_OF_GROUP: Final[Mapping[Group, Step]] = MappingProxyType(
    {
        Group.APPLICANT: Step.APPLICANT,
        Group.COMPETENCE: Step.CHECK,
        Group.FORM: Step.FORM,
        Group.MATERIALS: Step.MATERIALS,
    }
)


def step_of_region(region: Region) -> Step:
    """Return the step at which a part of the page is worked on."""
    return _OF_REGION[region]


def steps_of(opened: OpenCase) -> tuple[Step, ...]:
    """Return the steps this case has, in their order; one with nothing in it is left out."""
    asked = {
        Step.QUESTIONS: opened.verdict.questions,
        Step.FORM: opened.verdict.fields,
        Step.MATERIALS: opened.verdict.asked,
    }
    return tuple(step for step in Step if asked.get(step, True))


def left_at(opened: OpenCase) -> Mapping[Step, tuple[Problem, ...]]:
    """Return what is still open, by the step at which it is put right."""
    groups = {found.subject: found.group for found in opened.verdict.findings}
    left: dict[Step, list[Problem]] = {}
    for problem in problems_of(opened):
        step = _OF_GROUP[groups[problem.subject]]
        if problem.subject in opened.verdict.questions:
            step = Step.QUESTIONS
        left.setdefault(step, []).append(problem)
    return {step: tuple(problems) for step, problems in left.items()}


def to_do(opened: OpenCase, step: Step) -> str:
    """The one sentence that says what is done at a step."""
    if step is not Step.ACCEPT:
        return _TO_DO[step]
    if not opened.editable:
        return opened.closed_because or "这件已经收下，在办件里看进度"
    words = act_name(opened.standard, opened.verdict)
    match opened.verdict.act:
        case NextAct.ACCEPT_AND_PASS_ON | NextAct.RECEIVE_AND_PASS_ON:
            return f"按 F9 {words}；5 秒内还能撤回，生效后文书自动打出来"
        case NextAct.NEXT_GAP | NextAct.NOTHING:
            return "还没办全，按 F9 到下一处要补的"
        case _:
            return f"按 F9 {words}，要换别的办法按 Shift F9"


def missing(opened: OpenCase, step: Step, problems: tuple[Problem, ...]) -> str:
    """What a step still lacks, in one line."""
    if step in _LOOKED_AT:
        return counts(opened.verdict)
    if step is Step.NOTICE:
        return "说清了就往下，这一步不用填"
    lacking = [_said(one) for one in problems if one.hard]
    said = f"待补：{'；'.join(lacking)}" if lacking else "这一步没有要补的"
    remarks = "；".join(one.title for one in problems if not one.hard)
    return f"{said}。留意：{remarks}" if remarks else said


def _said(problem: Problem) -> str:
    return f"{problem.title}（{problem.detail}）" if _is_list(problem) else problem.title


def _is_list(problem: Problem) -> bool:
    """Whether its detail names what was gathered under one title."""
    return "、" in problem.detail and not problem.basis


def standing(problems: tuple[Problem, ...]) -> str:
    """What a step lacks in a word or two, for the list of steps; empty where nothing."""
    count = sum(one.detail.count("、") + 1 if _is_list(one) else 1 for one in problems if one.hard)
    return f"差 {count} 项" if count else ""


def is_done(opened: OpenCase, step: Step, problems: tuple[Problem, ...]) -> bool:
    """Whether a step may be ticked off: told, nothing missing, found fit to be taken in."""
    match step:
        case Step.NOTICE:
            return opened.step is not Step.NOTICE
        case Step.CHECK:
            return opened.verdict.act in _TAKES_IN
        case Step.ACCEPT:
            return False  # then the case is no longer here
        case _:
            return not any(one.hard for one in problems)
