"""The sample cases that ship, and those a bureau put beside them."""

import tomllib
from datetime import date
from typing import Final

from clerk import assets
from clerk.app.calendars import read_calendar
from clerk.domain.errors import BadInput
from clerk.domain.sample_case import ItemSamples, samples_from
from clerk.domain.sample_people import people_from
from clerk.domain.sample_run import SampleHall

FOLDER: Final = "samples"
_PEOPLE: Final = "samples/people.toml"
_USUAL_COUNTER: Final = "03"


def read_hall(on: date) -> SampleHall:
    """Return the hall in which samples are run, usually on ``on``.

    Raises:
        SamplesFaulty: the file of people has faults; all of them are listed.
    """
    return SampleHall(
        people=people_from(tomllib.loads(assets.read_text("resources", _PEOPLE))),
        calendar=read_calendar().calendar,
        usual_on=on,
        usual_counter=_USUAL_COUNTER,
    )


def sampled_items() -> frozenset[str]:
    """Return the codes of the items that have a file of samples."""
    files = assets.names("resources", FOLDER)
    return frozenset(_code(name) for name in files if name.endswith(".toml") and name != _PEOPLE)


def read_samples(item_code: str) -> ItemSamples | None:
    """Return the samples of an item, None where it has no file.

    Raises:
        SamplesFaulty: the file has faults; all of them are listed.
        BadInput: it is no TOML, or of another item.
    """
    name = f"{FOLDER}/{item_code}.toml"
    if item_code not in sampled_items():
        return None
    try:
        samples = samples_from(tomllib.loads(assets.read_text("resources", name)))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} 不是正确的 TOML（{error}），没有采用。请改正后再试") from error
    if samples.item_code != item_code:
        raise BadInput(f"{name} 里写的是另一个事项 {samples.item_code}，没有采用。请改正后再试")
    return samples


def _code(name: str) -> str:
    return name.removeprefix(f"{FOLDER}/").removesuffix(".toml")
