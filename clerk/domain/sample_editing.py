"""Sample cases as they are edited (样例): every sample whole, materials as lines, and back again.

A file may say once in ``base`` what holds for all samples; an editor sees and changes each by
itself. What is edited may be faulty, so nothing here asks what its values mean.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from clerk.domain.draft_editing import lines_at
from clerk.domain.errors import SamplesFaulty
from clerk.domain.sample_case import Sample, samples_from
from clerk.domain.sample_run import SampleHall, came_out, run_sample
from clerk.domain.standard import ItemStandard

Plain = Mapping[str, object]
Line = dict[str, object]

_BY_KEY: Final = ("answers", "fields")
_WHO: Final = ("applicant", "handler")
_OF_THE_BASE: Final = (*_WHO, "mandate", "counter")


def editable(samples: Plain) -> list[Line]:
    """Return every sample with what ``base`` says of it, each material a line of its own."""
    base = _mapping(samples.get("base"))
    return [_whole(base, _mapping(one)) for one in lines_at(samples, ("samples",))]


def _whole(base: Plain, own: Plain) -> Line:
    line: Line = {key: base[key] for key in _OF_THE_BASE if key in base}
    line.update(own)
    for key in _BY_KEY:
        line[key] = {**_mapping(base.get(key)), **_mapping(own.get(key))}
    given = {**_mapping(base.get("materials")), **_mapping(own.get("materials"))}
    line["materials"] = [_given(str(code), how) for code, how in given.items()]
    for key in _WHO:
        if isinstance(line.get(key), str):
            line[key] = {"like": line[key]}
    return _said(line)


def _given(code: str, how: object) -> Line:
    if not isinstance(how, Mapping):
        return {"code": code, "way": how}
    points = _mapping(how.get("points"))
    line: Line = {"code": code, **{key: held for key, held in how.items() if key != "points"}}
    for key, met in (("unmet", False), ("met", True)):
        codes = [point for point, said in points.items() if said is met]
        if codes:
            line[key] = codes
    return line


def as_kept(item_code: str, lines: Sequence[object]) -> Line:
    """Return edited samples as they are kept, without a ``base``; empty where there are none."""
    if not lines:
        return {}
    return {"item_code": item_code, "samples": [_kept(_mapping(one)) for one in lines]}


def without_empty(samples: Plain) -> Plain:
    """Return samples as they are kept today: earlier drafts wrote an empty list for none."""
    return samples if lines_at(samples, ("samples",)) else {}


def _kept(line: Plain) -> Line:
    kept = dict(line)
    given = [_mapping(one) for one in lines_at(line, ("materials",))]
    kept["materials"] = {str(one.get("code", "")): _how(one) for one in given}
    for key in _WHO:
        who = _mapping(line.get(key))
        if set(who) == {"like"}:
            kept[key] = who["like"]
    return _said(kept)


def _said(line: Plain) -> Line:
    """What the line says; that nothing is warned of is a word of its own."""
    return {k: held for k, held in line.items() if k == "warns" or held not in ({}, [], None)}


def _how(line: Plain) -> object:
    apart = {"code", "unmet", "met"}
    how = {key: held for key, held in line.items() if key not in apart and held is not None}
    points = {
        str(point): met
        for key, met in (("unmet", False), ("met", True))
        for point in lines_at(line, (key,))
    }
    if points:
        how["points"] = points
    return how.get("way") if set(how) == {"way"} else how


def same_samples(left: Plain, right: Plain) -> bool:
    """Whether both say the same of every sample, however they are written."""
    return left == right or editable(left) == editable(right)


def read_sample(item_code: str, line: Plain) -> Sample:
    """Return one edited sample.

    Raises:
        SamplesFaulty: it has faults of form; all of them are listed.
    """
    return samples_from(as_kept(item_code, [line])).samples[0]


def as_came_out(hall: SampleHall, standard: ItemStandard, line: Plain, why: str = "") -> Line:
    """Return an edited sample that expects what the check says of it now.

    Raises:
        SamplesFaulty: it names what the standard does not have, or has faults of form.
    """
    open_one = {**line, "expect": "accept", "names": []}
    result = run_sample(hall, standard, read_sample(standard.item_code, open_one))
    if result.verdict is None:
        raise SamplesFaulty(
            "样例里写的有的不在标准里，没有改动。请先改正",
            tuple(d.what for d in result.differences),
        )
    expect, names = came_out(result.verdict)
    settled: Line = {**line, "expect": expect.value, "names": list(names)}
    if why:
        settled["why"] = why
    return _said(settled)


def _mapping(found: object) -> Plain:
    return found if isinstance(found, Mapping) else {}
