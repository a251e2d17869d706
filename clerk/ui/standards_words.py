"""What a condition of a draft reads as; a draft may be faulty, so it is read as far as it goes."""

from collections.abc import Mapping, Sequence
from typing import Final

from clerk.domain.condition_parsing import condition_from
from clerk.domain.draft_conditions import SEVERAL, leading_word
from clerk.domain.draft_editing import Path, lines_at, value_at
from clerk.domain.errors import StandardFaulty
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_parsing import readable_from
from clerk.wording_rules import computed_words, condition_words, requirement_words, rule_words

LEADS: Final[Mapping[str, str]] = {
    "answer": "对问题的回答",
    "applicant": "申请人的类型",
    "age": "申请人的年龄",
    "handler": "有没有代办人",
    "field": "填写的内容",
    "place": "地址在哪里",
    "date": "日期的先后",
    "certificate": "电子证照",
    "material": "另一份材料",
    "counter": "在哪个窗口收件",
    "all": "下面全部成立",
    "any": "下面至少一项成立",
    "not": "下面不成立",
}
UNFINISHED: Final = "（这一行还没写全）"


class Wording:
    """Words of one draft's conditions; kept while the draft stands as it is."""

    _last: "Wording | None" = None

    def __init__(self, table: Mapping[str, object]) -> None:
        self.table = table
        self.standard: ItemStandard = readable_from(table)

    @classmethod
    def of(cls, table: Mapping[str, object]) -> "Wording":
        """The words of ``table``, the same as before for the same table."""
        if cls._last is None or cls._last.table is not table:
            cls._last = cls(table)
        return cls._last

    def sentence(self, condition: object) -> str:
        """The whole condition; what is not finished in it is said."""
        try:
            read = condition_from(condition) if isinstance(condition, Mapping) else None
        except StandardFaulty:
            return self._unfinished(condition)
        return condition_words(read, self.standard)

    def _unfinished(self, condition: object) -> str:
        word = leading_word(condition)
        if not isinstance(condition, Mapping) or word not in SEVERAL:
            return UNFINISHED
        parts = [self.sentence(one) for one in lines_at(condition, (word,))]
        return ("，并且" if word == "all" else "，或者").join(parts) or UNFINISHED


def in_words(condition: object, table: Mapping[str, object]) -> str:
    """The whole condition as one sentence."""
    return Wording.of(table).sentence(condition)


def line_words(condition: object, table: Mapping[str, object]) -> str:
    """One line of it: a group says only how what is below counts."""
    word = leading_word(condition)
    return LEADS[word] if word in SEVERAL or word == "not" else in_words(condition, table)


def line_sentence(table: Mapping[str, object], path: Path) -> str:
    """What a rule, a material or a computed line asks for as a whole; empty for any other line."""
    code = value_at(table, (*path[:2], "code"))
    if len(path) != 2 or not code:
        return ""
    standard = Wording.of(table).standard
    match path[0]:
        case "rules":
            return next((rule_words(o, standard) for o in standard.rules if o.code == code), "")
        case "requirements":
            found = (o for o in standard.requirements if o.code == code)
            return next((requirement_words(one, standard) for one in found), "")
        case "fields":
            computed = (o.computed for o in standard.fields if o.code == code and o.computed)
            return next((computed_words(one, standard) for one in computed), "")
    return ""


def named(table: Mapping[str, object], key: str, label: str, code: object) -> str:
    """What the line of that code is called; its code where it is not there."""
    for line in lines_at(table, (key,)):
        if isinstance(line, Mapping) and line.get("code") == code:
            return str(line.get(label) or code)
    return str(code)


def options_of(table: Mapping[str, object], key: str, code: object) -> Sequence[tuple[str, str]]:
    """The options of a question or of a form's line."""
    for line in lines_at(table, (key,)):
        if isinstance(line, Mapping) and line.get("code") == code:
            options = [one for one in lines_at(line, ("options",)) if isinstance(one, Mapping)]
            return [(str(one.get("code", "")), str(one.get("label", ""))) for one in options]
    return ()
