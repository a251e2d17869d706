"""The words for what is wrong with a bureau's letter template (模板校核), and days as papers say them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from clerk.domain.letter_faults import LetterFault, LetterFaultKind

Kind = LetterFaultKind

_SENTENCE: Final[Mapping[LetterFaultKind, str]] = {
    Kind.NO_DOCX: "这不是 Word 文档（docx），或者文件已损坏。用 Word 打开后另存为 .docx",
    Kind.OLD_WORD: "这是旧格式的 Word 文件（.doc），改了后缀也不行。用 Word 打开后另存为 .docx",
    Kind.TOO_LARGE: "文件展开后太大，不像一份文书。删去里面的大图和附件再试",
    Kind.MACRO: "文件里有宏（{what}）。另存为不带宏的 .docx",
    Kind.OUTSIDE_LINK: "文件会去读外面的内容（{what}）。把链接的内容粘贴进来，删去链接",
    Kind.EMBEDDED: "文件里嵌有别的文件或控件（{what}）。删去它",
    Kind.UNKNOWN_FIELD: "程序不认识{what}。{near}",
    Kind.BROKEN_MARK: "方括号不成对：{what}。补上【或】",
    Kind.UNCLOSED_PART: "{what}没有配对，一段“若…”到“若完”要在同一段里，或者各占一段（一行）",
    Kind.UNKNOWN_CHOICE: "{what}问的值不会出现。{near}",
    Kind.MISPLACED_LIST: "{what}是清单，写成【清单.列】，一行里只用一个清单",
    Kind.STRANGE_CONTROL: "内容控件{what}不是程序认识的字段，不会填上。{near}，或者删去它",
    Kind.NOT_DRAWN: "{drawn}不能排到纸上。改用普通的文字和表格",
    Kind.MISSING_BLOCK: "没有写“{what}”，这一项必须有",
    Kind.NO_GLYPH: "这些字的字形在打印字体里没有：{what}。换用常用写法，或装上有这些字的字体",
    Kind.OVERFLOW: "行高是固定的，最长的内容放不下：{what}。把行高改为“最小值”",
    Kind.SPLIT_MARK: "{what}中间换了格式，填上的内容按第一个字的格式。选中整个标记，改成一种格式",
}

_DRAWN: Final[Mapping[str, str]] = {
    "bullet": "符号字体的项目符号",
    "sections": "分节",
    "drawing": "图片或图形",
    "pict": "图片或图形",
    "textBox": "按页面定位的，或者文字从两边环绕的文本框",
    "object": "嵌入的对象",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "sym": "特殊符号",
    "ruby": "拼音指南",
    "oMath": "公式",
    "oMathPara": "公式",
    "header first": "首页不同的页眉",
    "footer first": "首页不同的页脚",
    "header even": "奇偶页不同的页眉",
    "footer even": "奇偶页不同的页脚",
}


def fault_sentence(fault: LetterFault) -> str:
    """Say one finding: what is wrong and what to do, with its place in the letter."""
    quoted = "“{}”" if fault.kind is LetterFaultKind.UNKNOWN_CHOICE else "【{}】"
    near = f"是不是{quoted.format(fault.nearest)}" if fault.nearest else "对照模板说明改"
    said = _SENTENCE[fault.kind].format(what=fault.what, near=near, drawn=drawn_name(fault.what))
    return f"“{fault.place}”：{said}" if fault.place else said


def drawn_name(construct: str) -> str:
    """Call a construct of a Word file by what a person sees of it."""
    return _DRAWN.get(construct, f"“{construct}”")


def paper_day(on: date) -> str:
    """Return a day as papers write it: ``2026年3月18日``."""
    return f"{on.year}年{on.month}月{on.day}日"


def blanks_note(count: int, named: str) -> str:
    """What a sheet says below about characters that are written into its blanks by pen."""
    return (
        f"注：本件划线的 {count} 处空格是字库没有的字（{named}），"
        "由窗口工作人员当面用笔写上，以有效证件上的字为准。"
    )
