"""How 标准 opens the letter templates: the list, and from there the import and back."""

from collections.abc import Callable

from PyQt6.QtWidgets import QWidget

from clerk.domain.letter_template import LetterTemplate
from clerk.jobs import Jobs
from clerk.ui.letter_templates import LetterTemplatesDialog
from clerk.ui.letter_templates_actions import LetterTemplateActions
from clerk.ui.letter_templates_import import LetterImportDialog, choose_file
from clerk.ui.taking import ChooseFile
from clerk.ui.widgets import Dialog


class LetterTemplates:
    """The two dialogs over one window; ``say`` gets what is said at the foot of the window."""

    def __init__(
        self,
        host: QWidget,
        actions: LetterTemplateActions,
        jobs: Jobs,
        open_dialog: Callable[[QWidget, Dialog], None],
        say: Callable[[str], None],
        choose: ChooseFile = choose_file,
    ) -> None:
        self._host, self._actions, self._jobs = host, actions, jobs
        self._open_dialog, self._say, self._choose = open_dialog, say, choose

    def open(self, at: LetterTemplate | None = None) -> None:
        """Open the list, with the cursor on a template."""
        dialog = LetterTemplatesDialog(self._actions, self._jobs, at.template_id if at else None)
        dialog.done.connect(self._say)
        dialog.import_wanted.connect(lambda: self._import(dialog))
        self._open_dialog(self._host, dialog)

    def _import(self, from_list: LetterTemplatesDialog) -> None:
        row = from_list.current()
        code = row.code if row is not None else ""
        promises = row is None or row.promises
        dialog = LetterImportDialog(
            self._actions, self._jobs, self._choose, code, promises=promises
        )
        dialog.taken.connect(self._on_taken)
        self._open_dialog(self._host, dialog)

    def _on_taken(self, one: LetterTemplate) -> None:
        self._say(f"导入了{one.title}第 {one.version} 版，提出并由另一个人启用以后才使用")
        self.open(one)
