"""A process that works a province's items through the window: ``… province_child WHAT[:FILE]``.

Each step prints its name, the seconds it took, the longest standstill of the window in
milliseconds (without and with the time that others had the processor), and the peak of its resident
set in MiB. Whatever is stopped or killed is held against a count of the store's rows.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from benchmarks.province_window import Window, memory_mib
from clerk.ui.long_work import LongWork
from clerk.ui.package_take import PackageDialog
from clerk.ui.sheet_import import SheetImportDialog, Step
from clerk.ui.standards import StandardsPage
from clerk.ui.standards_batch import BatchDialog
from clerk.ui.standards_batch_work import ManyDialog
from clerk.ui.standards_list import SEARCH_MS, VIEWS
from clerk.ui.standards_waiting import WaitingDialog

EARLY, LATE = 0.05, 0.9
READ: Final = 1_000
"""Items opened one after the other."""
LOOKED_FOR_SECONDS: Final = 2 * SEARCH_MS / 1e3
"""After a rest so long the list asks."""


def opened(window: Window, account: str) -> StandardsPage:
    """Sign in and go to 标准."""
    window.enter(account)
    with window.step("standards-opened"):
        window.press("Alt+8")
        window.until(lambda: isinstance(window.floor.shell.page(), StandardsPage))
        page: Any = window.floor.shell.page()
        window.until(lambda: page.list.model.extent() is not None and page.open is not None)
        settled(window)
    found: StandardsPage = page
    return found


def settled(window: Window) -> None:
    """Wait until nothing is under way."""
    window.until(lambda: not any(window.station.jobs.pending().values()))


def so_far(work: LongWork) -> float:
    """How far it is, of 1."""
    done, total = work._far  # noqa: SLF001  what the bar shows a fifth of a second later
    return done / total if total else 0.0


def ended(window: Window, work: LongWork, name: str, begin: Callable[[], None]) -> None:
    """Begin something and let it end."""
    with window.step(name):
        begin()
        window.until(lambda: work.running)
        window.until(lambda: not work.running)


def stopped(
    window: Window, work: LongWork, name: str, begin: Callable[[], None], at: float
) -> None:
    """Begin something and stop it by Esc when so much is done; it says that nothing was left."""
    with window.step(f"{name}-stopped-at-{at:.0%}"):
        begin()
        window.until(lambda: work.running)
        window.until(lambda: so_far(work) >= at or not work.running)
        if not work.running:
            raise AssertionError(f"{name} was over before it could be stopped")
        window.press("Esc")
        window.until(lambda: not work.running)


def read_list(window: Window, path: str) -> SheetImportDialog:
    """Open the import and go as far as what the columns mean."""
    with window.step("import-file-opened"):
        window.press("Ctrl+O")
        dialog: SheetImportDialog = window.dialog(SheetImportDialog)
        window.write(path)
        window.press("Return")
        window.until(lambda: dialog.step is Step.MAPPING and not dialog.work.running)
        settled(window)
    return dialog


def checked(window: Window, dialog: SheetImportDialog) -> None:
    """Let the list be checked and go on to what changes."""

    def begin() -> None:
        window.press("F9")

    ended(window, dialog.work, "import-checked", begin)
    with window.step("import-difference-shown"):
        window.press("F9")
        window.until(lambda: dialog.step is Step.DIFFERENCE)
        window.wait(0.5)


def import_list(window: Window, path: str) -> None:
    """Stop the check and the keeping of drafts at several moments, then let both end."""
    page = opened(window, "bian")
    same(0, window.count("standard_drafts"))  # nor has an import that was killed left any
    dialog = read_list(window, path)
    for at in (EARLY, LATE):
        stopped(window, dialog.work, "import-check", lambda: window.press("F9"), at)
    checked(window, dialog)
    for at in (EARLY, 0.5, LATE):
        stopped(window, dialog.work, "import-keeping", lambda: window.press("F9"), at)
        same(0, window.count("standard_drafts"))
    wanted = dialog._found.report.to_keep if dialog._found else 0  # noqa: SLF001
    with window.step("import-kept"):
        window.press("F9")
        window.until(lambda: not dialog.work.running and not dialog.isVisible())
        window.until(lambda: page.list.model.extent() is not None)
        settled(window)
    same(wanted, window.count("standard_drafts"))
    print("drafts", wanted, 0, 0, memory_mib("VmRSS"), flush=True)
    propose(window, page, wanted)


def killed(window: Window, path: str) -> None:
    """Die while drafts are kept."""
    opened(window, "bian")
    dialog = read_list(window, path)
    checked(window, dialog)
    window.press("F9")
    window.until(lambda: so_far(dialog.work) >= LATE)
    os.kill(os.getpid(), signal.SIGKILL)


def batch(window: Window) -> BatchDialog:
    """Open 整批处理 over the drafts of the import."""
    page: Any = window.floor.shell.page()
    page.list.show_view(1)
    counted(window, page)
    window.until(lambda: page.open is not None and page.open.draft is not None)
    with window.step("batch-opened"):
        window.press("Ctrl+B")
        dialog: BatchDialog = window.dialog(BatchDialog)
        window.until(lambda: dialog._count > 0)  # noqa: SLF001
    return dialog


def propose(window: Window, page: StandardsPage, wanted: int) -> None:
    """Stop proposing the batch, then propose it for tomorrow."""
    dialog = ready_to_propose(window, days=1)

    def begin() -> None:
        if dialog._result is None:  # noqa: SLF001  the samples come first
            window.press("F9")
            window.until(lambda: dialog.work.running and dialog._result is not None)  # noqa: SLF001
        else:
            window.press("F9")

    stopped(window, dialog.work, "propose", begin, LATE)
    same(0, proposed(window))
    with window.step("proposed"):
        window.press("F9")
        window.until(lambda: not dialog.isVisible())
        window.until(lambda: page.list.model.extent() is not None)
        settled(window)
    same(wanted, proposed(window))


def ready_to_propose(window: Window, *, days: int) -> BatchDialog:
    """Open the batch with its day, so many days from now, and the reason."""
    dialog = batch(window)
    day = window.floor.actions.intake.here.now().date() + timedelta(days=days)
    dialog.day.set_value(day.isoformat())
    window.write("quan sheng xin qing dan")
    return dialog


def proposed(window: Window) -> int:
    """Count the drafts that lie with the publisher."""
    return window.count("standard_drafts", "proposal_id is not null")


def many(window: Window, name: str) -> ManyDialog:
    """Go to the newest proposal and press ``name``'s key; return what opens."""
    with window.step("waiting-opened"):
        window.press("Shift+F9")
        waiting: WaitingDialog = window.dialog(WaitingDialog)
        window.until(lambda: waiting.current() is not None)
        settled(window)
    if name == "publish":
        window.press("F9")
    else:
        if name != "revert":
            waiting.reason.focus_editor()
            window.write("ri qi xie cuo le")
        window.press("Shift+F9")
    dialog: ManyDialog = window.dialog(ManyDialog)
    return dialog


