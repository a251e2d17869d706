"""Verifies an archive package (归档包) anywhere: one file, only Python's standard library.

Usage: python3 verify.py [PACKAGE] [--digest DIGEST] [--journal EXPORT]

PACKAGE is the folder of the package, by default the one this file lies in. DIGEST is the package's
digest as it stands in the office's journal: only with it a package that somebody packed anew shows.
EXPORT is the office's exported journal, one JSON object a line: with it every line of the case is
looked up at its place in the whole chain.
Exit code 0: whole; 1: something is wrong, each finding one line; 2: cannot be read.
"""

import hashlib
import io
import json
import struct
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

INDEX, MANIFEST = "index.json", "manifest.txt"
FORMAT = 1
GENESIS = "0" * 64
OWN_SM3_BYTES = 1 << 14
"""Longer files take OpenSSL's SM3 where there is one: ours needs seconds for a megabyte."""

PAPERS_OF = {
    "received": ("receipt",),
    "notified_once": ("correction_notice",),
    "accepted": ("acceptance",),
    "declined": ("decline", "not_required"),
    "decided": ("decision",),
    "handed_out": ("delivery",),
    "letter_signed": ("commitment",),
}
"""Which papers an event of ours puts into the file; one of them is enough."""

NUMBERED_PAPER_OF = {
    "supplied": "supplement_receipt",
    "corrected": "supplement_receipt",
    "promise_withdrawn": "supplement_receipt",
    "lapsed": "termination_notice",
    "withdrawn": "termination_notice",
    "procedure_started": "procedure_notice",
    "extended": "extension_notice",
    "site_check_agreed": "site_notice",
    "site_checked": "site_record",
    "repair_ordered": "repair_order",
    "hearing_offered": "hearing_notice",
    "decision_revoked": "revocation",
    "statement_offered": "statement_notice",
    "decision_corrected": "decision_correction",
    "fee_changed": "fee_notice",
    "originals_moved": "transfer_slip",
    "posted_in": "posted_receipt",
}
"""The paper of an event that names its number (文号): the one that bears it must be there."""

_IV = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip
_MASK = 0xFFFFFFFF
_VECTORS = (
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
)
"""The two examples of GB/T 32905-2016, appendix A."""


def sm3(data: bytes) -> str:
    """Return the SM3 digest (GB/T 32905-2016), by this file's own arithmetic."""
    length = struct.pack(">Q", len(data) * 8)
    data += b"\x80" + b"\x00" * ((55 - len(data)) % 64) + length
    state: tuple[int, ...] = _IV
    for at in range(0, len(data), 64):
        state = _compressed(state, struct.unpack(">16I", data[at : at + 64]))
    return b"".join(struct.pack(">I", word) for word in state).hex()


def _turned(word: int, by: int) -> int:
    return ((word << by) | (word >> (32 - by))) & _MASK


_CONSTANTS = tuple(_turned(0x79CC4519 if j < 16 else 0x7A879D8A, j % 32) for j in range(64))


