"""The identity card reader: the real driver on real pyusb, over a bus inside this process."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from clerk.domain.errors import DeviceAbsent, NoCard
from integrations.devices.sdt import Command, Status
from integrations.devices.simulated.module import Fault
from integrations.devices.simulated.reader import SimulatedReader
from integrations.devices.trouble import (
    AnswerGarbled,
    CardMoved,
    CardRejected,
    ReaderDenied,
    ReaderFaulty,
    ReaderHeld,
    ReaderSilent,
)
from integrations.devices.usb_reader import UsbCardReader
from tests.integrations.sample_cards import FOREIGN_2017, FOREIGN_2023, HMT, RESIDENT

TODAY = date(2026, 3, 18)


@pytest.fixture(params=[False, True], ids=["one pair of pipes", "two pairs"])
def counter(request):
    """A reader on the counter and the driver that speaks to it."""
    device = SimulatedReader(two_pairs=request.param)
    driver = UsbCardReader(backend=device.backend)
    yield device, driver
    driver.close()


@pytest.mark.parametrize("card", [RESIDENT, HMT, FOREIGN_2017, FOREIGN_2023])
def test_a_card_laid_on_the_reader_is_read_as_it_is(counter, card):
    device, driver = counter
    device.place(card)

    assert driver.poll()
    assert driver.read() == card


def test_the_longest_latin_name_keeps_its_blank_on_the_border_of_two_fields(counter):
    device, driver = counter
    name = "A" * 34 + " " + "B" * 11
    device.place(replace(FOREIGN_2023, latin_name=name))

    assert driver.read().latin_name == name


def test_a_card_can_be_read_without_asking_first(counter):
    device, driver = counter
    device.place(RESIDENT)

    assert driver.read() == RESIDENT


def test_after_asking_the_card_is_not_looked_for_again(counter):
    """Some readers deny a card that they have shown once."""
    device, driver = counter
    device.place(RESIDENT)

    driver.poll()
    driver.read()

    assert device.asked == (
        Command.MODULE_STATUS,
        Command.FIND_CARD,
        Command.SELECT_CARD,
        Command.READ_CARD,
    )


def test_a_card_without_end_has_no_last_day(counter):
    device, driver = counter
    device.place(replace(RESIDENT, valid_until_on=None))

    assert driver.read().valid_until_on is None


def test_a_name_with_a_rare_character_arrives_whole(counter):
    device, driver = counter
    device.place(replace(RESIDENT, name="张\U00020bb7例"))

    card = driver.read()

    assert card.name == "张\U00020bb7例"
    assert card.doubts(TODAY) == ()


def test_an_empty_reader_has_nothing_to_read(counter):
    device, driver = counter

    assert not driver.poll()
    with pytest.raises(NoCard, match="没有证件"):
        driver.read()

    device.place(RESIDENT)
    assert driver.read() == RESIDENT
    device.remove()
    assert not driver.poll()


@pytest.mark.parametrize(
    "fault", [Fault.CHECKSUM, Fault.HALF, Fault.STALL, Fault.TRICKLE, Status.BAD_CHECKSUM]
)
def test_one_spoiled_answer_is_not_noticed_at_the_counter(counter, fault):
    device, driver = counter
    device.place(RESIDENT)
    driver.poll()

    device.befall(fault)

    assert driver.read() == RESIDENT


@pytest.mark.parametrize(
    ("fault", "times", "trouble"),
    [
        (Fault.CHECKSUM, 2, AnswerGarbled),
        (Fault.HALF, 2, AnswerGarbled),
        (Fault.STALL, 2, AnswerGarbled),
        (Status.BAD_COMMAND, 6, AnswerGarbled),  # asked twice, reset, and all of it again
        (Status.READ_FAILED, 2, CardMoved),
        (Fault.MUTE, 1, ReaderSilent),
        (Status.CHECK_FAILED, 1, CardRejected),
        (Status.UNKNOWN_CARD, 1, CardRejected),
        (Status.NOT_AUTHORISED, 1, ReaderFaulty),
        (Status.FOUND, 1, ReaderFaulty),
    ],
)
def test_an_answer_that_stays_spoiled_is_one_sentence_and_the_next_card_reads(
    counter, fault, times, trouble
):
    device, driver = counter
    device.place(RESIDENT)
    driver.poll()

    device.befall(fault, times)
    with pytest.raises(trouble, match="请"):
        driver.read()

    assert driver.read() == RESIDENT


def test_a_card_pulled_while_it_is_read_gives_nothing_of_it(counter):
    device, driver = counter
    device.place(RESIDENT)
    driver.poll()

    device.befall(Fault.PULLED)
    with pytest.raises(NoCard):
        driver.read()

    device.place(HMT)
    assert driver.read() == HMT


def test_a_card_lifted_between_asking_and_reading_is_missed(counter):
    device, driver = counter
    device.place(RESIDENT)
    driver.poll()
    device.remove()

    with pytest.raises(NoCard):
        driver.read()


def test_a_card_exchanged_between_asking_and_reading_is_read_and_not_the_old_one(counter):
    device, driver = counter
    device.place(RESIDENT)
    driver.poll()

    device.place(HMT)

    assert driver.read() == HMT


def test_a_late_answer_is_not_taken_for_that_to_the_next_question(counter):
    device, driver = counter
    device.place(RESIDENT)
    driver.poll()

    device.befall(Fault.LATE)
    with pytest.raises(ReaderSilent, match="没有响应"):
        driver.read()

    assert driver.read() == RESIDENT


def test_a_reader_that_trickles_is_given_up_when_its_time_is_over():
    device = SimulatedReader()
    seconds = count(step=0.2)
    driver = UsbCardReader(backend=device.backend, monotonic=lambda: next(seconds))
    driver.poll()

    device.befall(Fault.TRICKLE)

    with pytest.raises(AnswerGarbled):
        driver.poll()
    assert not driver.poll()


def test_a_reader_unplugged_halfway_is_absent_and_reads_when_it_is_back(counter):
    device, driver = counter
    device.place(RESIDENT)
    driver.poll()

    device.befall(Fault.UNPLUGGED_MIDWAY)
    with pytest.raises(DeviceAbsent, match="断开"):
        driver.read()
    with pytest.raises(DeviceAbsent, match="没有找到读卡器"):
        driver.poll()

    device.plug_in()
    assert driver.poll()
    assert driver.read() == RESIDENT


def test_a_reader_unplugged_while_idle_is_absent_until_it_is_back(counter):
    device, driver = counter
    driver.poll()

    device.unplug()
    with pytest.raises(DeviceAbsent):
        driver.poll()

    device.plug_in()
    assert not driver.poll()


def test_a_closed_or_held_reader_says_so_and_works_once_it_is_free(counter):
    device, driver = counter

    device.deny()
    with pytest.raises(ReaderDenied, match="管理员"):
        driver.poll()
    device.hold()
    with pytest.raises(ReaderHeld, match="占用"):
        driver.poll()

    device.release()
    assert not driver.poll()


def test_another_machine_with_the_readers_usb_id_is_not_believed(counter):
    device, driver = counter
    device.befall(Status.SELF_TEST_FAILED)

    with pytest.raises(ReaderFaulty, match="代码 60"):
        driver.poll()

    assert not driver.poll()


def test_the_systems_own_driver_gives_way_and_gets_the_reader_back(counter):
    device, driver = counter
    device.kernel_driver = True

    driver.poll()
    assert not device.kernel_driver

    driver.close()
    assert device.kernel_driver


def test_closing_twice_is_closing_once(counter):
    _, driver = counter
    driver.poll()

    driver.close()
    driver.close()

    assert not driver.poll()
