"""Chinese can be typed wherever a daemon runs, whatever the desktop asked for."""

import sys

import pytest

from clerk.input_method import Choice, Means, choose, installed_plugins, prepare, running_processes

OURS = frozenset({"ibus", "compose"})
X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}


@pytest.mark.parametrize(
    ("environment", "daemons", "expected"),
    [
        (X11, {"fcitx5"}, Choice(means=Means.IBUS_TO_FCITX, module="ibus")),
        (
            X11 | {"QT_IM_MODULE": "fcitx"},
            {"fcitx5"},
            Choice(means=Means.IBUS_TO_FCITX, module="ibus"),
        ),
        (
            X11 | {"QT_IM_MODULES": "wayland;fcitx", "QT_IM_MODULE": "fcitx"},
            {"fcitx5"},
            Choice(means=Means.IBUS_TO_FCITX, module="ibus"),
        ),
        (X11, {"ibus-daemon"}, Choice(means=Means.IBUS, module="ibus")),
        (X11 | {"QT_IM_MODULE": "xim"}, {"ibus-daemon"}, Choice(means=Means.IBUS, module="ibus")),
        (X11 | {"QT_IM_MODULE": "ibus"}, {"ibus-daemon"}, Choice(means=Means.IBUS)),
        (WAYLAND, set(), Choice(means=Means.COMPOSITOR)),
        (WAYLAND | {"QT_IM_MODULES": "wayland;fcitx"}, set(), Choice(means=Means.COMPOSITOR)),
        (
            WAYLAND | {"QT_IM_MODULE": "fcitx"},
            {"fcitx5"},
            Choice(means=Means.IBUS_TO_FCITX, module="ibus"),
        ),
        (X11, set(), Choice(means=Means.NOTHING)),
        (X11, {"fcitx"}, Choice(means=Means.NOTHING)),
        (X11 | {"QT_IM_MODULE": "compose"}, set(), Choice(means=Means.NOTHING)),
    ],
)
def test_a_running_daemon_is_reached_through_a_plugin_that_our_qt_has(
    environment, daemons, expected
):
    assert choose(environment, OURS, daemons) == expected


def test_a_plugin_that_somebody_built_for_our_qt_is_used_as_it_is_asked_for():
    plugins = OURS | {"fcitx5", "maliit"}

    fcitx = choose(X11 | {"QT_IM_MODULE": "fcitx"}, plugins, {"fcitx5"})
    maliit = choose(X11 | {"QT_IM_MODULE": "maliit"}, plugins, set())

    assert fcitx == Choice(means=Means.FCITX)
    assert maliit == Choice(means=Means.OTHER)


def test_this_machine_is_looked_at_without_touching_what_works_elsewhere():
    """The parts that read the machine: our Qt has its plugins, a choice is written for Qt."""
    environment = dict(X11)

    choice = prepare(environment)

    if sys.platform == "linux":
        assert {"ibus", "compose"} <= installed_plugins()
        assert running_processes()
    assert environment.get("QT_IM_MODULE") == choice.module