def publish(window: Window, _: str) -> None:
    """Publish as another person, then take it back before its day; stop each twice."""
    before = window.count("standards")
    opened(window, "fa")
    drafts = window.count("standard_drafts")
    for name, versions, left in (("publish", before, 0), ("take-back", before + drafts, drafts)):
        dialog = many(window, name)
        for at in (EARLY, LATE):
            stopped(window, dialog.work, name, lambda: window.press("F9"), at)
        same(versions, window.count("standards"))
        finished(window, dialog, f"{name}-done")
        same(left, window.count("standard_drafts"))
    same(drafts, window.count("standard_lines", "taken_back"))


def finished(window: Window, dialog: ManyDialog, name: str) -> None:
    """Let it end."""
    page: Any = window.floor.shell.page()
    with window.step(name):
        window.press("F9")
        window.until(lambda: not dialog.isVisible())
        window.until(lambda: page.list.model.extent() is not None)
        settled(window)


def drop(window: Window, _: str) -> None:
    """Drop the drafts of the batch; the first press asks, the second does it."""
    opened(window, "bian")
    before = window.count("standard_drafts")
    dialog = batch(window)
    dialog.drop()
    stopped(window, dialog.work, "drop", dialog.drop, 0.5)
    same(before, window.count("standard_drafts"))
    dialog.drop()
    with window.step("drop-done"):
        dialog.drop()
        window.until(lambda: not dialog.isVisible())
        settled(window)
    same(0, window.count("standard_drafts"))


