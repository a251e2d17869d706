"""Cases that are closed and may be archived."""

import subprocess
import sys
from pathlib import Path

from clerk.domain.case_acts import ActWords, CaseAct
from clerk.services import paper_making
from clerk.services.case_acts import do_act
from tests.services.noodle_shop import accepted, complete_in_full
from tests.services.printed_papers import printed as come_out

REASON = "申请人已书面撤回，移交清单由部门另存"


def withdrawn(window, *, printed: bool = True):
    """The noodle shop's case, accepted with everything, printed, told, and then taken back."""
    case = accepted(window, complete_in_full(window))
    if printed:
        for paper in paper_making.make_due_papers(window.desk, window.clerk, case.case_id):
            come_out(window, paper)
    window.deliver()
    window.clock.goes_on(hours=1)
    case = do_act(
        window.desk, window.clerk, case.case_id, CaseAct.WITHDRAW, ActWords(reason="不办了")
    )
    window.deliver()
    return window.stored(case)


def taken_back(window):
    """A case on paper that was taken back at once, with nothing printed: its review fails."""
    case = accepted(window)
    return do_act(
        window.desk, window.clerk, case.case_id, CaseAct.WITHDRAW, ActWords(reason="不办了")
    )


def verified(folder: Path, *options: str, machine: Path) -> subprocess.CompletedProcess[str]:
    """Run the package's own verifier on an empty machine: no site, no path, nothing of ours."""
    machine.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "verify.py"), str(folder), *options],
        cwd=machine,
        env={},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
