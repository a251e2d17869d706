"""Starts the workstation, its self-check or its tour: ``python -m clerk``, or ``clerk``.

Nothing heavy is imported before it is known what is wanted.
"""

import os
import sys
from collections.abc import Mapping, Sequence

import clerk

USAGE = """\
usage: clerk [--counter | --add-account … | --sign-data … | --archive … | --rederive … | --recheck … | --check-list … | --check-samples … | --lint-standards … | --pack-standards … | --take-standards … | --self-check | --tour | --version]

  --counter      open the real counter of this machine instead of the practice hall
  --add-account  put a person on the real counter; the first one makes it
  --sign-data    sign a calendar with the bureau's key, which is made at the first time
  --archive      make the packages of closed cases, one or all, in a folder
  --rederive     work every case out from its events again and say which differ
  --recheck      check every stored case again and say how many verdicts differ
  --check-list   say what is wrong with a bureau's worksheet of items, by row
  --check-samples  run the sample cases of item standards and say what differs
  --lint-standards  say what makes no sense in item standards, with the way out
  --pack-standards  pack and sign the item standards for another counter
  --take-standards  show what such a package changes, and take it in as drafts
  --self-check   prove that this installed copy works, line by line
  --tour         play the tour through the real window; further arguments go to it
  --version      print the version

Every other argument goes to the workstation.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for and return the exit code.

    2 means that the command could not be started here at all.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    match given[:1]:
        case ["--version"]:
            print(f"clerk {clerk.__version__}")
            return 0
        case ["--help" | "-h"]:
            print(USAGE, end="")
            return 0
        case ["--self-check"]:
            from clerk import selfcheck

            return selfcheck.main()
        case ["--add-account"]:
            from clerk.app import add_account

            return add_account.main(given[1:])
        case ["--sign-data"]:
            from clerk.app import sign_data

            return sign_data.main(given[1:])
        case ["--archive"]:
            from clerk.app import archive

            return archive.main(given[1:])
        case ["--rederive"]:
            from clerk.app import rederive

            return rederive.main(given[1:])
        case ["--recheck"]:
            from clerk.app import recheck

            return recheck.main(given[1:])
        case ["--check-list"]:
            from clerk.app import check_list

            return check_list.main(given[1:])
        case ["--check-samples"]:
            from clerk.app import check_samples

            return check_samples.check_samples(given[1:])
        case ["--lint-standards"]:
            from clerk.app import check_samples

            return check_samples.lint_standards(given[1:])
        case ["--pack-standards"]:
            from clerk.app import standards_package

            return standards_package.pack(given[1:])
        case ["--take-standards"]:
            from clerk.app import standards_package

            return standards_package.take(given[1:])
        case ["--tour"]:
            from clerk import tour

            return tour.main(given[1:])
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
