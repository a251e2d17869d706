"""The print for a holder as HTML for the press (电子证照和共享数据使用记录)."""

from collections.abc import Sequence
from datetime import datetime
from string import Template

from clerk import assets
from clerk import wording_ledger as words
from clerk.documents.plain import escape, plain
from clerk.domain.certificate_call import CertificateCall
from clerk.domain.certificate_holder import HolderAsking
from clerk.domain.counter import Counter
from clerk.domain.days import local_time
from clerk.domain.masking import masked_identity_number
from clerk.wording_day import PRACTICE
from clerk.wording_letters import paper_day


def html_for(
    asked: HolderAsking,
    calls: Sequence[CertificateCall],
    counter: Counter,
    clerk: str,
    made_at: datetime,
) -> str:
    """Return the whole print, one row a call; an empty one says that there was none."""
    mark = f'<div class="mark practice">{PRACTICE}</div>' if counter.practice else ""
    at = local_time(made_at)
    return Template(assets.read_text("templates", "sheets/certificate_uses.html")).substitute(
        css=assets.read_text("templates", "notices/print.css"),
        mark=mark,
        hall=escape(counter.hall),
        name=_text(asked.name),
        number=_text(masked_identity_number(asked.number)),
        known=escape(words.KNOWN_BY[asked.known_by]),
        first=paper_day(asked.first),
        last=paper_day(asked.last),
        count=str(len(calls)),
        counter=escape(f"{counter.name}（{counter.code}）"),
        clerk=_text(clerk),
        made=f"{paper_day(at.date())} {at:%H:%M}",
        uses=_table(calls) if calls else f'<p class="none">{words.NO_USES}</p>',
    )


def _table(calls: Sequence[CertificateCall]) -> str:
    heads = "".join(f"<th>{head}</th>" for head in words.USE_HEADS)
    rows = "".join(_row(number, call) for number, call in enumerate(calls, 1))
    return f'<table class="uses"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _row(number: int, call: CertificateCall) -> str:
    at = local_time(call.at)
    what = "<br>".join(
        _text(part) for part in (words.operation(call), words.certificate(call)) if part
    )
    cells = (
        str(number),
        f"{at:%Y-%m-%d}<br>{at:%H:%M:%S}",
        f"{_text(words.window(call))}<br>{_text(call.words.get('clerk', ''))}",
        what,
        _text(words.purpose(call)) or "—",
        _text(words.mode(call)) or "—",
        f"{escape(words.end(call))}<br><span>{_text(call.receipt_id)}</span>",
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _text(text: str) -> str:
    return escape(plain(text))
