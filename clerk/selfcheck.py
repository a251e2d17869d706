"""``clerk --self-check``: proves that this installed copy works here, one line per thing.

It makes its own scratch store and practice peers and touches nothing of the counter's. A line is
``ok``, ``note`` (works, but somebody should know) or ``fail``; one ``fail`` makes the exit code 1.
"""

import base64
import hashlib
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Final

import clerk
from clerk import assets, input_method
from clerk.domain.errors import ClerkError
from clerk.values import dataclass


class State(StrEnum):
    """How a line came out."""

    OK = "ok"
    NOTE = "note"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was looked at."""

    state: State
    text: str


def ok(text: str) -> Line:
    return Line(state=State.OK, text=text)


def note(text: str) -> Line:
    return Line(state=State.NOTE, text=text)


def fail(text: str) -> Line:
    return Line(state=State.FAIL, text=text)


Check = Callable[[Path], Iterator[Line]]
"""Takes a scratch folder of its own; yields at least one line."""

DISTRIBUTION: Final = "window-clerk"
OLDEST_SQLITE: Final = (3, 51, 3)
SANS: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC")
SERIF: Final = (
    "AR PL SungtiL GB",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "Songti SC",
)
RARE_CHARACTER: Final = "𠮷"

_INPUT_LINES: Final[Mapping[input_method.Means, Line]] = {
    input_method.Means.SYSTEM: ok("由操作系统提供"),
    input_method.Means.FCITX: ok("fcitx"),
    input_method.Means.IBUS: ok("ibus"),
    input_method.Means.IBUS_TO_FCITX: ok("fcitx5，经 ibus 接口"),
    input_method.Means.COMPOSITOR: note("由桌面环境的 Wayland 文本输入提供，请实际试打一个字"),
    input_method.Means.OTHER: note("按 QT_IM_MODULE 指定的插件，请实际试打一个字"),
    input_method.Means.NOTHING: note(
        "没有正在运行的输入法，不能输入汉字；请安装并启动 fcitx5（fcitx5-chinese-addons）或 "
        "ibus（ibus-libpinyin）"
    ),
}


def check_installation(_scratch: Path) -> Iterator[Line]:
    """Every file of the wheel is there and unchanged."""
    try:
        files = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield note(f"未安装，直接从 {Path(clerk.__file__).parent.parent} 运行")
        return
    ours = [file for file in files if file.parts[0] in {"clerk", "integrations"} and file.hash]
    changed = [str(file) for file in ours if not _is_as_packed(file)]
    if changed:
        yield fail(f"{len(changed)} 个文件缺失或被改动：{'、'.join(changed[:5])}")
    elif ours:
        yield ok(f"{clerk.__version__}，{len(ours)} 个文件与发布时一致")
    else:
        yield note(f"{clerk.__version__}，开发安装，文件不核对")


def check_assets(_scratch: Path) -> Iterator[Line]:
    """Templates and resources can be read."""
    for room in ("templates", "resources"):
        names = assets.names(room)
        size_bytes = sum(len(assets.read_bytes(room, name)) for name in names)
        if size_bytes:
            yield ok(f"{room}：{len(names)} 个文件，{size_bytes // 1024} KiB")
        else:
            yield fail(f"{room}：没有文件，请重新安装")


def check_fonts(_scratch: Path) -> Iterator[Line]:
    """The screen has a sans, the papers a Song face, and a rare character can be drawn."""
    from PyQt6.QtGui import QFont, QFontDatabase, QFontMetrics

    present = QFontDatabase.families()
    for use, wanted, package in (
        ("屏幕", SANS, "fonts-noto-cjk"),
        ("文书宋体", SERIF, "fonts-arphic-gbsn00lp"),
    ):
        found = [name for name in wanted if name in present]
        if found:
            yield ok(f"{use}：{found[0]}")
        else:
            yield fail(f"{use}：没有中文字体，文字会显示成方框；请安装 {package}")
    drawn = [
        name
        for name in (*SANS, *SERIF)
        if name in present and QFontMetrics(QFont(name)).inFontUcs4(ord(RARE_CHARACTER))
    ]
    if drawn:
        yield ok(f"生僻字：{drawn[0]}")
    else:
        yield note(f"生僻字（如 {RARE_CHARACTER}）没有字体，姓名中会显示成方框")


def check_input_method(_scratch: Path) -> Iterator[Line]:
    """Chinese can be typed; on a machine without a display nothing can be said."""
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        yield note("没有图形界面，未检查")
        return
    yield _INPUT_LINES[input_method.prepare(dict(os.environ)).means]


def check_papers(_scratch: Path) -> Iterator[Line]:
    """A page goes through the child process to PDF and back to a picture."""
    from weasyprint.text.ffi import harfbuzz_subset

    from clerk.documents.press import Press

    if harfbuzz_subset is None:
        yield fail("缺少 libharfbuzz-subset，每份文书要慢几十倍；请安装 libharfbuzz-subset0")
    press = Press()
    try:
        paper = press.print_html('<html lang="zh-CN"><p>受理通知书</p></html>')
        picture = press.rasterise(paper.pdf)
    finally:
        press.close()
    yield ok(f"PDF {len(paper.pdf) // 1024} KiB，{paper.pages} 页，图像 {picture.width} 像素宽")


def check_store(scratch: Path) -> Iterator[Line]:
    """A new encrypted store keeps a line over closing and opening."""
    import sqlcipher3

    from clerk.storage.engine import Store

    version = str(sqlcipher3.sqlite_version)
    if tuple(int(part) for part in version.split(".")) < OLDEST_SQLITE:
        yield fail(f"SQLite {version} 过旧，可能损坏数据；请重新安装 sqlcipher3")
        return
    file, key = scratch / "clerk.db", secrets.token_bytes(32)
    for _ in range(2):
        store = Store.open(file, key=key, now=_now, station="self-check")
        store.verify_pages()
        store.close()
    if file.read_bytes().startswith(b"SQLite format 3"):
        yield fail("数据文件没有加密")
    else:
        yield ok(f"SQLite {version}，加密存储写入、关闭、重新打开正常")


def check_keyring(_scratch: Path) -> Iterator[Line]:
    """Which keyring wraps the store's key; having none is a normal case."""
    from integrations.credentials.secret_store import find_secret_store

    found = find_secret_store("window-clerk-self-check")
    yield ok(found.keyring if found else "没有可用的密钥环，每次登录凭口令打开存储")


