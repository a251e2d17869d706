"""What Ctrl K opens over the pages: to each role its own lists, and each of them when chosen."""

import pytest

from clerk.app.ledger_wiring import ledger_actions
from clerk.app.lists import acts_of_lists
from clerk.app.number_wiring import number_actions
from clerk.app.wiring import actions_for
from clerk.domain.identity import Role
from clerk.ui.acts import Act
from clerk.ui.certificate_uses import UsesWork
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import window_of
from tests.stories.pictures import grab

BUNDLES = ("批次上报", "收批次", "批次名单")
STEP_TIMES = "分步用时：办一件的时间花在哪一步"
USES = "用证记录（本人查询）"
OFFERED = {
    Role.WINDOW_CLERK: [
        "日终核对",
        *BUNDLES,
        "上门服务名单",
        USES,
        "证照纠错的答复",
        "文号台账",
        "验签",
    ],
    Role.CHIEF_REPRESENTATIVE: [*BUNDLES, "承诺核查情况", "验签"],
    Role.SUPERVISOR: [
        "日终核对",
        "双公示导出",
        "承诺核查情况",
        STEP_TIMES,
        "用证对账",
        "文号台账",
        "验签",
        "归档已办结的件",
    ],
    Role.RESULT_CLERK: ["日终核对", "空白证照台账", "双公示导出", "上门服务名单", "验签"],
    Role.AGENT: ["验签"],
    Role.STANDARD_EDITOR: [STEP_TIMES],
    Role.STANDARD_PUBLISHER: [STEP_TIMES],
    Role.SYSTEM_ADMIN: [],
    Role.SECURITY_ADMIN: [],
    Role.AUDITOR: [USES, "用证对账"],
}


def acts_for(counter: AtCounter, role: Role) -> dict[str, Act]:
    """What a person of this role is offered at the running window, by name."""
    opened, session = counter.opened, window_of(counter).session(role)
    actions = actions_for(opened, session)
    here = actions.intake.here
    acts = acts_of_lists(
        counter.floor.shell,
        actions,
        ledger_actions(opened, session, here),
        number_actions(opened.desk, session, here),
        counter.station.jobs,
        opened.printers,
        counter.floor.open_case,
    )
    return {act.title: act for act in acts}


@pytest.mark.parametrize("role", Role)
def test_each_role_is_offered_its_own_lists_in_their_order(counter, role):
    assert list(acts_for(counter, role)) == OFFERED[role]


@pytest.mark.parametrize(
    ("role", "name", "dialog"),
    [
        (Role.WINDOW_CLERK, "日终核对", "日终核对"),
        (Role.RESULT_CLERK, "空白证照台账", "空白证照台账"),
        (Role.SUPERVISOR, "双公示导出", "双公示导出"),
        (Role.WINDOW_CLERK, "上门服务名单", "上门服务名单"),
        (Role.SUPERVISOR, "承诺核查情况", "承诺核查情况"),
        (Role.STANDARD_EDITOR, STEP_TIMES, "分步用时"),
        (Role.WINDOW_CLERK, USES, "用证记录"),
        (Role.AUDITOR, "用证对账", "用证对账"),
        (Role.WINDOW_CLERK, "证照纠错的答复", "证照纠错"),
        (Role.WINDOW_CLERK, "文号台账", "文号台账"),
        (Role.WINDOW_CLERK, "验签", "验签"),
        (Role.SUPERVISOR, "归档已办结的件", "归档已办结的件"),
    ],
)
def test_a_list_that_is_chosen_opens(counter, role, name, dialog):
    acts_for(counter, role)[name].trigger()

    counter.until(lambda: counter.dialog() == dialog)
    grab(counter, f"list-{dialog}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("批次上报", "没有等着上报的件"),
        ("收批次", "没有要收的批次"),
        ("批次名单", "还没有上报过批次"),
    ],
)
def test_where_no_bundle_waits_it_is_said(counter, name, said):
    acts_for(counter, Role.WINDOW_CLERK)[name].trigger()

    counter.until_seen(said)


def test_a_list_that_is_opened_again_is_not_made_again(counter):
    shell, act = counter.floor.shell, acts_for(counter, Role.WINDOW_CLERK)[USES]
    before = len(shell.findChildren(UsesWork))

    for _ in range(2):
        act.trigger()
        counter.until(lambda: counter.dialog() == "用证记录")
        counter.press("Esc")
        counter.until(lambda: not counter.dialog())

    assert len(shell.findChildren(UsesWork)) == before + 1
