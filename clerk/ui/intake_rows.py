"""What the list of materials shows: one row a line, and what may be done with it."""

from collections.abc import Mapping, Sequence

from clerk.domain.case import Case
from clerk.domain.certificate_recheck import may_agree
from clerk.domain.credit_gate import bad_record
from clerk.domain.deferral_gate import BarredDeferral, DeferralBar, may_follow
from clerk.domain.findings import Check, Finding, Outcome, Verdict
from clerk.domain.material import Evidence, Origin
from clerk.domain.material_checks import holder_of
from clerk.domain.shared_asking import standing_answer, subject_of
from clerk.domain.standard import Requirement, Way
from clerk.ui.chips import ChipKind, ChipSpec
from clerk.ui.intake_flow import OpenCase, card_role, party_of
from clerk.ui.intake_words import evidence_origin, evidence_summary, not_by
from clerk.values import dataclass
from clerk.wording import finding, remedy, short_day
from clerk.wording_certificates import AGREE, NOT_ACCEPTED_UPON, STATUS_UNREAD
from clerk.wording_deferral import why_not_later
from clerk.wording_proof import proof_of
from clerk.wording_shared import SOURCES, said_last

_ACTS_OF_WAYS = (
    ("1", Way.SCAN),
    ("2", Way.FILE),
    ("3", Way.CERTIFICATE),
    ("4", Way.COMMITMENT),
    ("5", Way.DEFERRAL),
    ("8", Way.PAPER),
    ("Ctrl U", Way.SHARED_DATA),
    ("Alt M", Way.EXEMPT),
)
_WORDS = {
    "1": "扫描",
    "2": "选文件",
    "3": "调证照",
    "4": "承诺",
    "5": "容缺",
    "8": "收纸质件",
    "Ctrl U": "核数据",
    "Alt M": "免提交",
}

