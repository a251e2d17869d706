"""From the password to F9: a food business permit for a noodle shop (食品经营许可新办)."""

from clerk.domain.papers import PaperKind
from clerk.domain.standard import Way
from clerk.tour.moves import Moves, Picture, Press, Say, See, Step
from clerk.tour.parts import answer, at, do, expect, fill, go_to, see
from clerk.tour.scene import Scene
from integrations.practice.people import NOODLE_SHOP, ZHANG_SHILI

ITEM = "food_business_permit"
NAME = "食品经营许可新办"
DIGITS = {"主体类型": "1", "主体业态": "2", "风险最高的经营项目": "1", "是否网络经营": "1"}
GAPS = {
    "联系电话": ZHANG_SHILI.phone,
    "仓库地址": "无",
    "经营面积": "46",
    "从业人数": "3",
    "拟开业日期": "0401",
    "每日就餐人数": "30",
    "食品安全管理员电话": ZHANG_SHILI.phone,
    "食品安全管理员": "张示例",
    "餐厨废弃物去向": "示例环卫统一收运",
    "送达方式": "1",
}


def sign_in(scene: Scene) -> Moves:
    yield see(scene, "登录人", "周模拟", seconds=30, timed=False)
    yield See("预热完", scene.is_warm, seconds=30, timed=False)
    yield Picture()
    yield Say("practice")
    yield Press("Return")
    yield See("周模拟的窗口", lambda: "周模拟" in scene.eyes.title(), seconds=20)
    yield see(scene, "今日")
    yield See("别的页面备好", scene.is_made_ahead, seconds=30, timed=False)
    yield Picture()


def signed_in(scene: Scene) -> str:
    acts = scene.journal_acts(None)
    expect("account.signed_in" in acts, "日志里没有登录")
    return "日志里有 account.signed_in"


def find(scene: Scene) -> Moves:
    yield Press("Alt+2")
    yield See("受理页", lambda: "搜事项" in scene.eyes.focus())
    yield Press("F2")
    yield Say("spjy")
    yield see(scene, f"{NAME}，")
    yield Picture()
    yield Press("Return")
    yield see(scene, NAME, "情形", "材料")


def found(scene: Scene) -> str:
    version = scene.version_in_force(ITEM)
    expect(version, f"库里没有在用的 {ITEM}")
    return f"库里在用的标准是 {ITEM} 第 {version} 版"


def read_card(scene: Scene) -> Moves:
    yield from do(scene, f"练习：放上{ZHANG_SHILI.name}的身份证")
    yield Press("Ctrl+R")
    yield see(scene, ZHANG_SHILI.name, "身份证", ZHANG_SHILI.address, "还没有申请人")
    yield Picture()


def card_read(scene: Scene) -> str:
    scene.cases["noodles"] = scene.newest_case(ITEM)
    held = scene.case("noodles").applicant
    person = held.representative if held else None
    expect(person and person.id_number == ZHANG_SHILI.id_number, "库里的草稿没有这个人")
    return "草稿里有证件号，来自身份证"


def situation(scene: Scene) -> Moves:
    yield from go_to(scene, "主体")
    yield from answer(scene, DIGITS)
    yield see(scene, "营业执照", "设备布局")
    yield Picture()


def situation_known(scene: Scene) -> str:
    answers = scene.case("noodles").answers
    expect("business" in answers and "online" in answers, f"库里只有 {sorted(answers)}")
    return "、".join(f"{code}={held.option}" for code, held in sorted(answers.items()))


def licence(scene: Scene) -> Moves:
    yield from go_to(scene, "营业执照")
    yield Press("F8")
    yield See("调证照", lambda: scene.eyes.dialog().startswith("调证照"))
    yield at(scene, "亮证码")
    yield Say(NOODLE_SHOP.use_code)
    yield Press("Return")
    yield see(scene, NOODLE_SHOP.name, "可用 1 份", seconds=15)
    yield see(scene, "签章完好", "证照原件", seconds=15, timed=False)
    yield Picture()
    yield Press("Return")
    yield See("对话框关上", lambda: scene.eyes.dialog() == "", seconds=15)
    yield see(scene, "证照复用", NOODLE_SHOP.code)
    yield Picture()


