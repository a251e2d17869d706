"""``clerk --check-letter``: for the legal office, before its Word file becomes a template."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from clerk.documents.letter_glyphs import pinned_faces
from clerk.documents.letter_lint import lint
from clerk.wording_letters import fault_sentence


def main(arguments: Sequence[str]) -> int:
    """Say everything that is wrong with each file; return 1 where one may not be used."""
    parser = argparse.ArgumentParser(
        prog="clerk --check-letter", description="check Word files meant as letter templates"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--no-promise", action="store_true", help="the letters promise nothing (an agreement)"
    )
    options = parser.parse_args(arguments)
    drawn, refused = pinned_faces(), 0
    for file in options.files:
        try:
            content = file.read_bytes()
        except OSError:
            print(f"{file.name} 读不出来，没有校核。看看文件还在不在", file=sys.stderr)  # noqa: T201
            refused += 1
            continue
        found = lint(content, promises=not options.no_promise, drawn=drawn)
        bad = sum(one.kind.refuses for one in found)
        refused += bad > 0
        for one in found:
            weight = "不能用" if one.kind.refuses else "提示"
            print(f"{file.name} {weight} {fault_sentence(one)}")  # noqa: T201  a command of the terminal
        print(f"{file.name}：{bad}处不能用，{len(found) - bad}处提示")  # noqa: T201
    return 1 if refused else 0
