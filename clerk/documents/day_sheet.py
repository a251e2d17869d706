"""The sheet at the end of a day as HTML for the press (日终核对表)."""

from datetime import date
from string import Template

from clerk import assets
from clerk.documents.plain import escape, plain
from clerk.domain.counter import Counter
from clerk.domain.day_sheet import DayPart, DaySheet
from clerk.domain.days import local_time
from clerk.wording_day import NOTHING, PRACTICE, day_line, part_words
from clerk.wording_letters import paper_day


def html_for(sheet: DaySheet, counter: Counter) -> str:
    """Return the whole sheet; every section stands there, also one with nothing in it."""
    template = Template(assets.read_text("templates", "sheets/day_sheet.html"))
    mark = f'<div class="mark practice">{PRACTICE}</div>' if counter.practice else ""
    return template.substitute(
        css=assets.read_text("templates", "notices/print.css"),
        mark=mark,
        hall=escape(counter.hall),
        on=paper_day(sheet.on),
        counter=escape(sheet.counter_name),
        clerk=escape(plain(sheet.clerk_name)),
        made=f"{paper_day(sheet.on)} {local_time(sheet.made_at):%H:%M}",
        count=str(sheet.open_count),
        parts="".join(_part(part, sheet.on) for part in sheet.parts),
    )


def _part(part: DayPart, on: date) -> str:
    head = f"<h2>{escape(part_words(part))}</h2>"
    if not part.lines:
        return f'{head}<p class="none">{NOTHING}</p>'
    rows = "".join(
        f'<tr><td class="label">{_cell(label)}</td><td>{_cell(what)}</td><td>{_cell(note)}</td></tr>'
        for label, what, note in (day_line(line, on) for line in part.lines)
    )
    return f'{head}<table class="open"><tbody>{rows}</tbody></table>'


def _cell(text: str) -> str:
    return escape(plain(text)) or "—"
