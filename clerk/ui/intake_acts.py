"""The keys of the intake page."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from clerk.ui.acts import Act

if TYPE_CHECKING:
    from clerk.ui.intake import IntakePage

_ROW_KEYS = (
    ("1", "扫描"),
    ("2", "选文件"),
    ("3", "调证照"),
    ("4", "承诺"),
    ("5", "容缺"),
    ("6", "当场补签"),
    ("8", "收纸质件"),
    ("0", "标不合规"),
    ("Space", "看原件"),
    ("Del", "去掉附件"),
)


def intake_acts(page: "IntakePage") -> Sequence[Act]:
    """Return every act of the page; what needs a case says so without one."""

    def has_case() -> bool:
        return page.desk.current is not None

    def no_case() -> str:
        return "还没有开件。放上身份证，或按 F2 搜事项"

    def on_case(name: str, key: str, trigger: Callable[[], None]) -> Act:
        return Act(name=name, key=key, trigger=trigger, enabled=has_case, why_not=no_case)

    def on_row(key: str) -> Callable[[], None]:
        return lambda: page.act_on_material(key)

    def paste() -> None:
        page.body.materials.catch.paste()

    def advised() -> str:
        """The item that is meant: the hit under the search box, else that of the case in front."""
        hit = page.bars.search.current()
        if hit is not None:
            return str(hit.value)
        return page.desk.current.case.item_code if page.desk.current else ""

    decide = Act(
        name=page.bars.primary.words,
        key="F9",
        also=("Ctrl+Return", "Ctrl+Enter"),
        trigger=page.decide,
    )
    undo = Act(
        name="撤回",
        key="Ctrl+Z",
        trigger=page.undo,
        enabled=lambda: has_case() and page.desk.current_can_undo(),
        why_not=lambda: "没有可撤回的",
    )
    return [
        decide,
        *page.guide.acts(),
        on_case("其他处理", "Shift+F9", page.open_menu),
        Act(name="搜事项、换事项", key="F2", trigger=page.search),
        Act(
            name="先告诉要带什么，不开件",
            key="Ctrl+H",
            trigger=lambda: page.decision.advice.open(advised()),
            enabled=lambda: bool(advised()),
            why_not=lambda: "按 F2 搜到事项再按 Ctrl H",
        ),
        Act(name="开新件", key="Ctrl+N", trigger=page.start_new),
        on_case("挂起", "Ctrl+W", page.park),
        Act(name="下一件", key="Ctrl+Tab", trigger=lambda: page.next_tab(1)),
        Act(name="上一件", key="Ctrl+Shift+Tab", trigger=lambda: page.next_tab(-1)),
        on_case("下一处待补", "F4", lambda: page.go_to_gap(1)),
        on_case("上一处待补", "Shift+F4", lambda: page.go_to_gap(-1)),
        on_case("再核一遍", "F5", page.desk.recheck),
        on_case("扫描当前材料", "F7", on_row("1")),
        on_case("给当前材料调证照", "F8", on_row("3")),
        on_case("给当前材料选文件", "Ctrl+O", on_row("2")),
        Act(name="读身份证", key="Ctrl+R", trigger=page.people.read),
        on_case("服务需求：老年人、残疾人、绿色通道、上门", "Ctrl+G", page.people.open_care),
        Act(
            name="相同的人、相同的件比一比",
            key="Ctrl+D",
            trigger=page.people.alike.open,
            enabled=lambda: not page.people.alike.why_not(),
            why_not=page.people.alike.why_not,
        ),
        Act(
            name="核共享数据",
            key="Ctrl+U",
            trigger=lambda: page.materials.shared.open(page.body.materials.current()),
            enabled=lambda: not page.materials.shared.why_not(),
            why_not=page.materials.shared.why_not,
        ),
        Act(
            name="用以前留下的材料",
            key="Alt+Y",
            also=("Ctrl+Y",),  # inside a field that is its own: to do again
            trigger=page.materials.reuse.open,
            enabled=lambda: not page.materials.reuse.why_not(),
            why_not=page.materials.reuse.why_not,
        ),
        Act(
            name="材料留用：申请人允许以后再用",
            key="Alt+L",
            trigger=page.materials.reuse.open_leave,
            enabled=lambda: not page.materials.reuse.why_not_leave(),
            why_not=page.materials.reuse.why_not_leave,
        ),
        Act(
            name="证照库不通时收的：持证人同意通了再核一次",
            key="Alt+V",
            trigger=page.materials.agree_to_later_check,
            enabled=lambda: not page.materials.why_not_agree(),
            why_not=page.materials.why_not_agree,
        ),
        on_case("当前材料按标准免提交", "Alt+M", on_row("Alt M")),
        on_case("申请表全部展开", "Ctrl+M", page.show_all_fields),
        on_case("理由和依据", "Ctrl+I", page.open_reasons),
        on_case("改情形", "Alt+Q", page.reopen_questions),
        undo,
        Act(
            name="材料：贴上复制的文件或截图，也可以拖到行上",
            key="Ctrl+V",
            trigger=paste,
            enabled=has_case,
            local=True,
        ),
        *(
            Act(name=f"材料：{words}", key=key, trigger=on_row(key), enabled=has_case, local=True)
            for key, words in _ROW_KEYS
        ),
    ]
