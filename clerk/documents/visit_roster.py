"""The list of visits at home as HTML for the press (上门服务名单), a table a day."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from string import Template

from clerk import assets
from clerk.documents.plain import escape, plain
from clerk.domain.counter import Counter
from clerk.domain.days import local_time
from clerk.domain.visits import VisitLine
from clerk.wording import day
from clerk.wording_care import care_line, visit_task
from clerk.wording_day import NOTHING, PRACTICE


def html_for(lines: Sequence[VisitLine], counter: Counter, clerk: str, made_at: datetime) -> str:
    """Return the whole list; a list with nobody on it says so."""
    template = Template(assets.read_text("templates", "sheets/visit_roster.html"))
    mark = f'<div class="mark practice">{PRACTICE}</div>' if counter.practice else ""
    days = groupby(lines, key=lambda line: line.wanted_on)
    return template.substitute(
        css=assets.read_text("templates", "notices/print.css"),
        mark=mark,
        hall=escape(counter.hall),
        counter=escape(counter.name),
        clerk=escape(plain(clerk)),
        made=f"{local_time(made_at):%Y-%m-%d %H:%M}",
        count=str(len(lines)),
        days="".join(_day(on, list(of_day)) for on, of_day in days)
        or f'<p class="none">{NOTHING}</p>',
    )


def _day(on: date, lines: Sequence[VisitLine]) -> str:
    rows = "".join(_row(number, line) for number, line in enumerate(lines, 1))
    template = Template(assets.read_text("templates", "sheets/visit_day.html"))
    return template.substitute(on=escape(day(on)), rows=rows)


def _row(number: int, line: VisitLine) -> str:
    who = (line.applicant_name, care_line(line.marks))
    what = (line.item_name, line.label, visit_task(line))
    cells = (who, (line.address, line.phone), what)
    told = "".join(f"<td>{_lines(texts)}</td>" for texts in cells)
    return f'<tr><td class="order">{number}</td>{told}<td></td></tr>'


def _lines(texts: Sequence[str]) -> str:
    return "<br>".join(escape(plain(text)) for text in texts if text)