def licence_reused(scene: Scene) -> str:
    held = scene.case("noodles").evidence.get("LICENCE")
    expect(held and held.way is Way.CERTIFICATE and held.files, "库里没有这份证照")
    operations = [line["operation"] for line in scene.peer_log("certlib")]
    expect("VerifyUseCode" in operations, f"省证照库只记了 {operations}")
    return f"库里有照面文件，省证照库记了 {'、'.join(dict.fromkeys(operations))}"


def gaps(scene: Scene) -> Moves:
    yield from go_to(scene, "联系电话")
    yield from fill(scene, GAPS)
    yield Picture()


def gaps_filled(scene: Scene) -> str:
    values = scene.case("noodles").values
    expect("area" in values and values["area"].value == "46", "库里没有经营面积 46")
    return f"库里有 {len(values)} 项，经营面积 46"


def promise(scene: Scene) -> Moves:
    yield from go_to(scene, "使用证明")
    yield Press("4")
    yield See("告知承诺", lambda: scene.eyes.dialog().startswith("告知承诺"))
    yield Press("1")
    yield at(scene, "申请人已看完全文")
    yield Picture()
    yield Press("Space")
    yield at(scene, "签承诺书")
    yield Press("Return")
    yield See("对话框关上", lambda: scene.eyes.dialog() == "", seconds=15)
    yield see(scene, "告知承诺")


def promised(scene: Scene) -> str:
    case = scene.case("noodles")
    held = next((e for e in case.evidence.values() if e.way is Way.COMMITMENT), None)
    expect(held and held.letter, "库里没有承诺书")
    return f"库里有承诺书，{held.letter.pdf.pages} 页" if held and held.letter else ""


def scan(scene: Scene) -> Moves:
    for page, name in (("设备布局图", "布局图"), ("管理制度目录", "制度")):
        yield from go_to(scene, "材料 ", name)
        yield from do(scene, f"练习：高拍仪下放{page}")
        yield Press("F7")
        yield See(f"{name}的要点", lambda: "要点没看" in scene.eyes.focus())
        yield Picture()
        yield Press("Return")
    yield see(scene, "项全部就绪")


def scanned(scene: Scene) -> str:
    case = scene.case("noodles")
    scans = [code for code, held in case.evidence.items() if held.way is Way.SCAN]
    expect(len(scans) == 2, f"库里扫描件是 {scans}")
    expect(all(all(case.evidence[code].points.values()) for code in scans), "要点没有全记下")
    return f"库里扫描件 {'、'.join(sorted(scans))}，要点都记了"


def verdict(scene: Scene) -> Moves:
    yield see(scene, "可以受理", "系统生成")
    yield Picture()


def verdict_stored(scene: Scene) -> str:
    case = scene.case("noodles")
    expect("APPLICATION" in case.evidence, "库里没有生成的申请书")
    return "库里有生成的申请书"


def accept(scene: Scene) -> Moves:
    yield Press("F9")
    yield see(scene, "秒后生效：受理并转审批")
    yield Picture()
    yield Press("Ctrl+Z")
    yield See("撤回了", lambda: not scene.eyes.sees("秒后生效"))
    yield Press("F9")
    yield see(scene, "秒后生效：受理并转审批")
    yield Press("F9")
    yield see(scene, "文书", "已受理", seconds=15)


def accepted(scene: Scene) -> str:
    case = scene.case("noodles")
    scene.numbers["noodles"] = case.label
    expect(case.number, f"没有办件编号，状态 {case.state}")
    done = scene.journal_acts(case.case_id)
    expect(done.count("case.accepted") == 1, f"日志是 {done}")
    return f"{case.label}，应在 {case.due_on} 前办结，日志里受理一行"


