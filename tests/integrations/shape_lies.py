"""Lies inside of the strings and of the JSON of the two older kinds of libraries, and their kinds."""

import re
from collections.abc import Callable
from typing import Final

Twist = Callable[[str], str]
"""Makes a lie of an honest answer."""


def in_place(document: str) -> Twist:
    return lambda _honest: document


def swap(before: str, after: str, count: int = 1) -> Twist:
    def swapped(honest: str) -> str:
        assert before in honest
        return honest.replace(before, after, count)

    return swapped


def without(element: str) -> Twist:
    return lambda honest: re.sub(f"<{element}>.*?</{element}>", "", honest, count=1)


def doubled(element: str) -> Twist:
    return lambda honest: re.sub(f"(<{element}>.*?</{element}>)", r"\1\1", honest, count=1)


def filled(element: str, value: str) -> Twist:
    return lambda honest: re.sub(
        f"<{element}>.*?</{element}>", f"<{element}>{value}</{element}>", honest, count=1
    )


def bare(honest: str) -> str:
    return honest[honest.index("?>") + 2 :]


STRING_LIES: Final[dict[str, tuple[Twist, str]]] = {
    "bare doctype": (lambda it: "<!DOCTYPE LicenseList>" + bare(it), "dtd"),
    "entities": (
        lambda it: '<!DOCTYPE a [<!ENTITY x "张">]>' + bare(it).replace("张示例", "&x;"),
        "dtd",
    ),
    "foreign file": (
        lambda it: '<!DOCTYPE a SYSTEM "file:///etc/passwd">' + bare(it),
        "dtd",
    ),
    "instruction": (swap("<ZZZT>", "<ZZZT><?x?>"), "processing-instruction"),
    "missing field": (without("ZZBS"), "schema"),
    "missing status": (without("ZZZT"), "schema"),
    "field twice": (doubled("ZZBH"), "schema"),
    "unknown field": (swap("<ZZZT>", "<EXTRA>1</EXTRA><ZZZT>"), "schema"),
    "empty holder": (filled("CZZT", "  "), "schema"),
    "bad identifier": (filled("ZZBS", "../../etc"), "schema"),
    "bad number": (filled("TotalCount", "-1"), "schema"),
    "unknown status": (filled("ZZZT", "77"), "schema"),
    "bad date": (filled("ZZBFRQ", "18/03/2026"), "schema"),
    "impossible day": (filled("ZZBFRQ", "2026-02-30"), "schema"),
    "ends before it begins": (filled("ZZYXQJZRQ", "1999-01-01"), "model"),
    "face value twice": (doubled("Node"), "model"),
    "certificate twice": (
        lambda it: filled("TotalCount", "2")(doubled("License")(it)),
        "model",
    ),
    "more than there are": (filled("TotalCount", "0"), "model"),
    "somebody else's list": (filled("HolderID", "990123194211050024"), "wrong-reply"),
    "another document": (in_place("<Reply><Code>100</Code></Reply>"), "wrong-element"),
    "another namespace": (swap("<LicenseList>", '<LicenseList xmlns="urn:x">'), "wrong-element"),
    "success without a document": (in_place("100 成功"), "wrong-element"),
    "cut short": (lambda it: it[:-20], "malformed"),
    "two documents": (lambda it: it + bare(it), "malformed"),
    "lost characters": (swap("张", "\ufffd"), "malformed"),
    "nothing": (in_place("  "), "empty"),
    "login page": (in_place("<!DOCTYPE html><html><body>请登录</body></html>"), "not-soap"),
    "login page of another make": (in_place('<html lang="zh"><p>请登录</p></html>'), "not-soap"),
    "words of regret": (in_place("数据库连接失败"), "fault"),
    "no in the document": (
        in_place("<Reply><Code>304</Code><Message>没有</Message></Reply>"),
        "fault:NOT_FOUND",
    ),
    "no in words": (in_place("202：没有权限"), "fault:ACCESS_DENIED"),
    "a code that nobody knows": (in_place("<Reply><Code>888</Code></Reply>"), "fault"),
}


REST_LIES: Final[dict[str, tuple[Twist, str]]] = {
    "key twice": (swap('"name":', '"name": "x", "name":'), "malformed"),
    "no number": (swap('"sign": ""', '"sign": NaN'), "malformed"),
    "half a character": (swap("张示例", "\\ud800"), "malformed"),
    "control character": (swap("张示例", "\\u0000"), "malformed"),
    "cut short": (lambda it: it[:-9], "malformed"),
    "two values": (lambda it: it + "{}", "malformed"),
    "nested for ever": (in_place("[" * 100_000), "malformed"),
    "nothing": (in_place(" "), "empty"),
    "a page": (in_place("<html>请登录</html>"), "not-soap"),
    "a list": (in_place("[]"), "schema"),
    "wrong type": (swap('"id_code": "', '"id_code": 7, "trust_level": "'), "schema"),
    "yes for a text": (swap('"sign": ""', '"sign": true'), "schema"),
    "missing field": (swap('"license_code"', '"division_code"'), "schema"),
    "empty field": (swap("张示例", " ", 1), "schema"),
    "null for a must": (lambda it: re.sub('"name": "[^"]+"', '"name": null', it), "schema"),
    "unknown field": (swap('"name":', '"extra": 1, "name":'), "schema"),
    "unknown status": (swap("ISSUED", "PERHAPS"), "schema"),
    "well and not well": (swap('"errors": []', '"errors": [{"code": "X"}]'), "schema"),
    "bad date": (
        lambda it: re.sub('"issue_date": "[^"]+"', '"issue_date": "gestern"', it),
        "schema",
    ),
    "impossible day": (
        lambda it: re.sub('"issue_date": "[^"]+"', '"issue_date": "2026-02-30"', it),
        "schema",
    ),
    "code for face values": (
        lambda it: re.sub('"data_fields": "[^"]*"', '"data_fields": "__import__(\'os\')"', it),
        "schema",
    ),
    "face value twice": (
        lambda it: re.sub('"data_fields": "[^"]*"', "\"data_fields\": \"{'a': 1, 'a': 2}\"", it),
        "schema",
    ),
    "ends before it begins": (
        lambda it: re.sub('"expiry_date": "[^"]+"', '"expiry_date": "1999-01-01"', it),
        "model",
    ),
    "another question's answer": (
        swap('"correlation_id": "0', '"correlation_id": "1'),
        "wrong-reply",
    ),
    "another certificate": (swap('"license_code": "1.2', '"license_code": "1.3'), "wrong-reply"),
    "no without a reason": (
        lambda it: it.replace('"SUCCESS"', '"FAILURE"'),
        "fault",
    ),
    "a code that nobody knows": (
        lambda it: it.replace('"SUCCESS"', '"FAILURE"').replace("[]", '[{"code": "E1"}]', 1),
        "fault",
    ),
}
