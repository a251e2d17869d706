"""Words of what an answer (情形) did to the list of materials and to the form."""

from collections.abc import Iterable, Iterator, Sequence

from clerk.domain.answer_effects import AnswerEffects
from clerk.domain.case import Answer
from clerk.domain.standard import FormField, ItemStandard, Requirement
from clerk.wording import SOURCES, clause, clock


def effect_lines(found: AnswerEffects) -> tuple[str, ...]:
    """What an answer dropped and what it added, by name and clause; at most a line of each."""
    asked = (_by_clause("要", found.materials), _by_clause("多填", found.fields))
    lines = (_dropped(found), "；".join(filter(None, asked)))
    return tuple(filter(None, lines))


def _dropped(found: AnswerEffects) -> str:
    """Name what fell away; the clause stands once, behind the first, where it is read."""
    words = (
        ("不要", _names(found.dropped_materials)),
        ("不填", _names(found.dropped_fields)),
    )
    first, *others = [f"{word} {names}" for word, names in words if names] or [""]
    return "；".join((f"{first}，{clause(found.question.basis)}", *others)) if first else ""


def _by_clause(word: str, lines: Sequence[Requirement] | Sequence[FormField]) -> str:
    """Name the lines, those of one clause together, in the standard's order."""
    grouped: dict[str, list[str]] = {}
    for line in lines:
        name = line.name if isinstance(line, Requirement) else line.label
        grouped.setdefault(clause(line.basis), []).append(name)
    return "；".join(f"{word} {'、'.join(names)}，{basis}" for basis, names in grouped.items())


def _names(lines: Iterable[Requirement | FormField]) -> str:
    return "、".join(line.name if isinstance(line, Requirement) else line.label for line in lines)


def situation_text(
    standard: ItemStandard,
    given: Sequence[tuple[AnswerEffects, Answer]],
    dropped: Sequence[str],
) -> str:
    """Each answer with where it comes from, what it did and by which clause.

    Args:
        standard: the version of the case.
        given: the answers in the standard's order.
        dropped: codes of all materials that are not asked for, whatever the reason.
    """
    if not given and not dropped:
        return ""
    lines = [f"情形　{len(given)} 问已答"]
    for found, answer in given:
        where = f"{SOURCES[answer.source]} {clock(answer.at)}"
        lines.append(f"　{found.question.text}：{found.label}（{where}）")
        lines.extend(f"　　　　{line}" for line in effect_lines(found) or ("材料和表格不变",))
        if not found.dropped_materials and not found.dropped_fields:
            lines.append(f"　　　　{clause(found.question.basis)}")
    lines.extend(_otherwise(standard, given, dropped))
    return "\n".join(lines)


def _otherwise(
    standard: ItemStandard,
    given: Sequence[tuple[AnswerEffects, Answer]],
    dropped: Sequence[str],
) -> Iterator[str]:
    """Say what no answer dropped: applicant, day, place, or what is there instead did."""
    by_answer = {one.code for found, _ in given for one in found.dropped_materials}
    rest = [standard.requirement(code).name for code in dropped if code not in by_answer]
    if rest:
        yield f"　不因回答，按申请人、表格或已有的材料不要：{'、'.join(rest)}"
