"""The steps of an edit in 标准: what was typed, picked or put together goes into the open draft."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from clerk.domain.days import local_date
from clerk.domain.draft_editing import Path, lines_at, value_at, with_line, with_value
from clerk.domain.errors import ClerkError
from clerk.domain.sample_editing import as_came_out
from clerk.domain.standard_draft import as_version
from clerk.domain.standard_parsing import standard_from
from clerk.jobs import Jobs, Lane
from clerk.ui.cases_frame import OpenDialog
from clerk.ui.overriding import override
from clerk.ui.standards_accept import AskDialog
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_choose import AgesDialog, ChooseDialog
from clerk.ui.standards_codes import SAMPLES
from clerk.ui.standards_condition import ConditionDialog
from clerk.ui.standards_editing import OpenDraft
from clerk.ui.standards_elements import TABS, TRIAL
from clerk.ui.standards_reading import ReadStandards
from clerk.ui.standards_samples import FRESH
from clerk.ui.standards_shape import Element
from clerk.ui.standards_sources import AGE, age_bounds, kept_of, options_of_line, picked_of

Say = Callable[[str], None]


class EditStandards(ReadStandards):
    """Everything of the page that changes a draft; nothing here proposes or publishes it."""

    def __init__(
        self, actions: StandardsActions, jobs: Jobs, say: Say, open_dialog: OpenDialog
    ) -> None:
        super().__init__(actions, jobs)
        self._say, self._open_dialog = say, open_dialog

    @override
    def _connect(self) -> None:
        super()._connect()
        for part in (*self.parts, self.trial.part):
            part.condition_wanted.connect(self._change_condition)
            part.choice_wanted.connect(self._choose)
        for part in self.parts:
            part.edited.connect(self._on_edited)
        self.trial.part.edited.connect(self._on_samples_edited)
        self.trial.case_wanted.connect(self.add_sample_of_case)
        self.trial.accept_wanted.connect(self.accept_outcome)

    def _on_edited(self, table: object) -> None:
        if self.open is not None and isinstance(table, dict):
            self.open.edit(table)

    def _on_samples_edited(self, whole: object) -> None:
        if self.open is not None and isinstance(whole, dict):
            self.open.edit_whole(whole)

    def _undo(self) -> None:
        if self.open is not None and self.open.can_undo():
            self.open.undo()
        else:
            self._say("没有可以撤销的了")

    def _redo(self) -> None:
        if self.open is not None and self.open.can_redo():
            self.open.redo()

    def _editable(self) -> OpenDraft | None:
        opened = self.open
        return opened if opened is not None and opened.can_edit else None

    # ---- conditions and choices ------------------------------------------------------------

    def _change_condition(self, path: Path, name: str) -> None:
        opened = self._editable()
        if opened is None:
            return

        def take(condition: object) -> None:
            if self.open is opened:
                opened.edit(with_value(opened.table, path, condition))

        held = value_at(opened.table, path)
        self._open_dialog(self, ConditionDialog(name, held, opened.table, take))

    def _choose(self, base: Path, element: Element) -> None:
        """Pick what an element names, in words."""
        opened = self._editable()
        if opened is None or element.source is None:
            return
        path = (*base, *element.path)

        def put(value: object) -> None:
            if self.open is opened:
                opened.edit_whole(with_value(opened.whole, path, value))
                self._show_front()

        def take(picked: Sequence[str]) -> None:
            if not element.many and picked and picked[0].startswith(f"{AGE}:"):
                self._ask_ages(base, put)
            else:
                put(kept_of(element, picked))

        dialog = ChooseDialog(
            element.label,
            element.source(opened.whole, base),
            picked_of(value_at(opened.whole, path)),
            take,
            many=element.many,
        )
        self._open_dialog(self, dialog)

    def _ask_ages(self, base: Path, put: Callable[[object], None]) -> None:
        opened = self._editable()
        if opened is None:
            return

        def take(bounds: Mapping[str, int]) -> None:
            said = ",".join(f"{code}={low}" for code, low in bounds.items())
            put(f"{AGE}:{said}")

        options, bounds = options_of_line(opened.table, base), age_bounds(opened.table, base)
        self._open_dialog(self, AgesDialog(options, bounds, take))

    # ---- sample cases ----------------------------------------------------------------------

    def accept_outcome(self) -> None:
        """Let the sample in front expect what the check says of it now; the reason is kept."""
        self.trial.part.commit()
        opened, place = self._editable(), self.trial.sample()
        if opened is None or place is None or self.fronts.currentWidget() is not self.trial:
            self._say(f"先到“{TRIAL.name}”选一个样例")
        elif opened.result is not None and opened.result.standard is None:
            self._say("草稿还有要改的，改好才能核对样例")
        else:
            self._ask_why(opened, place)

    def _ask_why(self, opened: OpenDraft, place: int) -> None:
        path = (SAMPLES, place)

        def go_on(why: str) -> None:
            whole = opened.whole
            dialog.run(
                self._jobs,
                Lane.COUNT,
                partial(
                    _accepted, self._actions, opened.table, _mapping(value_at(whole, path)), why
                ),
                partial(put, whole),
            )

        def put(whole: Mapping[str, object], settled: Mapping[str, object]) -> None:
            if self.open is not opened or opened.whole != whole:
                dialog.show_trouble("草稿刚才又改了，样例没有动。再按一次，按改了的草稿来")
                return
            dialog.close_dialog()
            opened.edit_whole(with_value(whole, path, settled))
            self._say("样例已照现在的结论改，发布人会看到理由")

        name = _mapping(value_at(opened.whole, path)).get("name") or ""
        dialog = AskDialog(
            "照现在的结论改",
            "为什么现在的结论是对的",
            f"“{name}”应有的结论和指出的各处，改成按草稿核对的结果",
            "还没写为什么",
            go_on,
        )
        self._open_dialog(self, dialog)

    def add_sample_of_case(self) -> None:
        """Add a sample after a case that was once taken in; nobody can be recognised in it."""
        opened = self._editable()
        if opened is None:
            self._say("先选一个能改的事项")
            return
        code = opened.row.item_code

        def go_on(number: str) -> None:
            dialog.run(
                self._jobs,
                Lane.STORE,
                partial(self._actions.sample_of_case, code, number),
                partial(self._on_sample_of_case, opened, dialog),
            )

        dialog = AskDialog(
            "照办件加样例",
            "办件编号",
            "只取回答、选项、数字、日期和材料怎样给的。姓名、证件、电话和写的文字都换成虚构的",
            "还没写办件编号",
            go_on,
        )
        self._open_dialog(self, dialog)

    def _on_sample_of_case(
        self, opened: OpenDraft, dialog: AskDialog, made: Mapping[str, object]
    ) -> None:
        result = opened.result
        standard = result.standard if result is not None else None
        line = {**FRESH, "name": f"照一件真实办件改的样例 {len(opened.samples) + 1}", **made}
        if standard is None:
            self._put_sample(opened, dialog, line)
            return
        dialog.run(
            self._jobs,
            Lane.COUNT,
            lambda: _settled(
                lambda: as_came_out(self._actions.sample_hall(), standard, line), line
            ),
            partial(self._put_sample, opened, dialog),
        )

    def _put_sample(self, opened: OpenDraft, dialog: AskDialog, line: Mapping[str, object]) -> None:
        dialog.close_dialog()
        if self.open is not opened:
            return
        place = len(lines_at(opened.whole, (SAMPLES,)))
        self.tabs.choose(TABS.index(TRIAL))
        opened.edit_whole(with_line(opened.whole, (SAMPLES,), line, place))
        self._show_front((SAMPLES, place))
        self._say("已加一个样例，人和文字都是虚构的，请核对应有的结论")


def _accepted(
    actions: StandardsActions,
    table: Mapping[str, object],
    sample: Mapping[str, object],
    why: str,
) -> Mapping[str, object]:
    """The sample as the check says of it under the draft as it stands; runs in a lane."""
    standard = standard_from(as_version(table, 1, local_date(actions.here.now())))
    return as_came_out(actions.sample_hall(), standard, sample, why)


def _mapping(found: object) -> Mapping[str, object]:
    return found if isinstance(found, Mapping) else {}


def _settled(
    settle: Callable[[], Mapping[str, object]], line: Mapping[str, object]
) -> Mapping[str, object]:
    """What came out, or the line as it is where the draft no longer has what the case had."""
    try:
        return settle()
    except ClerkError:
        return line
