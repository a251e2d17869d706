"""An open draft: its steps, kept after each change, and what is still wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from clerk.domain.days import local_date
from clerk.domain.draft_editing import DraftSteps, Path, difference_at, lines_at
from clerk.domain.errors import ClerkError, SamplesFaulty, StandardFaulty
from clerk.domain.fault_places import place_of, split_fault
from clerk.domain.sample_case import ItemSamples, samples_from
from clerk.domain.sample_editing import as_kept, editable
from clerk.domain.sheet_faults import FaultLevel
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_draft import CatalogueRow, StandardDraft, as_version
from clerk.domain.standard_lint import LintFinding, LintKnowledge, lint
from clerk.domain.standard_parsing import standard_from
from clerk.domain.standard_writing import table_of
from clerk.jobs import Jobs, Lane
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_codes import SAMPLES
from clerk.ui.standards_places import named_in, place_words
from clerk.ui.timers import timer
from clerk.values import dataclass, replace
from clerk.wording_lint import remedy, sentence
from clerk.wording_standard import says_words

EXAMINE_MS = 120
"""How long changes must rest before the draft is looked through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something to look at in a draft, and where.

    A ``hard`` one keeps it from being published, a ``mild`` one is only a hint.
    """

    path: Path
    says: str
    where: str
    hard: bool = True
    mild: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a look through a draft found; ``standard`` is None while it is faulty."""

    standard: ItemStandard | None
    found: tuple[Found, ...]

    @property
    def faults(self) -> tuple[tuple[Path, str], ...]:
        """What keeps it from being published, by place."""
        return tuple((one.path, one.says) for one in self.found if one.hard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An item as it was read: the version that counts, and the draft where there is one."""

    row: CatalogueRow
    standard: ItemStandard | None
    draft: StandardDraft | None
    samples: Mapping[str, object] = field(default_factory=dict)

    @property
    def table(self) -> Mapping[str, object]:
        """What is shown and edited."""
        if self.draft is not None:
            return self.draft.table
        return table_of(self.standard) if self.standard is not None else {}


def read_item(actions: StandardsActions, row: CatalogueRow) -> Opened:
    """Read an item and its draft; runs in a lane."""
    version = row.version or row.next_version
    draft = actions.load_draft(row.item_code) if row.draft is not None else None
    own = draft.samples if draft is not None else None
    return Opened(
        row=row,
        standard=actions.read_version(row.item_code, version) if version else None,
        draft=draft,
        samples=actions.samples_of(row.item_code, version) if own is None else own,
    )


class OpenDraft(QObject):
    """What is being edited. Every change is kept at once; a second one waits for the first.

    ``whole`` is the standard's table with its sample cases beside it, so that both have the same
    steps; ``table`` is the standard alone. ``changed`` carries the place of a step that was undone or redone, None for an edit by hand.
    It goes on until all is kept, whatever is shown meanwhile.
    """

    changed = pyqtSignal(object)
    kept = pyqtSignal(object)
    failed = pyqtSignal(object)
    examined = pyqtSignal(object)

    def __init__(
        self, opened: Opened, actions: StandardsActions, jobs: Jobs, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions, self._jobs = actions, jobs
        self.row, self.standard, self.draft = opened.row, opened.standard, opened.draft
        self._begun = opened.table
        self._begun_samples = editable(opened.samples)
        self._table = self._begun
        self._steps = DraftSteps(table=_joined(self._begun, self._begun_samples))
        self._keeping, self._left = False, False
        self.result: Examined | None = None
        self._look = timer(self, EXAMINE_MS, self._examine, once=True)
        self._examine()

    @property
    def table(self) -> Mapping[str, object]:
        """The draft as it stands, without its samples; the same while nothing in it changes."""
        alone = {key: held for key, held in self._steps.table.items() if key != SAMPLES}
        if alone != self._table:
            self._table = alone
        return self._table

    @property
    def whole(self) -> Mapping[str, object]:
        """The draft with its samples."""
        return self._steps.table

    @property
    def samples(self) -> tuple[object, ...]:
        """The sample cases as they are edited."""
        return lines_at(self._steps.table, (SAMPLES,))

    @property
    def can_edit(self) -> bool:
        """Whether this person may change it now."""
        lies_there = self.draft is not None and self.draft.proposal_id is not None
        return self._actions.may_edit and not lies_there

    def can_undo(self) -> bool:
        """Whether a step can be taken back."""
        return bool(self._steps.before) and self.can_edit

    def can_redo(self) -> bool:
        """Whether a step can be done again."""
        return bool(self._steps.after) and self.can_edit

    def edit(self, table: Mapping[str, object]) -> None:
        """Let ``table`` be the draft from now on, with the samples it has."""
        self.edit_whole(_joined(table, self.samples))

    def edit_whole(self, whole: Mapping[str, object]) -> None:
        """Let this be the draft and its samples from now on."""
        if not self.can_edit:
            return
        before = self._steps
        self._steps = before.stepped(whole)
        if self._steps is not before:
            self._moved(None)

    def undo(self) -> None:
        """Take the last step back."""
        self._step(self._steps.undone())

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._step(self._steps.redone())

    def leave(self) -> None:
        """Nobody looks at it any more; it goes when everything is kept."""
        self._left = True
        self._look.stop()
        if not self._keeping:
            self.deleteLater()

    def is_behind(self) -> bool:
        """Whether the store lacks something and nothing is on its way to it."""
        return not self._keeping and self._held() != self.whole

    def is_kept(self) -> bool:
        """Whether the store holds everything."""
        return not self._keeping

    def _held(self) -> Mapping[str, object]:
        """What the store has."""
        draft = self.draft
        own = draft.samples if draft is not None else None
        samples = self._begun_samples if own is None else editable(own)
        return _joined(draft.table if draft is not None else self._begun, samples)

    def _own_samples(self) -> Mapping[str, object] | None:
        """The samples that go with the draft; None where they are still those of its version."""
        own = self.draft.samples if self.draft is not None else None
        if own is None and list(self.samples) == self._begun_samples:
            return None
        return as_kept(self.row.item_code, self.samples)

    def _step(self, steps: DraftSteps) -> None:
        if steps is not self._steps and self.can_edit:
            where = difference_at(self._steps.table, steps.table)
            self._steps = steps
            self._moved(where)

    def _moved(self, where: Path | None) -> None:
        self.changed.emit(where)
        self._look.start()
        self.keep()

    def keep(self) -> None:
        """Hand what was changed to the store, once what was handed over before is there."""
        if self._keeping:
            return
        self._keeping = True
        self._jobs.run(
            Lane.STORE,
            partial(_kept, self._actions, self.row, self.draft, (self.table, self._own_samples())),
            owner=self,
            then=self._on_kept,
            failed=self._on_failed,
        )

    def _on_kept(self, draft: StandardDraft) -> None:
        self._keeping = False
        self.draft = draft
        self.kept.emit(draft)
        if self._held() != self.whole:
            self.keep()
        elif self._left:
            self.deleteLater()

    def _on_failed(self, error: ClerkError) -> None:
        self._keeping = False
        self.failed.emit(error)

    def _examine(self) -> None:
        on = local_date(self._actions.here.now())
        self._jobs.run(
            Lane.COUNT,
            partial(examine, self.table, on, self.samples, self._actions.lint_knowledge),
            owner=self,
            then=self._on_examined,
            failed=self.failed.emit,
        )

    def _on_examined(self, result: Examined) -> None:
        self.result = result
        self.examined.emit(result)


def _kept(
    actions: StandardsActions,
    row: CatalogueRow,
    draft: StandardDraft | None,
    content: tuple[Mapping[str, object], Mapping[str, object] | None],
) -> StandardDraft:
    """Keep a draft, one of the version that counts where there is none yet."""
    held = draft or actions.begin_draft(row.item_code, row.version or row.next_version)
    table, samples = content
    return actions.save_draft(replace(held, table=table, samples=samples))


def _joined(table: Mapping[str, object], samples: Sequence[object]) -> Mapping[str, object]:
    return {**table, SAMPLES: list(samples)} if samples else table


def examine(
    table: Mapping[str, object],
    on: date,
    samples: Sequence[object],
    known: Callable[[], LintKnowledge],
) -> Examined:
    """Look a draft through: what is wrong, else what a careful reader would ask."""
    whole = _joined(table, samples)
    read, faults = _read_samples(table, samples)
    try:
        standard = standard_from(as_version(table, 1, on))
    except StandardFaulty as faulty:
        found = _faults((*faulty.faults, *faults), whole)
        return Examined(standard=None, found=tuple(found))
    doubts = [_doubt(one, whole) for one in lint(standard, read, known())]
    return Examined(
        standard=standard,
        found=(*_faults(faults, whole), *sorted(doubts, key=lambda one: one.mild)),
    )


def _read_samples(
    table: Mapping[str, object], samples: Sequence[object]
) -> tuple[ItemSamples | None, tuple[str, ...]]:
    """The sample cases, and what is wrong with how they are written."""
    if not samples:
        return None, ()
    try:
        return samples_from(as_kept(str(table.get("item_code") or "-"), samples)), ()
    except SamplesFaulty as faulty:
        return None, faulty.faults


def _doubt(found: LintFinding, table: Mapping[str, object]) -> Found:
    path = place_of(f"{found.place}：", table)
    where = f"{place_words(path, table)}。{remedy(found)}"
    mild = found.level is FaultLevel.HINT
    return Found(path=path, says=sentence(found), where=where, hard=False, mild=mild)


def _faults(faults: Sequence[str], table: Mapping[str, object]) -> Sequence[Found]:
    found = []
    for fault in faults:
        path = place_of(fault, table)
        where = place_words(path, table)
        says = named_in(says_words(split_fault(fault)[1]), table)
        found.append(Found(path=path, says=says, where=where))
    return found