def papers(scene: Scene) -> Moves:
    yield see(scene, "受理通知书，第 1 页", "收件凭证", "引用的内容", seconds=20)
    yield Picture()


def papers_kept(scene: Scene) -> str:
    """Write the papers out of the store and read their text with another program."""
    case = scene.case("noodles")
    made = scene.papers(case.case_id)
    expect({one.kind for one in made} >= {PaperKind.RECEIPT, PaperKind.ACCEPTANCE}, f"只有 {made}")
    for one in made:
        scene.keep_file(one.title, one.pdf)
    issued = [one for one in made if one.kind in {PaperKind.RECEIPT, PaperKind.ACCEPTANCE}]
    for one in issued:
        expect(case.label in scene.text_of(one.pdf), f"{one.title}上没有 {case.label}")
    letter = next(held.letter for held in case.evidence.values() if held.letter)
    scene.keep_file("告知承诺书", letter.docx)
    expect(NOODLE_SHOP.code in scene.text_of(letter.pdf), "承诺书上没有信用代码")
    return f"{'、'.join(one.title for one in issued)}上都有 {case.label}，承诺书有 docx 和 PDF"


def print_out(scene: Scene) -> Moves:
    yield Press("Ctrl+P")
    yield see(scene, "打印件存成 PDF", "刚打印 2 份")
    yield Picture()


def printed(scene: Scene) -> str:
    """Find in the printer's folder what the store holds."""
    case = scene.case("noodles")
    made = next(one for one in scene.papers(case.case_id) if one.kind is PaperKind.ACCEPTANCE)
    came_out = [file.read_bytes() for file in scene.settings.folder.glob("printed/*.pdf")]
    expect(came_out == [scene.content(made.pdf)], f"打印机那里有 {len(came_out)} 份")
    expect("paper.printed" in scene.journal_acts(case.case_id), "日志里没有打印")
    return "打印件和库里的受理通知书一字不差，日志里有"


def delivery(scene: Scene) -> Moves:
    yield Press("Alt+3")
    yield see(scene, scene.numbers["noodles"], seconds=15)
    yield Picture()


def delivered(scene: Scene) -> str:
    case_id = scene.cases["noodles"]
    kinds = scene.delivered_kinds(case_id)
    expect("submit_case" in kinds and "claim_number" in kinds, f"送到的是 {kinds}")
    heard = [
        one
        for one in scene.peer_state("back_office")["submissions"]
        if one["case_id"] == str(case_id)
    ]
    expect(len(heard) == 1, f"部门系统收到 {len(heard)} 次")
    return f"部门系统收到 1 次，发件箱送到 {'、'.join(kinds)}"


INTAKE = (
    Step(name="sign_in", title="周模拟登录", do=sign_in, witness=signed_in),
    Step(name="find", title="按首字母找事项", do=find, witness=found, intake=True),
    Step(name="card", title="读身份证", do=read_card, witness=card_read, intake=True),
    Step(
        name="situation", title="按数字答情形", do=situation, witness=situation_known, intake=True
    ),
    Step(name="licence", title="亮码调营业执照", do=licence, witness=licence_reused, intake=True),
    Step(name="gaps", title="只补空缺", do=gaps, witness=gaps_filled, intake=True),
    Step(name="promise", title="签告知承诺书", do=promise, witness=promised, intake=True),
    Step(name="scan", title="扫描两份材料，看要点", do=scan, witness=scanned, intake=True),
    Step(name="verdict", title="核对结论", do=verdict, witness=verdict_stored, intake=True),
    Step(name="accept", title="F9，撤回一次，再受理", do=accept, witness=accepted, intake=True),
    Step(name="papers", title="出文书", do=papers, witness=papers_kept, intake=True),
    Step(name="print", title="打印受理通知书", do=print_out, witness=printed, intake=True),
    Step(name="delivery", title="送到部门", do=delivery, witness=delivered, patience=12),
)
