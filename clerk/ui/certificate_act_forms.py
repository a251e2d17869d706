"""What the acts on unverified and changed certificates ask a person to write down."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from clerk.domain.case import Case
from clerk.domain.case_acts import CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.tasks import TaskKind, subjects_open
from clerk.ui.act_form_parts import ActForm, Box
from clerk.wording_certificates import VERIFIED_BY_HAND, change_line

Listed = Sequence[tuple[str, str]]


def _unverified(rules: CaseRules, case: Case) -> Listed:
    return [
        (code, rules.standard.requirement(code).name)
        for code in sorted(subjects_open(case, TaskKind.VERIFY_CERTIFICATE))
    ]


def _changed(rules: CaseRules, case: Case) -> Listed:
    return [
        (code, change_line(rules.standard, case, code))
        for code in sorted(subjects_open(case, TaskKind.LOOK_AT_CERTIFICATE))
    ]


FORMS: Mapping[CaseAct, ActForm] = MappingProxyType(
    {
        CaseAct.VERIFY_CERTIFICATE: ActForm(
            says="证照库不通时收的，或状态没读到。请持证人再授权后核，或到发证机关核。原件和卷里的不改",
            boxes=(Box(into="note", label="怎么核的，看到什么"),),
            listed=_unverified,
            list_into="material",
            list_name="哪一份材料",
            also=lambda _, __: tuple(VERIFIED_BY_HAND.items()),
            also_name="核验结果",
        ),
        CaseAct.LOOK_AT_CERTIFICATE: ActForm(
            says="恢复后核到的和卷里的不一样，由人看过再定。系统不改材料，也不因此停办",
            boxes=(Box(into="note", label="看到什么，怎么处理"),),
            listed=_changed,
            list_into="material",
            list_name="哪一份材料",
        ),
    }
)
