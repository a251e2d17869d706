"""What differs between our certificate calls and the library's list, as HTML (用证对账差异单)."""

from datetime import datetime
from string import Template

from clerk import assets
from clerk import wording_ledger as words
from clerk.documents.plain import escape, plain
from clerk.domain.counter import Counter
from clerk.domain.days import local_time
from clerk.domain.use_list import UseComparison, UseDifference
from clerk.wording_day import PRACTICE
from clerk.wording_letters import paper_day


def html_for(found: UseComparison, counter: Counter, clerk: str, made_at: datetime) -> str:
    """Return the sheet of one day; it names messages and certificates, no person."""
    mark = f'<div class="mark practice">{PRACTICE}</div>' if counter.practice else ""
    at = local_time(made_at)
    heads = "".join(f"<th>{head}</th>" for head in words.DIFFERENCE_HEADS)
    rows = "".join(_row(one) for one in found.differences)
    table = f'<table class="uses"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return Template(assets.read_text("templates", "sheets/use_differences.html")).substitute(
        css=assets.read_text("templates", "notices/print.css"),
        mark=mark,
        hall=escape(counter.hall),
        on=paper_day(found.on),
        listed=str(found.listed),
        count=str(len(found.differences)),
        compared=f"{local_time(found.compared_at):%Y-%m-%d %H:%M}",
        counter=escape(f"{counter.name}（{counter.code}）"),
        clerk=escape(plain(clerk)),
        made=f"{paper_day(at.date())} {at:%H:%M}",
        differences=table if rows else f'<p class="none">{words.NO_DIFFERENCES}</p>',
    )


def _row(one: UseDifference) -> str:
    cells = (
        f"{local_time(one.at):%H:%M:%S}",
        escape(words.DIFFERS[one.kind]),
        escape(plain(words.side(one.ours))) or "—",
        escape(plain(words.side(one.theirs))) or "—",
        f"<span>{one.message_id}</span>",
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
