"""Starts the workstation, its self-check or its tour: ``python -m clerk``, or ``clerk``.

Nothing heavy is imported before it is known what is wanted.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

import clerk

USAGE = """\
usage: clerk [--counter | --add-account … | --sign-data … | --archive … | --rederive … | --recheck … | --verify-journal … | --verify-numbers … | --submit-issued … | --check-list … | --check-samples … | --lint-standards … | --check-letter … | --pack-standards … | --take-standards … | --sample-papers | --self-check | --tour | --version]

  --counter      open the real counter of this machine instead of the practice hall
  --add-account  put a person on the real counter; the first one makes it
  --sign-data    sign a calendar with the bureau's key, which is made at the first time
  --archive      make the packages of closed cases, one or all, in a folder
  --rederive     work every case out from its events again and say which differ
  --recheck      check every stored case again and say how many verdicts differ
  --verify-journal  walk the journal of every station and say where it breaks
  --verify-numbers  prove every series of paper numbers whole, or say what is missing
  --submit-issued  give the certificate library what was issued here before
  --check-list   say what is wrong with a bureau's worksheet of items, by row
  --check-samples  run the sample cases of item standards and say what differs
  --lint-standards  say what makes no sense in item standards, with the way out
  --check-letter  say what is wrong with a Word file meant as a letter template
  --pack-standards  pack and sign the item standards for another counter
  --take-standards  show what such a package changes, and take it in as drafts
  --sample-papers  draw every paper, filled in with invented people, in a folder
  --self-check   prove that this installed copy works, line by line
  --tour         play the tour through the real window; further arguments go to it
  --version      print the version

Every other argument goes to the workstation.
"""

COMMANDS: Mapping[str, tuple[str, str]] = {
    "--tour": ("clerk.tour", "main"),
    "--add-account": ("clerk.app.add_account", "main"),
    "--sign-data": ("clerk.app.sign_data", "main"),
    "--archive": ("clerk.app.archive", "main"),
    "--rederive": ("clerk.app.rederive", "main"),
    "--recheck": ("clerk.app.recheck", "main"),
    "--verify-journal": ("clerk.app.verify_journal", "main"),
    "--verify-numbers": ("clerk.app.verify_numbers", "main"),
    "--submit-issued": ("clerk.app.submit_issued", "main"),
    "--check-list": ("clerk.app.check_list", "main"),
    "--check-samples": ("clerk.app.check_samples", "check_samples"),
    "--lint-standards": ("clerk.app.check_samples", "lint_standards"),
    "--check-letter": ("clerk.app.check_letter", "main"),
    "--sample-papers": ("clerk.tour.paper_pictures", "main"),
    "--pack-standards": ("clerk.app.standards_package", "pack"),
    "--take-standards": ("clerk.app.standards_package", "take"),
}
"""Module and function of each command; a module is imported when its command is asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for and return the exit code.

    2 means that the command could not be started here at all.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    asked = given[0] if given else ""
    if asked == "--version":
        print(f"clerk {clerk.__version__}")
        return 0
    if asked in {"--help", "-h"}:
        print(USAGE, end="")
        return 0
    if asked == "--self-check":
        from clerk import selfcheck

        return selfcheck.main()
    if asked in COMMANDS:
        module, function = COMMANDS[asked]
        command: Callable[[Sequence[str]], int] = getattr(import_module(module), function)
        return command(given[1:])
    if not has_display(sys.platform, os.environ):
        print("这台机器没有图形界面，工作台无法打开窗口；请在有桌面的终端上启动。", file=sys.stderr)
        return 2
    from clerk import app

    return app.main(given)


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown: always outside Linux, there if a display is named.

    Qt's own ``QT_QPA_PLATFORM`` counts as one: who sets it knows what he does.
    """
    return platform != "linux" or any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


if __name__ == "__main__":
    sys.exit(main())
