"""What libraries write loosely: days in three ways, JSON, and face values that only look like it."""

from datetime import date

import pytest

from integrations.certificates.face_fields import face_fields
from integrations.certificates.field_days import NoDay, day, last_day
from integrations.certificates.strict_json import JsonRefused, read


@pytest.mark.parametrize(
    "text", ["2026-03-18", " 2026-03-18 ", "2026-03-18 23:59:59", "1773763200000"]
)
def test_a_day_is_read_in_the_three_ways_of_the_field(text: str):
    assert day(text) == date(2026, 3, 18)


@pytest.mark.parametrize("text", ["", "长期", " "])
def test_an_open_end_is_no_day(text: str):
    assert last_day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-3-18",
        "2026-02-29",
        "18.03.2026",
        "2026-03-18T09:00:00",
        "177376320000",
        "２０２６-03-18",
    ],
)
def test_anything_else_is_refused(text: str):
    with pytest.raises(NoDay):
        day(text)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("", {}),
        ("{}", {}),
        ('{"姓名": "张示例"}', {"姓名": "张示例"}),
        (
            "{'姓名': '张示例', '层数': 3, '面积': 86.50}",
            {"姓名": "张示例", "层数": "3", "面积": "86.50"},
        ),
        ("{'a': None, 'b': null, 'c': ''}", {"a": "", "b": "", "c": ""}),
        ("{'a': 'it\\'s', \"b\": \"'\"}", {"a": "it's", "b": "'"}),
        ('{"a": "\\u5f20\\n\\ud83d\\ude00"}', {"a": "张\n😀"}),
    ],
)
def test_face_values_are_read_whatever_quotes_they_stand_in(text: str, fields: dict[str, str]):
    assert face_fields(text) == fields


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('x')",
        "{'a': __import__('os')}",
        "{'a': 1} or 2",
        "{'a': 'b' 'c'}",
        "{'a': 'b',}",
        "{,}",
        "{'a' 'b'}",
        "{'a': 'b'",
        "{'a': 1, 'a': 2}",
        "{'a': {'b': 1}}",
        "{'a': [1]}",
        "{a: 1}",
        "{'a': 'b\n'}",
        "{'a': '\\x41'}",
        "{'a': '\\ud83d'}",
        "{'': 'b'}",
        "[]",
        "{'a': '" + "长" * 70_000 + "'}",
        "{" + ", ".join(f"'{n}': 1" for n in range(201)) + "}",
    ],
)
def test_what_is_no_flat_object_is_refused_and_never_evaluated(text: str):
    with pytest.raises(JsonRefused):
        face_fields(text)


@pytest.mark.parametrize(
    "content",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b"NaN",
        b"-Infinity",
        b"1e999",
        b"9" * 40,
        b'"\\ud800"',
        b'"\\u0001"',
        b'"\x01"',
        b"{} {}",
        b"\xff",
        '{"a": "张"}'.encode("gbk"),
        b"[" * 13 + b"]" * 13,
        b"[" * 200_000,
        b"{'a': 1}",
    ],
)
def test_json_that_is_broken_endless_or_says_something_twice_is_refused(content: bytes):
    with pytest.raises(JsonRefused):
        read(content)


def test_json_is_read_as_it_stands():
    assert read(b'\xef\xbb\xbf{"a": [1, 2.5, null, true, "\\u5f20"]}') == {
        "a": [1, 2.5, None, True, "张"]
    }