def browse(window: Window, _: str) -> None:
    """Scroll, search, filter, open items one after the other."""
    page = opened(window, "bian")
    rows = page.list.model.rowCount()
    with window.step("list-scrolled"):
        page.list.table.setFocus()
        for key in ("Ctrl+End", "Ctrl+Home", *["PgDown"] * 20, *["PgUp"] * 5):
            window.press(key)
            window.until(lambda: page.list.current() is not None)
        settled(window)
    with window.step("list-jumped"):
        for row in (rows // 3, rows - 1, 0):
            page.list.table.go_to(row)
            window.until(lambda: page.list.current() is not None)
        settled(window)
    for text in ("个体工商户", "990123", "xxxx"):
        with window.step(f"list-searched-{text}"):
            window.press("F3")
            page.list.search.clear()
            window.write(text)
            window.press("Return")
            counted(window, page)
    page.list.search.clear()
    for view, name in enumerate(name for name, _ in VIEWS):
        with window.step(f"list-view-{name}"):
            page.list.show_view(view)
            counted(window, page)
    page.list.show_view(0)
    counted(window, page)
    with window.step("tree-shown"):
        page.tabs.choose(page.fronts.count() - 1)
        settled(window)
    page.tabs.choose(0)
    page.list.table.setFocus()
    for _part in range(2):
        with window.step(f"{READ // 2}-items-read"):
            for _one in range(READ // 2):
                window.press("Down")
                window.until(partial(_is_read, page))
            settled(window)
        print("resident", 0, 0, 0, memory_mib("VmRSS"), flush=True)


def _is_read(page: StandardsPage) -> bool:
    row, shown = page.list.current(), page.open
    return row is not None and shown is not None and shown.row.item_code == row.item_code


def counted(window: Window, page: StandardsPage) -> None:
    """Wait until the list is there and its rows are counted."""
    window.wait(LOOKED_FOR_SECONDS)
    settled(window)
    window.until(lambda: page.list.model.extent() is not None)


def take(window: Window, path: str) -> None:
    """Take a package in: stop it at several moments, then let it end."""
    page = opened(window, "bian")
    window.press("Ctrl+K")
    window.write("取标准包")
    window.press("Return")
    dialog: PackageDialog = window.dialog(PackageDialog)
    window.write(path)
    for at in (EARLY, LATE):
        stopped(window, dialog.work, "package-compare", lambda: window.press("F9"), at)
    ended(window, dialog.work, "package-compared", lambda: window.press("F9"))
    if dialog._found is None:  # noqa: SLF001
        raise AssertionError(dialog.notice.text())
    wanted = dialog._found.report.to_keep  # noqa: SLF001
    for at in (EARLY, LATE):
        stopped(window, dialog.work, "package-keeping", lambda: window.press("F9"), at)
        same(0, window.count("standard_drafts"))
    with window.step("package-kept"):
        window.press("F9")
        window.until(lambda: not dialog.isVisible())
        window.until(lambda: page.list.model.extent() is not None)
        settled(window)
    same(wanted, window.count("standard_drafts"))
    print("drafts", wanted, 0, 0, memory_mib("VmRSS"), flush=True)


def start(window: Window, _: str) -> None:
    """Start, sign in, find an item at once by its initials."""
    with window.step("start-to-sign-in"):
        window.station.show()
        window.until(lambda: window.station.door is not None)
    with window.step("signed-in"):
        window.enter("zhou")
    with window.step("first-item-found"):
        window.press("Alt+2")
        window.press("F2")
        window.write("gtgsh")
        window.until(lambda: window.eyes.sees("个体工商户"))
    settled(window)
    print("resident", 0, 0, 0, memory_mib("VmRSS"), flush=True)


def same(wanted: int, found: int) -> None:
    """Raise unless the store holds as many rows as it should."""
    if wanted != found:
        raise AssertionError(f"{found} rows where {wanted} should be")


WORK: Final = {
    "import": import_list,
    "killed": killed,
    "publish": publish,
    "drop": drop,
    "browse": browse,
    "take": take,
    "start": start,
}


def main(which: str) -> None:
    """Do one of them, then end the program at once."""
    what, _, path = which.partition(":")
    window = Window()
    WORK[what](window, path)
    window.station.end()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
