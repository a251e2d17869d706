"""Working-day calendars that a bureau lays down: they count only when it has signed them."""

from datetime import date

import pytest

from clerk.app import sign_data
from clerk.app.calendars import read_calendar
from clerk.domain.deadlines import due_date
from clerk.domain.limits import Limit, LimitUnit
from integrations.credentials.signatures import is_signed_by, new_key, sign

NOTICE = """\
year = 2027
source = "示例通知"
work = []

[[rest]]
name = "元旦"
from = 2027-01-01
until = 2027-01-03

[[rest]]
name = "劳动节"
from = 2027-05-01
until = 2027-05-05

[[rest]]
name = "国庆节"
from = 2027-10-01
until = 2027-10-07
"""
FIVE = Limit(amount=5, unit=LimitUnit.WORKDAYS)
LATE_DECEMBER = date(2026, 12, 28)


@pytest.fixture
def bureau():
    return new_key()


def laid_down(folder, text, signature):
    place = folder / "calendar"
    place.mkdir(exist_ok=True)
    (place / "2027.toml").write_text(text, encoding="utf-8")
    if signature is not None:
        (place / "2027.toml.sig").write_text(signature, encoding="ascii")
    return folder


def test_the_next_years_calendar_makes_an_estimated_day_certain(tmp_path, bureau):
    private, public = bureau
    laid_down(tmp_path, NOTICE, sign(private, NOTICE.encode()))

    before = due_date(LATE_DECEMBER, FIVE, read_calendar().calendar)
    read = read_calendar(tmp_path, [public])
    after = due_date(LATE_DECEMBER, FIVE, read.calendar)

    assert read.refused == ()
    assert (before.on, before.estimated) == (date(2027, 1, 4), True)
    assert (after.on, after.estimated) == (date(2027, 1, 5), False)


@pytest.mark.parametrize("signature", [None, "", "AAAA", "不是签名"])
def test_a_calendar_without_a_good_signature_is_left_alone_and_told(tmp_path, bureau, signature):
    laid_down(tmp_path, NOTICE, None)
    if signature is not None:
        (tmp_path / "calendar" / "2027.toml.sig").write_bytes(signature.encode())

    read = read_calendar(tmp_path, [bureau[1]])

    assert 2027 not in read.calendar.years
    assert len(read.refused) == 1


def test_a_calendar_signed_by_a_stranger_or_changed_afterwards_is_left_alone(tmp_path, bureau):
    private, public = bureau
    stranger, _ = new_key()
    laid_down(tmp_path, NOTICE, sign(stranger, NOTICE.encode()))
    of_a_stranger = read_calendar(tmp_path, [public])
    changed = NOTICE.replace("2027-01-03", "2027-01-04")
    laid_down(tmp_path, changed, sign(private, NOTICE.encode()))

    assert len(of_a_stranger.refused) == 1
    assert len(read_calendar(tmp_path, [public]).refused) == 1


def test_a_signed_calendar_that_contradicts_itself_is_left_alone(tmp_path, bureau):
    private, public = bureau
    wrong = NOTICE.replace("work = []", "work = [2027-01-02]")
    laid_down(tmp_path, wrong, sign(private, wrong.encode()))

    read = read_calendar(tmp_path, [public])

    assert "2027" in str(read.refused[0])
    assert 2027 not in read.calendar.years


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from = 2027-10-01", "from = 2027-10-02", "少了 2027-10-01 放假"),
        ("until = 2027-01-03", ("until = 2027-01-03\n[[rest]]\nfrom = 2027-01-03\nuntil = "
         "2027-01-04"), "2027-01-03 写了两遍"),
        ("work = []", "work = [2026-02-21]", "2026-02-21 既放假又上班"),
    ],
)  # fmt: skip
def test_a_signed_calendar_that_lacks_days_or_overlaps_is_left_alone(
    tmp_path, bureau, old, new, said
):
    """Also where only the year before contradicts it; the program starts with what it had."""
    private, public = bureau
    wrong = NOTICE.replace(old, new, 1)
    laid_down(tmp_path, wrong, sign(private, wrong.encode()))

    read = read_calendar(tmp_path, [public])

    (refused,) = read.refused
    assert said in str(refused)
    assert "日历没有更新" in str(refused)
    assert 2027 not in read.calendar.years


def test_the_bureau_signs_by_a_command_and_reads_out_its_public_key(tmp_path, capsys):
    file = tmp_path / "2027.toml"
    file.write_text(NOTICE, encoding="utf-8")

    code = sign_data.main([str(tmp_path / "key"), str(file)])

    public = capsys.readouterr().out.split('"')[1]
    signature = (tmp_path / "2027.toml.sig").read_text("ascii")
    assert code == 0
    assert is_signed_by([public], file.read_bytes(), signature)
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_a_key_that_is_none_signs_nothing(tmp_path, capsys):
    (tmp_path / "key").write_text("不是密钥", encoding="utf-8")

    assert sign_data.main([str(tmp_path / "key")]) == 1
    assert "没有签名" in capsys.readouterr().err
