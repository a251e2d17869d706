"""The short way of a page into WeasyPrint: quicker, and to the same paper."""

import logging
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import pytest
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from clerk.documents import letter_filling, letter_pdf, letters
from clerk.documents.notice_html import html_for
from clerk.documents.press_page import Pages, tree_of
from clerk.tour import sample_papers as samples
from tests.documents.test_letters import PROMISE

NOTHING = URLFetcher(allowed_protocols=(), allow_redirects=False)
HEADING = '<!doctype html><html lang="zh-CN"><head><style>h1{font-size:9pt}</style></head>'
OWN_SIZE = (
    '<svg width="20mm" height="9mm" viewBox="0 0 20 9"><path d="M0 0h9v9z"/></svg>'
    "<style>svg{width:40mm}</style>"
)


@pytest.fixture(scope="module")
def fonts() -> FontConfiguration:
    return FontConfiguration()


def pages(fonts: FontConfiguration, told: Sequence[str] = ()) -> Pages:
    return Pages(NOTHING, fonts, told)


def attributes_of(element: Element) -> dict[str, str]:
    return {name: value for name, value in element.attrib.items() if not name.endswith("xmlns")}


def text_of(element: Element) -> list[tuple[str, dict[str, str], str]]:
    """Every element with its attributes and its own words, in the order they stand."""
    return [
        (one.tag, attributes_of(one), f"{(one.text or '').strip()}|{(one.tail or '').strip()}")
        for one in element.iter()
    ]


@pytest.mark.parametrize("name", samples.every_paper())
def test_every_paper_is_read_the_short_way_as_it_is_the_long_way(name):
    html = html_for(samples.every_paper()[name])

    short = tree_of(html)

    assert short is not None
    assert text_of(short) == text_of(HTML(string=html, url_fetcher=NOTHING).etree_element)


@pytest.mark.parametrize("name", ["proof", "business_permit"])
def test_every_letter_is_read_the_short_way_as_it_is_the_long_way(name):
    html = letter_pdf.html_for(letter_filling.fill(name, letters.values_for(PROMISE)).docx).html

    short = tree_of(html)

    assert short is not None
    assert text_of(short) == text_of(HTML(string=html, url_fetcher=NOTHING).etree_element)


@pytest.mark.logs_warnings
def test_a_paper_is_the_same_to_the_octet_by_either_way(fonts):
    html = html_for(samples.van_receipt())

    long_way = HTML(string=html, url_fetcher=NOTHING).write_pdf(font_config=fonts)

    assert pages(fonts).rendered(html).write_pdf() == long_way


@pytest.mark.parametrize(
    "html",
    [
        f"{HEADING}<body><h1>大</h1>{OWN_SIZE}</body></html>",
        f"{HEADING}<body><h1>大</h1><ol><li>一<li>二</ol></body></html>",
        "<p>受理通知书<p>没有收尾",
    ],
    ids=["a drawing with a size of its own", "a list", "no whole page"],
)
def test_a_page_is_the_same_to_the_octet_by_either_way(html, fonts):
    """Twice, since the second takes what the first has left."""
    long_way = HTML(string=html, url_fetcher=NOTHING).write_pdf(font_config=fonts)
    press = pages(fonts)

    assert [press.rendered(html).write_pdf() for _ in range(2)] == [long_way] * 2


@pytest.mark.parametrize(
    "html",
    [
        '<!doctype html><!DOCTYPE x [<!ENTITY a "甲">]><html><body>&a;</body></html>',
        "<html><body><p>甲<br></body></html>",
        "<html><body>&nbsp;</body></html>",
        "<html><body><style>p{float:footnote}</style></body></html>",
        "<p>甲</p>",
    ],
)
def test_what_is_not_written_as_our_templates_are_goes_the_long_way(html):
    assert tree_of(html) is None


@pytest.mark.logs_warnings
def test_a_fault_in_a_style_sheet_is_told_each_time(fonts):
    html = "<html><head><style>p{colour:red}</style></head><body><p>甲</p></body></html>"
    told: list[str] = []
    listening = logging.Handler(logging.WARNING)
    listening.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listening)
    try:
        press = pages(fonts, told)
        press.rendered(html)
        press.rendered(html)
    finally:
        logger.removeHandler(listening)

    assert len([words for words in told if "colour" in words]) == 2
