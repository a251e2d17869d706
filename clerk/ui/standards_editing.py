"""An open draft: its steps, kept after each change, and what is still wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from clerk.domain.days import local_date
from clerk.domain.draft_editing import DraftSteps, Path, difference_at
from clerk.domain.errors import ClerkError, SamplesFaulty, StandardFaulty
from clerk.domain.fault_places import place_of, split_fault
from clerk.domain.sample_case import ItemSamples, samples_from
from clerk.domain.sheet_faults import FaultLevel
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_draft import CatalogueRow, StandardDraft, as_version
from clerk.domain.standard_lint import LintFinding, LintKnowledge, lint
from clerk.domain.standard_parsing import standard_from
from clerk.domain.standard_writing import table_of
from clerk.jobs import Jobs, Lane
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_places import place_words
from clerk.ui.timers import timer
from clerk.wording_lint import remedy, sentence

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

    ``changed`` carries the place of a step that was undone or redone, None for an edit by hand.
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
        self._samples, self._begun = opened.samples, opened.table
        self._steps = DraftSteps(table=self._begun)
        self._keeping, self._left = False, False
        self.result: Examined | None = None
        self._look = timer(self, EXAMINE_MS, self._examine, once=True)
        self._examine()

    @property
    def table(self) -> Mapping[str, object]:
        """The draft as it stands."""
        return self._steps.table

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
        """Let ``table`` be the draft from now on."""
        if not self.can_edit:
            return
        before = self._steps
        self._steps = before.stepped(table)
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
        held = self.draft.table if self.draft is not None else self._begun
        return not self._keeping and held != self.table

    def is_kept(self) -> bool:
        """Whether the store holds everything."""
        return not self._keeping

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
            partial(_kept, self._actions, self.row, self.draft, self.table),
            owner=self,
            then=self._on_kept,
            failed=self._on_failed,
        )

    def _on_kept(self, draft: StandardDraft) -> None:
        self._keeping = False
        self.draft = draft
        self.kept.emit(draft)
        if draft.table != self.table:
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
            partial(examine, self.table, on, self._samples, self._actions.lint_knowledge),
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
    table: Mapping[str, object],
) -> StandardDraft:
    """Keep a draft, one of the version that counts where there is none yet."""
    held = draft or actions.begin_draft(row.item_code, row.version or row.next_version)
    return actions.save_draft(replace(held, table=table))


def examine(
    table: Mapping[str, object],
    on: date,
    samples: Mapping[str, object],
    known: Callable[[], LintKnowledge],
) -> Examined:
    """Look a draft through: what is wrong, else what a careful reader would ask."""
    try:
        standard = standard_from(as_version(table, 1, on))
    except StandardFaulty as faulty:
        return Examined(standard=None, found=tuple(_faults(faulty.faults, table)))
    doubts = [_doubt(one, table) for one in lint(standard, _read_samples(samples), known())]
    return Examined(standard=standard, found=tuple(sorted(doubts, key=lambda one: one.mild)))


def _read_samples(samples: Mapping[str, object]) -> ItemSamples | None:
    """The sample cases; faulty ones say so themselves where they are run."""
    try:
        return samples_from(samples) if samples else None
    except SamplesFaulty:
        return None


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
        found.append(Found(path=path, says=split_fault(fault)[1], where=where))
    return found
