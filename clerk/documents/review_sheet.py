"""The sheet of the file review as the bureau has it, and what a file's papers say for it."""

import tomllib
from functools import lru_cache

from clerk import assets
from clerk.documents import due, notices
from clerk.domain.case import Case, CaseEventKind
from clerk.domain.file_review import ReviewSheet, paper_named, sheet_from
from clerk.domain.issued import IssuedPaper
from clerk.domain.papers import PaperKind
from clerk.domain.papers_due import papers_of_acts
from clerk.domain.standard import ItemStandard
from clerk.values import replace


@lru_cache(maxsize=1)
def review_sheet() -> ReviewSheet:
    """Return the sheet.

    Raises:
        BadInput: the bureau's own sheet does not read.
    """
    sheet = sheet_from(tomllib.loads(assets.read_text("resources", "review/checks.toml")))
    titles = {paper_named(kind).what: title for kind, title in due.TITLES.items()}
    return replace(sheet, words={**titles, **sheet.words})


def papers_of_course(case: Case, standard: ItemStandard) -> tuple[PaperKind, ...]:
    """Return every paper that the whole course of a closed case asks for."""
    asked = list(due.due_papers(case, standard))
    told_by_us = any(
        event.kind is CaseEventKind.NOTIFIED_ONCE and event.actor for event in case.events
    )
    if told_by_us and PaperKind.CORRECTION_NOTICE not in asked:
        asked.append(PaperKind.CORRECTION_NOTICE)
    of_acts = (owed.kind for owed in reversed(papers_of_acts(case)))
    return tuple(dict.fromkeys((*asked, *of_acts)))


def materials_on(papers: list[IssuedPaper]) -> frozenset[str] | None:
    """Return the materials that the last receipt lists; None where it does not tell them."""
    receipts = [paper for paper in papers if paper.kind is PaperKind.RECEIPT]
    said = dict(receipts[-1].values).get(notices.materials_label()) if receipts else None
    return None if said is None else frozenset(said.split(notices.LIST_MARK))
