"""``clerk --pack-standards`` and ``clerk --take-standards``: item standards from counter to counter.

What is packed is signed with the bureau's key, as a calendar is; what comes is taken only with a
signature by a key that ``settings.toml`` names, and only as drafts. Run while no window is open.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from clerk.app.opening import OpenCounter
from clerk.app.package_reading import reading
from clerk.app.package_wiring import compare_signed, data_files, template_digests
from clerk.app.sample_files import read_hall
from clerk.app.sign_data import signed_beside
from clerk.app.starter import shipped_samples
from clerk.app.terminal import ask_who, entered
from clerk.app.terminal_progress import Progress
from clerk.domain.errors import ClerkError
from clerk.domain.identity import Session
from clerk.domain.letter_template import TemplateFaulty
from clerk.domain.sheet_report import DraftLine
from clerk.domain.standard_package import PackageFaulty
from clerk.services.package_taking import ComparedPackage, keep_package
from clerk.services.sample_bench import SampleBench
from clerk.services.standard_packing import pack_standards
from clerk.settings import counter
from clerk.wording_letters import fault_sentence
from clerk.wording_sheet import CHANGE
from clerk.wording_standard import package_fault_words

SHOWN: Final = 200


def pack(arguments: Sequence[str]) -> int:
    """Pack what is in force or still to come, and sign it; return the exit code."""
    parser = argparse.ArgumentParser(prog="clerk --pack-standards")
    parser.add_argument("file", type=Path, help="the package to be written (zip)")
    parser.add_argument("--key", type=Path, required=True, help="file of the bureau's private key")
    ask_who(parser, "somebody who reads standards")
    given = parser.parse_args(list(arguments))
    try:
        with entered(given.account, given.passphrase_fd, "没有打包") as (opened, session):
            packed = pack_standards(
                opened.desk,
                session,
                given.file,
                SampleBench(read_hall=read_hall, shipped=shipped_samples).kept,
                data_files(),
                template_digests(),
            )
        signature = signed_beside(given.key, given.file)
    except ClerkError as error:
        _complain(error)
        return 1
    print(  # noqa: T201  a command of the terminal
        f"打包了{packed.items}个事项，{packed.versions}个版本，{packed.samples}份样例，"
        f"{packed.letters}份承诺书模板：{given.file}，"
        f"签名 {signature}"
    )
    return 0


def take(arguments: Sequence[str]) -> int:
    """Show what a package changes and take it in as drafts; return the exit code."""
    parser = argparse.ArgumentParser(prog="clerk --take-standards")
    parser.add_argument("file", type=Path, help="the package; its signature lies beside it")
    parser.add_argument("--look", action="store_true", help="only show what would change")
    parser.add_argument("--batch", default="", help="by what name it is found again")
    ask_who(parser, "an editor of standards")
    given = parser.parse_args(list(arguments))
    try:
        with reading(given.file, counter(os.environ).data_keys):
            pass  # who signed it, before anybody types a word
        with entered(given.account, given.passphrase_fd, "没有取标准包") as (opened, session):
            with Progress("正在核对、比较") as progress:
                found = compare_signed(opened, session, given.file, progress.told)
            if found is None:
                raise AssertionError("nobody stopped it")
            with closing(found):
                _show(found)
                if given.look:
                    return 0
                return _take(opened, session, found, given.batch or given.file.stem)
    except ClerkError as error:
        _complain(error)
        return 1


def _show(found: ComparedPackage) -> None:
    report = found.report
    lines = (line for one in report.drafts for line in _lines(one))
    for line in islice(lines, SHOWN):
        print(line)  # noqa: T201  a command of the terminal
    if next(lines, None) is not None:
        print(f"只显示了前{SHOWN}行，取进来以后在“事项标准”里逐项看")  # noqa: T201
    if report.unlisted:
        print(  # noqa: T201  a command of the terminal
            f"标准包里没有的现行事项{report.unlisted}个，本机照旧；不再办理的，请另外取消"
        )
    for name in found.differing:
        print(f"和本机不同，没有取：{name}")  # noqa: T201


def _lines(one: DraftLine) -> Iterator[str]:
    yield f"{CHANGE[one.change]}事项：{one.name}（{one.item_code}）"
    for title, sentences in one.sentences:
        yield from (f"  {title}：{sentence}" for sentence in sentences)


def _take(opened: OpenCounter, session: Session, found: ComparedPackage, batch: str) -> int:
    with Progress("正在存为草稿") as progress:
        taken = keep_package(opened.desk, session, found, batch, progress.told)
    if taken is None:
        raise AssertionError("nobody stopped it")
    if taken.letters:
        print(  # noqa: T201  a command of the terminal
            f"取进了{taken.letters}份承诺书模板，还没有启用，请在“事项标准”的“承诺书模板”里提出"
        )
    print(  # noqa: T201  a command of the terminal
        f"取进了{taken.drafts}份草稿，批次“{batch}”。什么都没有发布，请在“事项标准”里送审"
    )
    return 0


def _complain(error: ClerkError) -> None:
    for line in (str(error), *_faults_of(error)):
        print(line, file=sys.stderr)  # noqa: T201  a command of the terminal


def _faults_of(error: ClerkError) -> Iterable[str]:
    match error:
        case PackageFaulty():
            return map(package_fault_words, error.faults)
        case TemplateFaulty():
            return map(fault_sentence, error.faults)
    return ()
