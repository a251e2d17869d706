"""The ledger of paper numbers as HTML for the press, and as a table for office programs."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from string import Template

from clerk import assets
from clerk import wording_numbers as words
from clerk.documents.plain import escape, plain
from clerk.documents.publication import as_text
from clerk.domain.counter import Counter
from clerk.domain.days import local_time
from clerk.domain.paper_numbers import NumberAsking, NumberLine, NumberPage
from clerk.domain.papers import PaperKind
from clerk.wording_day import PRACTICE
from clerk.wording_letters import paper_day


def html_for(
    asking: NumberAsking, page: NumberPage, counter: Counter, clerk: str, made_at: datetime
) -> str:
    """Return the sheet, one row a number, with how the series stand."""
    mark = f'<div class="mark practice">{PRACTICE}</div>' if counter.practice else ""
    at = local_time(made_at)
    return Template(assets.read_text("templates", "sheets/paper_numbers.html")).substitute(
        css=assets.read_text("templates", "notices/print.css"),
        mark=mark,
        hall=escape(counter.hall),
        asked=_text(words.asked(asking, page.bodies, page.kinds)),
        summary=_text(_summary(page)),
        counter=escape(f"{counter.name}（{counter.code}）"),
        clerk=_text(clerk),
        made=f"{paper_day(at.date())} {at:%H:%M}",
        lines=_table(page) if page.lines else f'<p class="none">{words.NO_NUMBERS}</p>',
    )


def table_of(lines: Iterable[NumberLine], kinds: Mapping[PaperKind, str]) -> str:
    """Return the ledger as CSV (RFC 4180), headings first; no cell can be taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(words.HEADS)
    for line in lines:
        writer.writerow([as_text(cell) for cell in _cells(line, kinds)])
    return text.getvalue()


def _summary(page: NumberPage) -> str:
    broken = (one for one in page.standings if not one.gapless)
    return "；".join(
        (words.summary(page), *(words.fault(one, page.kinds[one.series.kind]) for one in broken))
    )


def _table(page: NumberPage) -> str:
    heads = _row("th", words.HEADS)
    rows = "".join(_row("td", _cells(line, page.kinds)) for line in page.lines)
    return f'<table class="numbers"><thead>{heads}</thead><tbody>{rows}</tbody></table>'


def _row(tag: str, cells: Sequence[str]) -> str:
    """Return a row of the sheet: what belongs together stands in one cell, line below line."""
    number, kind, body, case, at, who, paper, standing = map(_text, cells)
    told = (number, f"{kind}<br>{body}", case, f"{at}<br>{who}", paper, standing)
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in told) + "</tr>"


def _cells(line: NumberLine, kinds: Mapping[PaperKind, str]) -> tuple[str, ...]:
    given = line.given
    return (
        words.number(given),
        kinds[given.series.kind],
        line.body_name,
        line.case_label,
        words.at(given),
        words.who(line),
        words.paper(line),
        words.standing(given),
    )


def _text(text: str) -> str:
    return escape(plain(text))