_AGAIN_TODAY = "今天再核"
_HOLDS_NO_LONGER = frozenset({Check.CERTIFICATE_STATUS, Check.DATA_STANDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAct:
    """An act of one row: the key that does it and its words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRow:
    """One material as the list shows it; ``why`` is the reason it does not hold, if any.

    ``proof`` is satisfied by what, proven how, until when, empty while nothing is there.
    """

    code: str
    number: int
    name: str
    chip: ChipSpec
    detail: str
    right: str
    why: str
    acts: tuple[RowAct, ...]
    proof: str = ""

    @property
    def spoken(self) -> str:
        """The whole row as one sentence, with the keys that help."""
        keys = "、".join(f"{act.key} {act.words}" for act in self.acts)
        parts = (
            f"材料 {self.number}",
            self.name,
            self.chip.text,
            self.why or self.proof or self.detail,
        )
        said = "，".join(part for part in parts if part)
        return f"{said}，可按 {keys}" if keys else said


def material_rows(opened: OpenCase) -> tuple[MaterialRow, ...]:
    """Return the rows of the case in the standard's order."""
    return tuple(
        _row(opened, number, opened.standard.requirement(code))
        for number, code in enumerate(opened.verdict.asked, start=1)
    )


def findings_of(verdict: Verdict, code: str) -> tuple[Finding, ...]:
    """Return what was found about one material and does not hold."""
    return tuple(
        found
        for found in verdict.findings
        if found.subject == code and found.outcome is not Outcome.PASS
    )


def _row(opened: OpenCase, number: int, asked: Requirement) -> MaterialRow:
    case, verdict = opened.case, opened.verdict
    held = case.evidence.get(asked.code)
    found = findings_of(verdict, asked.code)
    failed = [one for one in found if one.outcome is Outcome.FAIL]
    acts = row_acts(asked, held, case) if opened.editable else reading_acts(held)
    if asked.code in opened.busy:
        chip = ChipSpec(ChipKind.INFO, opened.busy[asked.code])
    else:
        chip = _chip(asked, held, case, found)
    why = opened.trouble.get(asked.code, "")
    if not why and asked.code in opened.unread and held and held.way is Way.CERTIFICATE:
        chip, why = ChipSpec(ChipKind.MISSING, STATUS_UNREAD), NOT_ACCEPTED_UPON
    if held is not None and failed and not why:
        said = finding(failed[0]).removeprefix(asked.name)
        why = "，".join(part for part in (said, remedy(failed[0])) if part)
    return MaterialRow(
        code=asked.code,
        number=number,
        name=asked.name,
        chip=chip,
        detail=evidence_summary(held) if held else _how_to_get(asked, case),
        right="" if why else evidence_origin(held) if held else _hint(asked, case),
        why=why,
        acts=acts,
        proof=proof_of(asked, held, case).line if held else "",
    )


def _chip(
    asked: Requirement, held: Evidence | None, case: Case, found: Sequence[Finding]
) -> ChipSpec:
    if held is None:
        if waits_for_principal(asked, case):
            return ChipSpec(ChipKind.AUTHORISE, "待委托人授权")
        if asked.generated_from_form:
            return ChipSpec(ChipKind.NEUTRAL, "表填好就生成", "file-plus")
        return ChipSpec(ChipKind.MISSING, "缺失")
    if any(one.check is Check.DATA_STANDS and one.outcome is not Outcome.FAIL for one in found):
        return ChipSpec(ChipKind.WARN, _AGAIN_TODAY, "refresh-cw")
    if any(one.check in _HOLDS_NO_LONGER for one in found):
        return ChipSpec(ChipKind.MISSING, "缺失")  # what holds no longer stands for nothing
    if any(one.outcome is Outcome.FAIL for one in found):
        return ChipSpec(ChipKind.BAD, "不合规")
    if found:
        return ChipSpec(ChipKind.WARN, "要点没看", "eye")
    match held.way:
        case Way.COMMITMENT:
            return ChipSpec(ChipKind.PROMISE, "告知承诺")
        case Way.DEFERRAL:
            until = f" {short_day(held.due_on)}" if held.due_on else ""
            return ChipSpec(ChipKind.DEFER, f"容缺{until}")
        case Way.CERTIFICATE:
            return ChipSpec(ChipKind.REUSE, "证照复用")
        case Way.SHARED_DATA:
            return ChipSpec(ChipKind.REUSE, "数据已核", "database")
        case Way.EXEMPT:
            return ChipSpec(ChipKind.OK, "免提交")
        case _:
            made = held.origin is Origin.MADE_BY_SYSTEM
            return ChipSpec(ChipKind.OK, "系统生成" if made else "合格")


def _how_to_get(asked: Requirement, case: Case) -> str:
    if waits_for_principal(asked, case):
        return "委托书签好、授权后再调证照"
    if asked.generated_from_form:
        return "由申请表生成"
    if asked.read_from_card and party_of(card_role(asked), case) is None:
        return "放上身份证就有"
    answer = standing_answer(case, asked.shared_source) if asked.shared_source else None
    if answer is not None and Way.SHARED_DATA in asked.ways:
        return said_last(answer)
    copies = f"，复印件 {asked.copies} 份" if asked.copies else ""
    return f"原件 {asked.originals} 份{copies}" if asked.originals else asked.form.label


def _hint(asked: Requirement, case: Case) -> str:
    trusted = bad_record(case) is None
    if trusted and Way.COMMITMENT in asked.ways and asked.promise is not None:
        return "可承诺"
    if Way.CERTIFICATE in asked.ways and asked.certificate is not None:
        return "可调证照"
    if Way.SHARED_DATA in asked.ways and asked.shared_source is not None:
        return "可核共享数据"
    if Way.EXEMPT in asked.ways and asked.exemption:
        return "可免提交"
    return "可容缺" if trusted and may_defer(asked) else ""


def waits_for_principal(asked: Requirement, case: Case) -> bool:
    """Whether only the principal's unsigned mandate stands before his certificate."""
    handler = case.handler
    if handler is None or handler.mandate.signed or asked.certificate is None:
        return False
    return (
        asked.code not in case.evidence
        and Way.CERTIFICATE in asked.ways
        and asked.certificate.holder != "handler"
    )


def may_defer(asked: Requirement) -> bool:
    """Whether the standard lets the material come later."""
    return may_follow(asked)


def row_acts(asked: Requirement, held: Evidence | None, case: Case) -> tuple[RowAct, ...]:
    """Return what may be done with a row now, best first."""
    if asked.generated_from_form:
        made = RowAct(key="6", words="重新生成" if held else "生成")
        return (made, *reading_acts(held))
    acts = [
        RowAct(key=key, words="重扫" if held and held.way is way is Way.SCAN else _WORDS[key])
        for key, way in sorted(_ACTS_OF_WAYS, key=lambda pair: _place(pair[1], asked))
        if not refusal(key, asked, held, case)
    ]
    if held is None:
        return tuple(acts)
    if not refusal("6", asked, held, case):
        acts.insert(0, RowAct(key="6", words="补签"))
    if may_agree(asked, held, case):
        acts.insert(0, RowAct(key="Alt V", words=AGREE))
    unfit = RowAct(key="0", words="改回合格" if held.fault else "标不合规")
    drop = RowAct(key="Del", words="去掉")
    by_hand = held.way in {Way.PAPER, Way.SCAN, Way.FILE}
    spot = (RowAct(key="9", words="当场更正"),) if by_hand else ()
    return (*acts[:2], *reading_acts(held), unfit, drop, *spot, *acts[2:])


def reading_acts(held: Evidence | None) -> tuple[RowAct, ...]:
    """Return what may be done without changing anything."""
    return (RowAct(key="Space", words="看原件"),) if held is not None and held.files else ()


def _place(way: Way, asked: Requirement) -> int:
    return asked.ways.index(way) if way in asked.ways else len(asked.ways)


def refusal(key: str, asked: Requirement, held: Evidence | None, case: Case) -> str:
    """Return why ``key`` does nothing on this row; empty where it works."""
    way = next((way for one, way in _ACTS_OF_WAYS if one == key), None)
    if way is not None:
        return _refusal_of_way(way, asked, case)
    if key == "6":
        return _refusal_to_sign(asked, held)
    if key == "7":
        return f"{asked.name}没有空白样张。可以：按要求自备"
    if held is None:
        return f"{asked.name}还没收到，没有可{'看' if key == 'Space' else '改'}的"
    if key == "Space" and not held.files:
        return f"{asked.name}没有图像，看手上的原件"
    if key == "Del" and held.origin is Origin.READ_FROM_CARD:
        return "读卡取得的，换申请人时自动更新"
    return ""


def _refusal_of_way(way: Way, asked: Requirement, case: Case) -> str:
    if way not in asked.ways or asked.generated_from_form:
        return not_by(way, asked.name, asked.ways)
    match way:
        case Way.CERTIFICATE if asked.certificate is None:
            return not_by(way, asked.name, asked.ways)
        case Way.CERTIFICATE if holder_of(asked, case) is None:
            return f"还不知道{asked.name}是谁的。先放上身份证"
        case Way.CERTIFICATE if waits_for_principal(asked, case):
            return "委托人还没在委托书上签名，不能调他的证照。先补签"
        case Way.SHARED_DATA:
            return _refusal_to_ask(asked, case)
        case Way.EXEMPT if not asked.exemption:
            return not_by(way, asked.name, asked.ways)
        case Way.COMMITMENT if asked.promise is None:
            return not_by(way, asked.name, asked.ways)
        case Way.COMMITMENT if bad_record(case) is not None:
            return why_not_later(asked.name, _bad_credit(case))
        case Way.COMMITMENT if _goes(Way.DEFERRAL, asked, case):
            return f"{asked.name}已经办了容缺，不再承诺。要改，先按 Del 去掉容缺"
        case Way.DEFERRAL if not may_defer(asked):
            return not_by(way, asked.name, asked.ways)
        case Way.DEFERRAL if bad_record(case) is not None:
            return why_not_later(asked.name, _bad_credit(case))
        case Way.DEFERRAL if _goes(Way.COMMITMENT, asked, case):
            return f"{asked.name}已经签了告知承诺，不再容缺。要改，先按 Del 去掉承诺"
        case _:
            return ""


def _refusal_to_ask(asked: Requirement, case: Case) -> str:
    source = asked.shared_source
    if source is None:
        return not_by(Way.SHARED_DATA, asked.name, asked.ways)
    if subject_of(case, source) is None:
        return f"还不知道核谁的{SOURCES[source]}。先放上身份证，或补上单位代码"
    return ""


def _bad_credit(case: Case) -> BarredDeferral:
    return BarredDeferral(bar=DeferralBar.BAD_CREDIT, record=bad_record(case))


def _goes(way: Way, asked: Requirement, case: Case) -> bool:
    """Whether the applicant has chosen this way for the material: nobody goes both ways."""
    held = case.evidence.get(asked.code)
    return held is not None and held.way is way


def _refusal_to_sign(asked: Requirement, held: Evidence | None) -> str:
    if asked.generated_from_form:
        return ""
    if held is None:
        return f"{asked.name}还没收到，不能补签"
    if not asked.signature_by:
        return f"{asked.name}按标准不用签名"
    return "" if held.fault or held.signed is not True else f"{asked.name}已经签过名"


def material_summary(rows: Sequence[MaterialRow]) -> str:
    """Return how many lines there are and how many still want something."""
    if not rows:
        return "选好情形就列出来"
    words: Mapping[ChipKind, str] = {
        ChipKind.MISSING: "缺",
        ChipKind.BAD: "不合规",
        ChipKind.AUTHORISE: "待授权",
        ChipKind.WARN: "要点没看",
        ChipKind.NEUTRAL: "待生成",
    }
    wanting = [
        _AGAIN_TODAY if row.chip.text == _AGAIN_TODAY else words.get(row.chip.kind, "")
        for row in rows
    ]
    parts = [
        f"{word} {count}"
        for word in (*words.values(), _AGAIN_TODAY)
        if (count := wanting.count(word))
    ]
    if not parts:
        return f"{len(rows)} 项全部就绪"
    return f"{len(rows)} 项，{'、'.join(parts)}"
