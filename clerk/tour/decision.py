"""From the lock to the hand-out: another person decides, the result goes to the applicant."""

from clerk.domain.case import CaseState
from clerk.domain.papers import PaperKind
from clerk.domain.pin import PRACTICE_PIN
from clerk.domain.review import PointOutcome
from clerk.tour.moves import Moves, Picture, Press, Say, See, Step
from clerk.tour.parts import do, expect, go_to, see
from clerk.tour.scene import Scene
from integrations.practice.people import ZHANG_SHILI

MOST_LOOKS = 20


def lock(scene: Scene) -> Moves:
    yield Press("Ctrl+L")
    yield see(scene, "换人登录", "刚刚锁上")
    yield Picture()
    yield Say("practice")
    yield Press("Return")
    yield See("解锁", lambda: not scene.eyes.sees("换人登录"))


def unlocked(scene: Scene) -> str:
    acts = scene.journal_acts(None)
    expect(acts.count("account.signed_in") >= 2, "日志里没有解锁时的核对")
    return "解锁核对过密码，日志里有"


def change_person(scene: Scene, name: str, arrow: str) -> Moves:
    """Lock, hand the seat over, and sign in as somebody else."""
    yield Press("Ctrl+L")
    yield see(scene, "换人登录")
    yield from go_to(scene, "换人登录", key="Tab")
    yield Press("Space")
    yield see(scene, "登录人")
    yield from go_to(scene, "登录人", key="Shift+Tab")
    yield from go_to(scene, name, key=arrow)
    yield from go_to(scene, "密码", key="Tab")
    yield Say("practice")
    yield Press("Return")
    yield See(f"{name}的窗口", lambda: name in scene.eyes.title(), seconds=20)


def to_chief(scene: Scene) -> Moves:
    yield from change_person(scene, "郑范例", "Down")
    yield see(scene, "审批", scene.numbers["noodles"])
    yield Picture()


def chief_signed_in(scene: Scene) -> str:
    expect(scene.last_account() == "zheng", f"日志最后登录的是 {scene.last_account()}")
    return "日志里最后登录的是 zheng"


def look(scene: Scene) -> Moves:
    for _ in range(MOST_LOOKS):
        if scene.eyes.sees("要你看的，还有 0 处"):
            break
        yield Press("Space")
    yield see(scene, "要你看的，还有 0 处")
    yield Picture()


def looked(scene: Scene) -> str:
    found = scene.case("noodles").point_answers
    met = [code for code, answer in found.items() if answer.outcome is PointOutcome.MET]
    expect(met, "库里没有要点的结论")
    return f"库里记了 {len(met)} 处符合"


def approve(scene: Scene) -> Moves:
    yield Press("Ctrl+1")
    yield Press("F9")
    yield See("输审批密码", lambda: scene.eyes.dialog() == "输审批密码")
    yield Picture()
    yield Say(PRACTICE_PIN)
    yield see(scene, "秒后生效：同意")
    yield Picture()
    yield Press("F9")
    yield see(scene, "没有等你审的件")
    yield Picture()


def approved(scene: Scene) -> str:
    case = scene.case("noodles")
    expect(case.decision and case.decision.granted, f"库里是 {case.state}")
    expect(case.state is CaseState.RESULT_WAITING, f"结果还没到窗口，{case.state}")
    heard = [line["operation"] for line in scene.peer_log("back_office")]
    expect("SubmitDecision" in heard, "部门系统没收到决定")
    return f"{case.decision.number}，部门系统收到决定" if case.decision else ""


def back(scene: Scene) -> Moves:
    yield from change_person(scene, "周模拟", "Up")
    yield see(scene, "今日", "待送达，1 件")
    yield Picture()


def back_signed_in(scene: Scene) -> str:
    expect(scene.last_account() == "zhou", f"日志最后登录的是 {scene.last_account()}")
    return "日志里最后登录的是 zhou"


def find_case(scene: Scene) -> Moves:
    number = scene.numbers["noodles"]
    yield Press("Alt+3")
    yield see(scene, "办件", number)
    yield Press("F3")
    yield Say(number)
    yield See(
        "只剩这一件",
        lambda: scene.eyes.sees(number) and not scene.eyes.sees(scene.numbers["company"]),
    )
    yield see(scene, "登记送达", f"负责人 {ZHANG_SHILI.name}")  # the case itself, not its line
    yield Picture()


def case_found(scene: Scene) -> str:
    expect("cases.searched" in scene.journal_acts(None), "日志里没有查询")
    return "查询在日志里，不带查的字"


def hand_out(scene: Scene) -> Moves:
    """The result leaves with the decision on paper: without it 登记送达 is refused."""
    yield Press("Ctrl+P")
    yield see(scene, "决定书，第 1 页", seconds=20)
    yield Press("Ctrl+P")
    yield see(scene, "刚打印 2 份")
    yield Press("Esc")
    yield see(scene, "登记送达")
    yield from do(scene, f"练习：放上{ZHANG_SHILI.name}的身份证")
    yield Press("F9")
    yield See("登记送达", lambda: scene.eyes.dialog() == "登记送达")
    yield Press("Ctrl+R")
    yield see(scene, f"{ZHANG_SHILI.name}可以领")
    yield Picture()
    yield Press("F9")
    yield see(scene, "已送达")
    yield Press("F9")
    yield see(scene, "送达回证，第 1 页", seconds=20)
    yield Picture()


def handed_out(scene: Scene) -> str:
    case = scene.case("noodles")
    expect(case.state is CaseState.HANDED_OUT and case.hand_out, f"库里是 {case.state}")
    made = {one.kind: one for one in scene.papers(case.case_id)}
    expect(PaperKind.DELIVERY in made, "没有送达回证")
    for kind in (PaperKind.DECISION, PaperKind.DELIVERY):
        scene.keep_file(made[kind].title, made[kind].pdf)
    expect(ZHANG_SHILI.name in scene.text_of(made[PaperKind.DELIVERY].pdf), "回证上没有名字")
    told = [one["case_id"] for one in scene.peer_state("platform")["hand_outs"]]
    expect(str(case.case_id) in told, "一窗式平台还不知道")
    return "库里已送达，一窗式平台收到，回证上有名字"


def today(scene: Scene) -> Moves:
    yield Press("Alt+1")
    yield see(scene, "今天受理 1 件", "等群众补，1 件", "已签收")
    yield Picture()


def today_counted(scene: Scene) -> str:
    counted = scene.today_counts()
    expect(counted.accepted_today == 1 and counted.with_applicant == 1, f"库里数得 {counted}")
    expect(counted.deliveries.waiting == 0, f"还有 {counted.deliveries.waiting} 份没送到")
    return f"库里数得一样，送到 {counted.deliveries.delivered} 份，没有没送到的"


DECISION = (
    Step(name="lock", title="锁屏，再解锁", do=lock, witness=unlocked),
    Step(name="chief", title="换人登录，首席代表", do=to_chief, witness=chief_signed_in),
    Step(name="look", title="要看的一处处看过", do=look, witness=looked),
    Step(name="approve", title="同意并办结", do=approve, witness=approved, patience=15),
    Step(name="back", title="周模拟回来", do=back, witness=back_signed_in),
    Step(name="find_case", title="按编号找到办件", do=find_case, witness=case_found),
    Step(
        name="hand_out",
        title="打决定书，读卡，登记送达",
        do=hand_out,
        witness=handed_out,
        patience=20,
    ),
    Step(name="today", title="今日", do=today, witness=today_counted, patience=12),
)
