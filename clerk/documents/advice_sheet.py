"""What to bring, as HTML for the press (咨询材料清单): no case was opened and nothing received."""

from datetime import datetime
from string import Template

from clerk import assets, wording
from clerk import wording_advice as words
from clerk.documents.content import cited
from clerk.documents.plain import escape, plain
from clerk.domain.advice import Advice
from clerk.domain.counter import Counter
from clerk.domain.days import local_time
from clerk.domain.standard import Requirement
from clerk.wording_day import PRACTICE


def html_for(advice: Advice, counter: Counter, clerk: str, made_at: datetime) -> str:
    """Return the whole sheet, with everything that is said of the item on that day."""
    standard = advice.standard
    mark = f'<div class="mark practice">{PRACTICE}</div>' if counter.practice else ""
    rows = (_row(advice, place, one) for place, one in enumerate(advice.asked.requirements, 1))
    return Template(assets.read_text("templates", "sheets/advice.html")).substitute(
        css=assets.read_text("templates", "notices/print.css"),
        mark=mark,
        hall=escape(counter.hall),
        item=_text(standard.name),
        who=_text(words.who(advice)),
        answers=_text(words.answers(advice)),
        limits=_text(words.limits(advice)),
        fees=_text(wording.fees(standard)),
        result=_text(standard.result.name),
        where=_text(words.where(advice)),
        ends="".join(f'<p class="none">{_text(rule.ends)}</p>' for rule in advice.ends),
        rows="".join(rows),
        summed=_text(words.summed_up(advice)),
        fields=_text(words.to_fill_in(advice)),
        open=f'<p class="note">{_text(words.still_open(advice))}</p>',
        version=str(standard.version),
        effective=standard.effective_on.isoformat(),
        clerk=_text(clerk),
        consult=_text(standard.consult),
        made=f"{local_time(made_at):%Y-%m-%d %H:%M}",
    )


def _text(text: str) -> str:
    return escape(plain(text))


def _row(advice: Advice, number: int, asked: Requirement) -> str:
    what = f"<td>{_text(asked.name)}<br>{_text(words.copies(asked))}</td>"
    there = f'<td class="number">{_text(words.there(advice, asked))}</td>'
    cells = (asked.where_to_get or asked.issuer, words.easier(asked), cited(asked.basis))
    told = "".join(f"<td>{_text(cell) or '—'}</td>" for cell in cells)
    return f'<tr><td class="order">{number}</td>{what}{there}{told}</tr>'
