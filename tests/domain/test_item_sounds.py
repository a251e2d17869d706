"""Each sound stands exactly where a character that may have it stands."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clerk.domain.item_sounds import sound_places
from clerk.domain.sounds import split_syllable
from tests.domain.starter_items import sounds

SOUNDS = sounds()
TEXTS = st.text(alphabet="食品药经营许可证银行长会重单县乐参AB3𠮷\n\x1e", max_size=60)


def naive(text, which):
    found: dict[str, int] = {}
    for place, character in enumerate(text):
        for sound in {split_syllable(one)[which] for one in SOUNDS.of(character)}:
            found[sound] = found.get(sound, 0) | 1 << place
    return found


@given(TEXTS)
def test_every_onset_and_rime_stands_where_a_character_may_have_it(text):
    onsets, rimes, _ = sound_places(text, replace(SOUNDS, phrases=()), "\n")

    assert onsets == naive(text, 0)
    assert rimes == naive(text, 1)


@given(TEXTS)
def test_a_name_begins_behind_each_separator(text):
    behind = [place + 1 for place, character in enumerate(text) if character == "\n"]

    *_, begins = sound_places(text, SOUNDS, "\n")

    assert begins == sum(1 << place for place in behind)


def test_an_initial_that_only_a_phrase_has_stands_there_alone():
    own = replace(SOUNDS, phrases=(("单县", "qx"),))

    onsets, *_ = sound_places("单位单县", own, "\n")

    assert onsets["q"] == 1 << 2
