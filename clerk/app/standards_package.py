"""``clerk --pack-standards`` and ``clerk --take-standards``: item standards from counter to counter.

What is packed is signed with the bureau's key, as a calendar is; what comes is taken only with a
signature by a key that ``settings.toml`` names, and only as drafts. Run while no window is open.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

from clerk import assets, wording_difference
from clerk.app.opening import OpenCounter
from clerk.app.sample_files import read_hall
from clerk.app.sign_data import signed_beside
from clerk.app.starter import shipped_samples
from clerk.app.terminal import ask_who, entered
from clerk.domain.errors import BadInput, ClerkError
from clerk.domain.identity import Session
from clerk.services.letter_template_import import take_packed_letters
from clerk.services.sample_bench import SampleBench
from clerk.services.standard_packing import pack_standards
from clerk.services.standard_unpacking import Package, PackagedChange, PackageFaulty
from clerk.services.standard_unpacking import changes as changes_of
from clerk.services.standard_unpacking import opened as opened_package
from clerk.services.standard_unpacking import take as take_package
from clerk.settings import counter

DATA: Final = ("calendar", "codes", "sheet")
TEMPLATES: Final = "templates/"
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
                _data(),
                _templates(),
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
        _require_signed(given.file)
        with (
            opened_package(given.file) as package,
            entered(given.account, given.passphrase_fd, "没有取标准包") as (opened, session),
        ):
            _show(opened, session, package)
            if given.look:
                return 0
            return _take(opened, session, package, given.batch or given.file.stem)
    except ClerkError as error:
        _complain(error)
        return 1


def _require_signed(file: Path) -> None:
    """Raise ``BadInput`` unless somebody we trust has signed exactly these bytes."""
    from integrations.credentials.signatures import is_signed_by  # loads a cryptographic library

    keys = counter(os.environ).data_keys
    try:
        content = file.read_bytes()
        signature = file.with_name(f"{file.name}.sig").read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"标准包 {file.name} 读不出或没有签名，没有取任何内容。请连同签名文件一起拷来"
        ) from error
    if not is_signed_by(keys, content, signature):
        raise BadInput(
            f"标准包 {file.name} 的签名不对，没有取任何内容。请换成本单位签发的，"
            "或在 settings.toml 里写上打包单位的公钥"
        )


def _show(opened: OpenCounter, session: Session, package: Package) -> None:
    found = changes_of(opened.desk, session, package)
    lines = (line for one in found for line in _lines(one))
    for line in islice(lines, SHOWN):
        print(line)  # noqa: T201  a command of the terminal
    if next(lines, None) is not None:
        print(f"只显示了前{SHOWN}行，取进来以后在“事项标准”里逐项看")  # noqa: T201
    here = {name: sha256(content).hexdigest() for name, content in _data().items()}
    for name in package.differing({**here, **_templates()}):
        print(f"和本机不同，没有取：{name}")  # noqa: T201


def _lines(one: PackagedChange) -> Iterator[str]:
    yield wording_difference.heading(one.change)
    for title, sentences in wording_difference.grouped(one.change, one.before, one.after):
        yield from (f"  {title}：{sentence}" for sentence in sentences)
    if one.draft is None:
        yield "  标准包里没有，本机照旧；不再办理的，请另外取消"
    if one.later:
        yield f"  还有{one.later}个以后的版本，等这一版发布后再取一次"


def _take(opened: OpenCounter, session: Session, package: Package, batch: str) -> int:
    made = f"{package.manifest.made_by} {package.manifest.made_at}"
    letters = take_packed_letters(opened.desk, session, package.letters(), batch)
    if letters:
        print(  # noqa: T201  a command of the terminal
            f"取进了{letters}份承诺书模板，还没有启用，请在“事项标准”的“承诺书模板”里提出"
        )
    taken = take_package(opened.desk, session, package, batch, made, lambda _: True)
    print(  # noqa: T201  a command of the terminal
        f"取进了{taken}份草稿，批次“{batch}”。什么都没有发布，请在“事项标准”里送审"
    )
    return 0


def _data() -> Mapping[str, bytes]:
    names = (name for folder in DATA for name in assets.names("resources", folder))
    return {name: assets.read_bytes("resources", name) for name in names if name.endswith(".toml")}


def _templates() -> Mapping[str, str]:
    return {
        f"{TEMPLATES}{name}": sha256(assets.read_bytes("templates", name)).hexdigest()
        for name in assets.names("templates")
    }


def _complain(error: ClerkError) -> None:
    faults = error.faults if isinstance(error, PackageFaulty) else ()
    for line in (str(error), *faults):
        print(line, file=sys.stderr)  # noqa: T201  a command of the terminal
