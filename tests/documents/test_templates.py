"""The HTML templates themselves."""

from html.parser import HTMLParser

import pytest
from typing_extensions import override

from clerk.documents.notice_html import html_for
from clerk.tour import sample_papers as samples

NEVER_CLOSED = {"meta", "br", "col"}


class Nesting(HTMLParser):
    """Follows what is open; says where a tag closes something else."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in NEVER_CLOSED:
            self.open.append(tag)

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stays open."""

    @override
    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> in line {self.getpos()[0]}")


@pytest.mark.parametrize("name", samples.every_paper())
def test_every_element_closes_where_it_was_opened(name):
    nesting = Nesting()

    nesting.feed(html_for(samples.every_paper()[name]))

    assert nesting.wrong == []
    assert nesting.open == []
