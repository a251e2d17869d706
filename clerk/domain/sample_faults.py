"""What a sample names that its standard does not have, so that it cannot be laid on the desk."""

from collections.abc import Iterable, Iterator

from clerk.domain.errors import BadInput
from clerk.domain.findings import Check
from clerk.domain.sample_case import GivenAs, Sample, SampleMaterial
from clerk.domain.sample_people import SamplePeople
from clerk.domain.standard import FieldKind, ItemStandard, Requirement, Way

_WAYS = {
    GivenAs.CERTIFICATE: Way.CERTIFICATE,
    GivenAs.COMMITMENT: Way.COMMITMENT,
    GivenAs.DEFERRAL: Way.DEFERRAL,
    GivenAs.EXEMPT: Way.EXEMPT,
    GivenAs.SHARED_DATA: Way.SHARED_DATA,
}
"""Ways that a sample can only use where the standard offers them; any paper can be brought."""


def sample_faults(
    standard: ItemStandard, sample: Sample, people: SamplePeople
) -> Iterator[BadInput]:
    """Yield every fault with its place."""
    for role, who in (("applicant", sample.applicant), ("handler", sample.handler)):
        if who is not None and not people.knows(who):
            yield BadInput(f"{role}：样例人物里没有 {who.key}（或单位不能改年龄、性别）")
    if sample.handler is not None and sample.handler.key in people.bodies:
        yield BadInput("handler：代办人应是个人")
    yield from _answers(standard, sample)
    yield from _fields(standard, sample)
    by_code = {asked.code: asked for asked in standard.requirements}
    for code, given in sample.materials.items():
        if code not in by_code:
            yield BadInput(f"materials：没有材料 {code}")
        else:
            yield from _material(by_code[code], given)
    for place, codes in (("asks", sample.asks), ("asks_not", sample.asks_not)):
        yield from _unknown(place, codes, by_code, "材料")
    if sample.warns is not None:
        soft = [rule.code for rule in standard.rules if not rule.hard]
        lines = [line.code for line in standard.fields]
        yield from _unknown("warns", sample.warns, [*soft, *lines], "提示性规则")
    yield from _names(standard, sample)


def _unknown(
    place: str, codes: Iterable[str], known: Iterable[str], what: str
) -> Iterator[BadInput]:
    there = set(known)
    yield from (BadInput(f"{place}：没有{what} {code}") for code in codes if code not in there)


def _answers(standard: ItemStandard, sample: Sample) -> Iterator[BadInput]:
    questions = {question.code: question for question in standard.questions}
    for code, option in sample.answers.items():
        if code not in questions:
            yield BadInput(f"answers：没有问题 {code}")
        elif option not in {one.code for one in questions[code].options}:
            yield BadInput(f"answers.{code}：没有选项 {option}")


def _fields(standard: ItemStandard, sample: Sample) -> Iterator[BadInput]:
    lines = {line.code: line for line in standard.fields}
    for code, value in sample.fields.items():
        line = lines.get(code)
        if line is None:
            yield BadInput(f"fields：没有表单项 {code}")
        elif line.kind is FieldKind.CHOICE and value:
            labels = [option.label for option in line.options]
            if value not in labels:
                yield BadInput(
                    f"fields.{code}：没有选项“{value}”（填选项的文字：{'、'.join(labels)}）"
                )


def _material(asked: Requirement, given: SampleMaterial) -> Iterator[BadInput]:
    way = _WAYS.get(given.given)
    if way is not None and way not in asked.ways:
        yield BadInput(f"materials.{asked.code}：收取方式里没有 {way.value}")
    if given.given is GivenAs.CARD and not asked.read_from_card:
        yield BadInput(f"materials.{asked.code}：不是读身份证的材料（read_from_card）")
    points = {point.code for point in asked.review_points}
    for code in (*given.points, *given.unseen):
        if code not in points:
            yield BadInput(f"materials.{asked.code}：没有审查要点 {code}")


def _names(standard: ItemStandard, sample: Sample) -> Iterator[BadInput]:
    checks = {check.value for check in Check}
    points = {asked.code: {p.code for p in asked.review_points} for asked in standard.requirements}
    known = {
        *points,
        *(line.code for line in standard.fields),
        *(question.code for question in standard.questions),
        *(rule.code for rule in standard.rules),
        *checks,
    }
    for name in sample.names:
        subject, _, detail = name.partition(".")
        if subject not in known:
            yield BadInput(f"names：没有材料、表单项、问题或规则 {subject}")
        elif detail and detail not in checks | points.get(subject, set()):
            yield BadInput(f"names：{name} 的细目不是检查项，也不是审查要点")
