"""The rows of 承诺书模板: every template with its version and where it stands."""

from collections.abc import Sequence
from datetime import date

from clerk.domain.days import local_date
from clerk.domain.letter_faults import LetterFault
from clerk.domain.letter_template import (
    LetterShelf,
    LetterTemplate,
    ShippedLetter,
    TemplateState,
    in_use_on,
)
from clerk.ui.chips import ChipKind, ChipSpec, LinesSpec
from clerk.ui.column_model import ColumnModel
from clerk.ui.overriding import override
from clerk.ui.standards_reasons import Reason
from clerk.values import dataclass
from clerk.wording import short_day
from clerk.wording_letters import fault_sentence

_CHIPS = {
    TemplateState.IMPORTED: ChipSpec(ChipKind.INFO, "已导入"),
    TemplateState.PROPOSED: ChipSpec(ChipKind.WARN, "待启用"),
    TemplateState.SENT_BACK: ChipSpec(ChipKind.WARN, "已退回"),
    TemplateState.RETIRED: ChipSpec(ChipKind.NEUTRAL, "已停用"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One template; ``own`` is None for what ships, ``used`` says that letters come from it now."""

    code: str
    title: str
    shipped: ShippedLetter | None
    own: LetterTemplate | None
    used: bool
    today: date

    @property
    def chip(self) -> ChipSpec:
        """Where it stands."""
        if self.used:
            return ChipSpec(ChipKind.GOOD, "在用")
        if self.shipped is not None:
            if not self.shipped.sound:
                return ChipSpec(ChipKind.BAD, "文件被改动")
            return ChipSpec(ChipKind.NEUTRAL, "备用")
        if self.own is None or self.own.state is TemplateState.IN_USE:
            coming = self.own is not None and self.own.is_coming(self.today)
            begins = self.own.used_from if self.own is not None else None
            if coming and begins is not None:
                return ChipSpec(ChipKind.INFO, f"{short_day(begins)}启用")
            return ChipSpec(ChipKind.NEUTRAL, "已换版")
        return _CHIPS[self.own.state]

    @property
    def promises(self) -> bool:
        """Whether it has the blocks of a promise letter."""
        one = self.own or self.shipped
        return one is None or one.promises

    @property
    def version(self) -> str:
        """Its version as it is read."""
        if self.own is not None:
            return f"第 {self.own.version} 版"
        return f"随程序 {self.shipped.version}".strip() if self.shipped is not None else ""

    @property
    def cell(self) -> LinesSpec:
        """How the list shows it."""
        return LinesSpec(self.title, f"{self.code}　{self.version}", chip=self.chip)

    def facts(self) -> str:
        """Whose it is, since when and why."""
        own = self.own
        if own is None:
            return (
                "随程序发来的文本，由法制机构换成自己的：导入同一代号的 Word 文件，启用以后用自己的"
            )
        day = short_day(local_date(own.imported_at))
        said = [f"{own.imported_by_name}{day}导入，{own.file_name}"]
        if own.proposed_by_name:
            said.append(f"{own.proposed_by_name}提出：{own.reason}")
        match own.state:
            case TemplateState.PROPOSED if own.used_from is not None:
                said.append(f"启用后{short_day(own.used_from)}起使用")
            case TemplateState.SENT_BACK:
                said.append(f"{own.settled_by_name}退回：{own.settled_reason}")
            case TemplateState.IN_USE if own.used_from is not None:
                until = f"，到{short_day(own.used_until)}止" if own.used_until else ""
                said.append(f"{own.settled_by_name}启用，{short_day(own.used_from)}起使用{until}")
            case TemplateState.RETIRED:
                why = f"{own.settled_by_name}停用：{own.settled_reason}"
                said.append(why if own.settled_reason else "同一天换了新版")
            case _:
                pass
        return "。".join(said)


def rows_of(shelf: LetterShelf, today: date) -> tuple[Row, ...]:
    """Return the templates by code: the bureau's own of a code, then the shipped one."""
    shipped = {one.code: one for one in shelf.shipped}
    rows: list[Row] = []
    for code in sorted({*shipped, *(one.code for one in shelf.own)}):
        own = [one for one in shelf.own if one.code == code]
        used = in_use_on(own, today)
        rows += [
            Row(
                code=code,
                title=one.title,
                shipped=None,
                own=one,
                used=one is used,
                today=today,
            )
            for one in own
        ]
        if code in shipped:
            ship = shipped[code]
            rows.append(
                Row(
                    code=code,
                    title=ship.title,
                    shipped=ship,
                    own=None,
                    used=used is None and ship.sound,
                    today=today,
                )
            )
    return tuple(rows)


def finding_lines(faults: Sequence[LetterFault]) -> tuple[Reason, ...]:
    """Return what the check found as lines, what refuses first; one line where it found nothing."""
    if not faults:
        return (Reason(text="没有要改的", icon="circle-check", icon_tone="ok"),)
    return tuple(
        Reason(
            text=fault_sentence(one),
            why="不能用，改好再导入" if one.kind.refuses else "提示，可以导入",
            icon="circle-x" if one.kind.refuses else "circle-alert",
            icon_tone="bad" if one.kind.refuses else "warn",
        )
        for one in faults
    )


class Rows(ColumnModel[Row]):
    """The templates as the list asks for them."""

    @override
    def spec_of(self, row: Row) -> LinesSpec:
        return row.cell
