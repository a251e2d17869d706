"""A province's catalogue, invented: lines as the search gets them, and what clerks type for them."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from clerk.domain.catalogue_line import CatalogueLine
from clerk.domain.item_shard import plain
from clerk.domain.sounds import Sounds

WHO = (
    "企业 个体工商户 农民专业合作社 合伙企业 外商投资企业 社会团体 民办非企业单位 事业单位 基金会 "
    "宗教活动场所 医疗机构 诊所 药店 养老机构 幼儿园 民办学校 培训机构 旅行社 旅馆业 娱乐场所 网吧 "
    "印刷企业 出版单位 演出经纪机构 保安公司 典当行 拍卖企业 加油站 燃气企业 危险货物运输 道路客运 "
    "出租汽车 驾校 船舶 建筑企业 房地产开发企业 物业 监理单位 造价咨询 勘察设计 矿山 烟花爆竹 "
    "种子生产 农药经营 兽药经营 饲料生产 动物诊疗 水产养殖 林木采伐 取水单位 残疾人 老年人 退役军人 "
    "高校毕业生 新生儿 失业人员 工伤职工 灵活就业人员 低保家庭"
).split()
WHAT = (
    "营业执照 食品经营许可 食品生产许可 卫生许可 药品经营许可 医疗器械备案 消防安全检查 排污许可 "
    "环境影响评价 安全生产许可 施工许可 规划许可 用地预审 不动产权 抵押权 预告登记 地役权 公积金提取 "
    "公积金贷款 基本医疗保险 养老保险 失业保险金 生育津贴 工伤认定 劳动能力鉴定 社会保障卡 人事档案 "
    "职称评审 执业资格 教师资格 护士执业 医师执业 特种设备使用 计量标准 检验检测资质 道路运输许可 "
    "从业资格 机动车登记 驾驶证 居住证 户口迁移 身份证 出生登记 收养登记 殡葬补贴 高龄津贴 护理补贴 "
    "临时救助 最低生活保障 特困供养 慈善组织 广告发布 户外招牌 城市树木 占用道路 水土保持 取水许可 "
    "节能审查 人民防空 气象防雷"
).split()
ACT = (
    "设立 新办 变更 延续 注销 补发 换发 审批 核准 备案 年检 年报 初审 复审 申领 停发 转入 转出 查询 "
    "证明 撤销 恢复 更正 首次登记 转移登记 法定代表人变更 地址变更 名称变更 范围变更 遗失补办"
).split()
WHERE = ("", "", "", "（个人）", "（单位）", "（跨省通办）", "（告知承诺）", "（省级）", "（县级）")
ALIASES = ("开店", "办证", "办照", "领补贴", "过户", "落户", "报销", "年审")


class Slip(Enum):
    """What goes wrong when a clerk types."""

    HOMOPHONE = "homophone"
    WRONG = "wrong"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typo:
    """What was typed and what was meant, both as they are compared."""

    typed: str
    meant: str


def many_lines(wanted: int) -> Sequence[CatalogueLine]:
    """Return so many items, no two of one name; every tenth has a common name, too."""
    drawn = random.Random(8)  # noqa: S311  made-up items
    names: dict[str, None] = {}
    while len(names) < wanted:
        parts = (WHO, WHAT, ACT, WHERE)
        names["".join(drawn.choice(part) for part in parts)] = None
    return [_line(name, number, drawn) for number, name in enumerate(names)]


def _line(name: str, number: int, drawn: random.Random) -> CatalogueLine:
    task = f"11990123MB{drawn.randrange(10**7):07d}4{drawn.randrange(10**12):012d}"
    return CatalogueLine(
        item_code=f"{task}{number % 100:02d}",
        version=1,
        name=name,
        state_code="1",
        effective_on=date(2025, 1, 1),
        aliases=(f"{drawn.choice(ALIASES)}{number}",) if number % 10 == 0 else (),
        codes=(task, f"{task}{number % 100:02d}", f"SL-990123-{number:06d}"),
        body="县行政审批服务局",
        phone="0999-8000001",
    )


def ten_kinds(lines: Sequence[CatalogueLine], sounds: Sounds, rounds: int) -> Sequence[str]:
    """Return infixes of one to four characters, a begin, two words, spelled ones, a code, a miss."""
    drawn = random.Random(6)  # noqa: S311
    found: list[str] = []
    for line in drawn.sample(list(lines), rounds):
        name = plain(line.name)
        at = drawn.randrange(len(name) - 4)
        syllables = [sounds.of(character)[:1] for character in name[at : at + 5]]
        spelled = ["".join(one) for one in syllables]
        found += [name[at : at + length] for length in (1, 2, 3, 4)]
        found += [
            name[:3],
            f"{name[:2]} {name[-2:]}",
            "".join(one[:1] for one in spelled),
            "".join(spelled[:3]),
            line.codes[0][10:20],
            name[at : at + 3][::-1] + name[:1],
        ]
    return found


def typos(
    lines: Sequence[CatalogueLine], sounds: Sounds, each: int
) -> Mapping[Slip, Sequence[Typo]]:
    """Return four to six characters of a name with one slip, ``each`` of every kind."""
    drawn = random.Random(7)  # noqa: S311
    by_sound: dict[str, list[str]] = {}
    characters = sorted({character for line in lines[:5000] for character in plain(line.name)})
    for character in characters:
        for syllable in sounds.of(character)[:1]:
            by_sound.setdefault(syllable, []).append(character)
    found: dict[Slip, list[Typo]] = {slip: [] for slip in Slip}
    while min(map(len, found.values())) < each:
        name = plain(drawn.choice(lines).name)
        at = drawn.randrange(max(1, len(name) - 5))
        slip = drawn.choice([slip for slip in Slip if len(found[slip]) < each])
        meant = name[at : at + (4 if slip is Slip.HOMOPHONE else 5)]
        typed = _slipped(meant, slip, by_sound, characters, sounds, drawn)
        if typed != meant:
            found[slip].append(Typo(typed=typed, meant=meant))
    return found


def _slipped(
    meant: str,
    slip: Slip,
    by_sound: Mapping[str, Sequence[str]],
    characters: Sequence[str],
    sounds: Sounds,
    drawn: random.Random,
) -> str:
    at = drawn.randrange(len(meant))
    match slip:
        case Slip.HOMOPHONE:
            alike = [one for key in sounds.of(meant[at])[:1] for one in by_sound.get(key, ())]
            other = drawn.choice(alike or [meant[at]])
        case Slip.WRONG:
            other = drawn.choice(characters)
        case Slip.DROPPED:
            at, other = max(1, min(at, len(meant) - 2)), ""
    return meant[:at] + other + meant[at + 1 :]
