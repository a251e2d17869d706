"""The practice library misbehaves when the trainer says so in Ctrl K, and is mended there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.app.opening import PracticeTools
from clerk.app.practice_library import library_acts
from clerk.jobs import Jobs
from integrations.devices.simulated.printer import SimulatedPrinters
from integrations.devices.simulated.reader import SimulatedReader
from integrations.devices.simulated.scanner import SimulatedScanner
from integrations.practice.control import read_state
from integrations.practice.province import PracticeProvince


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[PracticeTools]:
    with PracticeProvince(tmp_path / "province", peers=("certlib",)) as province:
        yield PracticeTools(
            province=province,
            reader=SimulatedReader(),
            scanner=SimulatedScanner(),
            printer=SimulatedPrinters(tmp_path, names=("练习打印机",), done="存成文件"),
        )


def test_one_line_makes_the_library_lie_and_one_mends_it(qtbot, jobs: Jobs, tools: PracticeTools):
    heard: list[str] = []
    acts = {act.name: act.trigger for act in library_acts(tools, heard.append, jobs)}
    url = tools.province.control_url("certlib")

    acts["练习：证照文件被改动"]()
    qtbot.waitUntil(lambda: len(heard) == 1)
    changed = read_state(url)["guises"]
    acts["练习：证照库恢复正常"]()
    qtbot.waitUntil(lambda: len(heard) == 2)

    assert changed == {"*": "changed_byte"}
    assert read_state(url)["guises"] == {"*": "normal"}
    assert heard == ["练习：证照文件现在都在盖章以后改动过", "练习：证照库和证照都恢复正常"]


def test_a_library_that_is_gone_is_said_so(qtbot, jobs: Jobs, tools: PracticeTools):
    heard: list[str] = []
    acts = {act.name: act.trigger for act in library_acts(tools, heard.append, jobs)}
    tools.province.kill("certlib")

    acts["练习：证照库断线"]()
    qtbot.waitUntil(lambda: len(heard) == 1)

    assert heard == ["练习：证照库没有在运行，要先重新启动程序"]