def _compressed(state: tuple[int, ...], block: tuple[int, ...]) -> tuple[int, ...]:
    w = list(block)
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _turned(w[j - 3], 15)
        w.append(x ^ _turned(x, 15) ^ _turned(x, 23) ^ _turned(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        a12 = _turned(a, 12)
        ss1 = _turned((a12 + e + _CONSTANTS[j]) & _MASK, 7)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
        tt1 = (ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + w[j]) & _MASK
        a, b, c, d = tt1, a, _turned(b, 9), c
        e, f, g, h = tt2 ^ _turned(tt2, 9) ^ _turned(tt2, 17), e, _turned(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def _sm3_of(content: bytes) -> str:
    if len(content) > OWN_SM3_BYTES and "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", content).hexdigest()
    return sm3(content)


class Broken(Exception):
    """The package cannot be read at all."""


class Package:
    """A package on disk; each check yields what is wrong, as a sentence."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = self._json(INDEX)
        if not isinstance(self.index, dict) or self.index.get("format") != FORMAT:
            raise Broken(f"{INDEX} 不是这一版归档包的目录")
        self.listed = {entry["path"]: entry for entry in self.index["files"]}

    def digest(self) -> str:
        """Return the digest of the whole package: that of its index."""
        return _sm3_of((self.folder / INDEX).read_bytes())

    def check_manifest(self, expected: str | None) -> Iterator[str]:
        """Compare the index with the manifest, and with the digest that was kept elsewhere."""
        content = (self.folder / INDEX).read_bytes()
        wanted = f"sm3 {_sm3_of(content)}\nsha256 {hashlib.sha256(content).hexdigest()}\n"
        try:
            said = (self.folder / MANIFEST).read_text(encoding="utf-8")
        except OSError:
            yield f"{MANIFEST} 没有了"
            return
        if said != wanted:
            yield f"{INDEX} 和 {MANIFEST} 的校验码不符，目录被改过"
        if expected is not None and expected.lower() != self.digest():
            yield "归档包的校验码和登记的不符，不是当时归档的那一份"

    def check_files(self) -> Iterator[str]:
        """Every listed file is there as it was, and no other one."""
        here = {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file() or path.is_symlink()
        }
        for name in sorted(here - self.listed.keys() - {INDEX, MANIFEST}):
            yield f"{name} 不在目录里，是多出来的文件"
        for name, entry in sorted(self.listed.items()):
            if name not in here:
                yield f"{name} 没有了"
                continue
            if (self.folder / name).is_symlink():
                yield f"{name} 是链接，不是文件"
                continue
            content = (self.folder / name).read_bytes()
            if len(content) != entry["size_bytes"]:
                yield f"{name} 的大小是 {len(content)} 字节，应为 {entry['size_bytes']}"
            if hashlib.sha256(content).hexdigest() != entry["sha256"]:
                yield f"{name} 的 SHA-256 不符，内容被改过"
            if _sm3_of(content) != entry["sm3"]:
                yield f"{name} 的 SM3 不符，内容被改过"

    def check_events(self) -> Iterator[str]:
        """The course agrees with the case, and our own acts stand in the order of time."""
        events, case = self._json("events.json"), self._json("case.json")
        if case["case_id"] != self.index["case_id"]:
            yield "case.json 不是这一件的"
        if case["events"] != events:
            yield "events.json 和 case.json 里的经过不一致"
        ours = [event for event in events if event["actor"]]
        for before, event in pairwise(ours):
            if event["at"] < before["at"]:
                yield f"经过里 {event['kind']}（{event['at']}）排在更晚的一步后面"

    def check_journal(self, export: Path | None) -> Iterator[str]:
        """Each line bears its own digest and follows its neighbour where that is here."""
        journal = self._json("journal.json")
        last: dict[str, dict[str, Any]] = {}
        for line in journal["lines"]:
            name = f"日志 {line['station']} 第 {line['sequence']} 行"
            if line["digest"] != _line_digest(line):
                yield f"{name}的链码不符，这一行被改过"
            if line["case_id"] != self.index["case_id"]:
                yield f"{name}不是这一件的"
            before = last.get(line["station"])
            step = 0 if before is None else line["sequence"] - before["sequence"]
            if before is not None and step < 1:
                yield f"{name}的次序不对"
            if before is not None and step == 1 and line["previous"] != before["digest"]:
                yield f"{name}和上一行接不上"
            last[line["station"]] = line
        told = {one["station"]: one for one in journal["anchors"]}
        for station, line in last.items():
            anchor = told.get(station)
            if anchor is None or anchor["sequence"] < line["sequence"]:
                yield f"日志 {station} 没有归档时的链尾"
            elif anchor["sequence"] == line["sequence"] and anchor["digest"] != line["digest"]:
                yield f"日志 {station} 的链尾和最后一行不符"
        if len(journal["lines"]) != self.index["journal_lines"]:
            yield f"日志有 {len(journal['lines'])} 行，应有 {self.index['journal_lines']} 行"
        if export is not None:
            yield from _check_in_chain(journal, export)

    def check_papers(self) -> Iterator[str]:
        """Every paper that an event of ours names lies in the package, unless somebody said why."""
        kept = {entry.get("paper") for entry in self.listed.values()}
        excused = set(self._json("review.json")["missing_papers"])
        for event in self._json("events.json"):
            kinds = PAPERS_OF.get(event["kind"], ()) if event["actor"] else ()
            if kinds and not kept & set(kinds) and not excused & set(kinds):
                yield f"经过里有 {event['kind']}，归档包里没有对应的文书 {'、'.join(kinds)}"
        numbered = {(entry.get("paper"), entry.get("number")) for entry in self.listed.values()}
        events = self._json("events.json")
        voided = (one["detail"] for one in events if one["kind"] == "number_voided")
        instead = {one.get("void", ""): one.get("number", "") for one in voided}
        for event in events:
            kind = NUMBERED_PAPER_OF.get(event["kind"], "")
            number = event["detail"].get("document", "")
            for _ in instead:
                number = instead.get(number, number)
            if kind and number and (kind, number) not in numbered and kind not in excused:
                yield f"经过里有 {event['kind']}，归档包里没有文书 {kind} {number}"

    def _json(self, name: str) -> Any:
        try:
            return json.loads((self.folder / name).read_bytes())
        except (OSError, ValueError) as error:
            raise Broken(f"{name} 读不出（{error}）") from error


def _line_digest(line: dict[str, Any]) -> str:
    plain = {key: value for key, value in line.items() if key != "digest"}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _sm3_of(text.encode())


def _check_in_chain(journal: dict[str, Any], export: Path) -> Iterator[str]:
    """Follow the office's own chain and look every line of the case up in it."""
    wanted = {
        (line["station"], line["sequence"]): line["digest"]
        for line in (*journal["lines"], *journal["anchors"])
    }
    previous: dict[str, tuple[int, str]] = {}
    with export.open(encoding="utf-8") as lines:
        for text in lines:
            line = json.loads(text)
            place = line["station"], line["sequence"]
            before = previous.get(line["station"], (0, GENESIS))
            follows = (line["sequence"], line["previous"]) == (before[0] + 1, before[1])
            if not follows or line["digest"] != _line_digest(line):
                yield f"单位的日志 {place[0]} 在第 {place[1]} 行断了"
                return
            previous[line["station"]] = line["sequence"], line["digest"]
            if wanted.pop(place, line["digest"]) != line["digest"]:
                yield f"日志 {place[0]} 第 {place[1]} 行和单位的日志不符"
    stations = previous.keys()
    for station, sequence in sorted(wanted):
        if station in stations:
            yield f"日志 {station} 第 {sequence} 行在单位的日志里没有"


def findings(folder: Path, digest: str | None = None, export: Path | None = None) -> list[str]:
    """Return everything that is wrong with the package, nothing where it is whole.

    Raises:
        Broken: there is no package to look at.
    """
    package = Package(folder)
    found = [*package.check_manifest(digest), *package.check_files()]
    for check in (package.check_events, package.check_papers):
        found += _said(check())
    return found + _said(package.check_journal(export))


def _said(checks: Iterator[str]) -> list[str]:
    said: list[str] = []
    try:
        for one in checks:
            said.append(one)  # noqa: PERF402  what was said before the trouble stays
    except Broken as error:
        said.append(str(error))
    except (KeyError, TypeError, ValueError, OSError) as error:
        said.append(f"内容的格式不对（{type(error).__name__} {error}）")
    return said


def main(arguments: list[str]) -> int:
    """Run the program and return its exit code."""
    given = list(arguments)
    options = {"--digest": "", "--journal": ""}
    for name in options:
        if name in given:
            at = given.index(name)
            options[name] = "".join(given[at + 1 : at + 2])
            del given[at : at + 2]
    if len(given) > 1 or (given and given[0].startswith("-")):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder = Path(given[0]) if given else Path(__file__).resolve().parent
    if any(sm3(message) != digest for message, digest in _VECTORS):
        sys.stderr.write("本机算不出正确的 SM3，没有核验\n")
        return 2
    export = Path(options["--journal"]) if options["--journal"] else None
    try:
        found = findings(folder, options["--digest"] or None, export)
        package = Package(folder)
    except (Broken, KeyError, TypeError, OSError) as error:
        sys.stderr.write(f"归档包读不出：{error}\n")
        return 2
    out = sys.stdout
    out.write(f"归档包 {package.index['number']}，{len(package.listed)} 个文件\n")
    out.write(f"校验码 SM3 {package.digest()}\n")
    for name in (
        "目录和校验码",
        "文件齐全、没有多出、大小、SHA-256、SM3",
        "经过先后",
        "文书",
        "日志链",
    ):
        out.write(f"核了：{name}\n")
    for one in found:
        out.write(f"不符：{one}\n")
    out.write("归档包完整，没有发现改动\n" if not found else f"发现 {len(found)} 处不符\n")
    return 1 if found else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    raise SystemExit(main(sys.argv[1:]))
