"""Chooses how Chinese text (中文输入) can be typed on Linux, before the application object exists.

PyQt6's wheels bring Qt's own ``ibus`` and ``compose`` input contexts but no ``fcitx`` one, and the
plugin of the system's fcitx was built for the system's Qt and does not load into ours. Qt then
falls back to ``compose``, with which no Chinese can be typed, and says nothing. fcitx5 also
answers as ibus, so ``QT_IM_MODULE=ibus`` reaches it through the plugin that is there.

It runs before the first paint, so neither pathlib nor dataclasses is loaded for it.
"""

import os
import sys
from collections.abc import Collection, Mapping, MutableMapping
from enum import StrEnum
from typing import NamedTuple


class Means(StrEnum):
    """What carries Chinese text into the window."""

    SYSTEM = "system"  # Windows and macOS do it themselves
    FCITX = "fcitx"
    IBUS = "ibus"
    IBUS_TO_FCITX = "ibus_to_fcitx"
    COMPOSITOR = "compositor"  # Wayland's text-input, if the desktop offers it
    OTHER = "other"  # a plugin that was asked for by name
    NOTHING = "nothing"


class Choice(NamedTuple):
    """The means found, and the ``QT_IM_MODULE`` to set for it; ``None`` leaves it as it is."""

    means: Means
    module: str | None = None


def choose(
    environment: Mapping[str, str], plugins: Collection[str], daemons: Collection[str]
) -> Choice:
    """Choose for one Linux desktop.

    Args:
        environment: the process's; ``QT_IM_MODULES`` goes before ``QT_IM_MODULE``, as in Qt.
        plugins: Qt's input contexts in our Qt, by name: ``ibus``, ``compose``, ``fcitx5`` …
        daemons: names of running processes.

    Returns:
        What was asked for if it can work; else whatever reaches a running daemon; else
        ``Means.NOTHING``.
    """
    asked = _asked_for(environment)
    wayland = bool(environment.get("WAYLAND_DISPLAY"))
    for module in asked:
        means = _means_of(module, plugins, daemons, wayland=wayland)
        if means is not Means.NOTHING:
            return Choice(means=means)
    if wayland and not asked:
        return Choice(means=Means.COMPOSITOR)
    for module in ("fcitx", "ibus"):
        means = _means_of(module, plugins, daemons, wayland=wayland)
        if means is not Means.NOTHING:
            return Choice(means=means, module=module)
    return Choice(means=Means.NOTHING)


def prepare(environment: MutableMapping[str, str]) -> Choice:
    """Choose for this machine and write the choice into ``environment``.

    Call it before the application object is made; Qt reads the variables only once.
    """
    if sys.platform != "linux":
        return Choice(means=Means.SYSTEM)
    choice = choose(environment, installed_plugins(), running_processes())
    if choice.module is not None:
        environment["QT_IM_MODULE"] = choice.module
        environment.pop("QT_IM_MODULES", None)
    return choice


def installed_plugins() -> frozenset[str]:
    """Return the names of the input contexts that our own Qt can load."""
    from PyQt6.QtCore import QLibraryInfo

    plugins = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    folder = f"{plugins}/platforminputcontexts"
    suffix = "platforminputcontextplugin.so"
    return frozenset(
        name.removeprefix("lib").removesuffix(suffix)
        for name in (os.listdir(folder) if os.path.isdir(folder) else ())  # noqa: PTH112, PTH208
        if name.endswith(suffix)
    )


def running_processes() -> frozenset[str]:
    """Return the names of this machine's processes, as far as they can be read."""
    names = set()
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                with open(f"{entry.path}/comm", encoding="utf-8") as comm:  # noqa: PTH123
                    names.add(comm.read().strip())
            except OSError:  # it has just ended
                continue
    return frozenset(names)


def _asked_for(environment: Mapping[str, str]) -> list[str]:
    several = [name for name in environment.get("QT_IM_MODULES", "").split(";") if name]
    one = environment.get("QT_IM_MODULE", "")
    return several or ([one] if one else [])


def _means_of(
    module: str, plugins: Collection[str], daemons: Collection[str], *, wayland: bool
) -> Means:
    fcitx = "fcitx5" in daemons
    if module in {"fcitx", "fcitx5"}:
        there = bool({"fcitx", "fcitx5"} & set(plugins))
        return Means.FCITX if there and (fcitx or "fcitx" in daemons) else Means.NOTHING
    if module == "ibus":
        if "ibus" not in plugins:
            return Means.NOTHING
        if "ibus-daemon" in daemons:
            return Means.IBUS
        return Means.IBUS_TO_FCITX if fcitx else Means.NOTHING
    if module == "wayland":
        return Means.COMPOSITOR if wayland else Means.NOTHING
    return Means.OTHER if module in plugins and module != "compose" else Means.NOTHING
