"""What differs between two counters, read once and frozen.

``$CLERK_HOME``, else the platform's data folder, holds ``practice/`` and ``counter/`` apart, each
with its own ``settings.toml``. Nothing heavy is imported here: the window is not there yet.
"""

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from pathlib import Path

from clerk.domain.counter import Counter
from clerk.domain.errors import BadInput
from clerk.domain.office import OfficeRules, office_from
from clerk.domain.office_lists import UrgingRung, VanRoute
from clerk.domain.window_profile import WindowProfile, profile_from
from clerk.values import dataclass

PRACTICE_COUNTER = Counter(
    code="03",
    name="3 号窗",
    hall="示例县政务服务中心",
    org_code="11990123MB0001001W",
    phone="000-1000 003",
    address="示例省示例市示例县清河镇演示路 1 号",
    practice=True,
)
"""The practice hall: every name in it says that it is invented."""


PRACTICE_OFFICE = OfficeRules(
    urging_ladder=(
        UrgingRung(account_id="wu", name="值班长吴督导", workdays=2),
        UrgingRung(account_id="zhu", name="中心主任朱主任", workdays=3),
    ),
    van_routes=(
        VanRoute(
            name="清河镇线",
            on=date(2026, 3, 25),
            stops=("清河镇样本村村委会", "清河镇演示路便民点"),
            every_days=14,
        ),
        VanRoute(name="城关镇线", on=date(2026, 4, 1), stops=("城关镇模型街",), every_days=14),
    ),
    government="示例县人民政府",
    courier="示例快递",
    postcode="990123",
)
"""Whom an unanswered 督办 reaches there, where its van goes, and what its papers name."""

KEYRING_SERVICE = "window-clerk"
"""Under this name the system's keyring keeps our secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One counter; ``endpoints`` is empty in practice mode, where the peers say their own."""

    folder: Path
    counter: Counter
    endpoints: Mapping[str, str]
    ca_file: Path | None
    idle_minutes: int
    office: OfficeRules = field(default_factory=OfficeRules)
    profile: WindowProfile = field(default_factory=WindowProfile)
    data_keys: tuple[str, ...] = ()
    """Public keys whose signature makes a data file count, in hex."""
    scan_folder: Path | None = None
    """Where the program of a scanner writes its pages, if there is one."""
    library_shape: str = "soap_typed"
    """What the practice hall's certificate library speaks."""

    @property
    def store(self) -> Path:
        """The store's file."""
        return self.folder / "store.db"

    @property
    def key_file(self) -> Path:
        """The wrapped key beside it."""
        return self.folder / "store.key"


def home(environment: Mapping[str, str]) -> Path:
    """Return the data folder of this user, made by nobody yet."""
    given = environment.get("CLERK_HOME")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA", str(Path.home()))) / "window-clerk"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "window-clerk"
    base = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "window-clerk"


def cache(environment: Mapping[str, str] = os.environ) -> Path:
    """Return this user's folder for what can be made again at any time, made by nobody yet."""
    given = environment.get("XDG_CACHE_HOME")
    if given:
        return Path(given) / "window-clerk"
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA", str(Path.home()))) / "window-clerk" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "window-clerk"
    return Path.home() / ".cache" / "window-clerk"


def practice(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of the practice hall; it needs no file.

    Raises:
        BadInput: it has one that cannot be read, or with another shape than those there are.
    """
    folder = home(environment) / "practice"
    file = folder / "settings.toml"
    read = _practice_file(file)
    return Settings(
        folder=folder,
        counter=PRACTICE_COUNTER,
        endpoints={},
        ca_file=None,
        idle_minutes=10,
        office=PRACTICE_OFFICE,
        data_keys=_keys(read, file),
        library_shape=_practice_shape(read, file),
    )


def counter(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of a real counter.

    Raises:
        BadInput: the file is missing or faulty; the sentence names the file and the line's key.
    """
    folder = home(environment) / "counter"
    file = folder / "settings.toml"
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(
            f"没有窗口设置 {file}，没有打开任何数据。请系统管理员写好后再启动"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"窗口设置 {file} 读不懂，没有打开任何数据。请系统管理员核对") from error
    texts = {name: _text(read, file, name) for name in _COUNTER_TEXTS}
    ca_file, scan_folder = read.get("ca_file"), read.get("scan_folder")
    return Settings(
        folder=folder,
        counter=Counter(**texts, practice=False),
        endpoints=_endpoints(read.get("endpoints", {}), file),
        ca_file=Path(ca_file) if isinstance(ca_file, str) else None,
        idle_minutes=_minutes(read, file),
        scan_folder=Path(scan_folder) if isinstance(scan_folder, str) and scan_folder else None,
        data_keys=_keys(read, file),
        office=office_from(_table(read, file, "office")),
        profile=profile_from(_table(read, file, "profile")),
    )


LIBRARY_SHAPES = ("soap_typed", "soap_string", "rest_json")


def _practice_file(file: Path) -> Mapping[str, object]:
    """Return what the practice hall's file says, nothing where there is none."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"练习设置 {file} 读不懂，没有打开练习环境。请核对或删去这个文件") from error


def _practice_shape(read: Mapping[str, object], file: Path) -> str:
    """Return what the practice library speaks; it may be told in the file that need not be."""
    shape = read.get("library_shape", LIBRARY_SHAPES[0])
    if shape not in LIBRARY_SHAPES:
        raise BadInput(
            f"练习设置 {file} 的 library_shape 应是 {'、'.join(LIBRARY_SHAPES)} 之一，"
            "没有打开练习环境"
        )
    return str(shape)


PEERS = ("certlib", "back_office", "platform")
NOT_EVERYWHERE = ("courier", "credit", "messages", "shared_data")
"""Peers that a counter may do without; what needs them is then not offered."""
_COUNTER_TEXTS = ("code", "name", "hall", "org_code", "phone", "address")


def _endpoints(read: object, file: Path) -> dict[str, str]:
    named = read if isinstance(read, dict) else {}
    wanted = (*PEERS, *(name for name in NOT_EVERYWHERE if name in named))
    return {name: _text(read, file, name) for name in wanted}


def _text(read: object, file: Path, name: str) -> str:
    value = read.get(name) if isinstance(read, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"窗口设置 {file} 缺 {name}，没有打开任何数据。请系统管理员补上")
    return value


def _keys(read: Mapping[str, object], file: Path) -> tuple[str, ...]:
    value = read.get("data_keys", [])
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        raise BadInput(f"窗口设置 {file} 的 data_keys 应是密钥的列表，没有打开任何数据")
    return tuple(value)


def _table(read: Mapping[str, object], file: Path, name: str) -> Mapping[str, object]:
    told = read.get(name, {})
    if not isinstance(told, dict):
        raise BadInput(f"窗口设置 {file} 的 {name} 应是一张表，没有打开任何数据")
    return told


def _minutes(read: Mapping[str, object], file: Path) -> int:
    value = read.get("idle_minutes", 10)
    if not isinstance(value, int) or not 5 <= value <= 15:
        raise BadInput(f"窗口设置 {file} 的 idle_minutes 应是 5 到 15，没有打开任何数据")
    return value