def check_practice(scratch: Path) -> Iterator[Line]:
    """Every peer of the practice province starts and says where it listens."""
    from integrations.practice.province import PracticeProvince

    with PracticeProvince(scratch) as province:
        for peer, url in province.urls.items():
            yield ok(f"{peer}：{url}")


CHECKS: Final[Mapping[str, Check]] = {
    "安装": check_installation,
    "资料": check_assets,
    "字体": check_fonts,
    "输入法": check_input_method,
    "文书": check_papers,
    "存储": check_store,
    "密钥环": check_keyring,
    "练习环境": check_practice,
}


def main(checks: Mapping[str, Check] = CHECKS) -> int:
    """Run ``checks``, print their lines, and return 1 if one of them failed."""
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PyQt6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication(["clerk"])
    failed = False
    for name, check in checks.items():
        for line in _lines_of(check):
            print(f"{line.state:<5} {name}：{line.text}", flush=True)
            failed = failed or line.state is State.FAIL
    del application
    return int(failed)


def _lines_of(check: Check) -> Iterator[Line]:
    """Yield what ``check`` finds; known trouble is a line, so the next check still runs."""
    with tempfile.TemporaryDirectory(prefix="clerk-check-") as scratch:
        try:
            yield from check(Path(scratch))
        except (ClerkError, OSError, ImportError) as error:
            yield fail(str(error))


def _is_as_packed(file: metadata.PackagePath) -> bool:
    path = Path(str(file.locate()))
    if file.hash is None or not path.is_file():
        return False
    digest = hashlib.new(file.hash.mode, path.read_bytes()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=") == file.hash.value


def _now() -> datetime:
    return datetime.now(UTC)
