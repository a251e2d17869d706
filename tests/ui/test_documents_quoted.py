"""A paper of an older program: its values are listed all the same, and lead nowhere."""

from clerk.domain.quoted import quoted_earlier
from clerk.ui.documents_quoted import QuotedPart
from tests.ui.examples import SmallCounter
from tests.ui.test_documents import accepted


def test_what_an_older_paper_quotes_is_listed_and_leads_nowhere(qtbot):
    part = QuotedPart()
    qtbot.addWidget(part)
    located: list[str] = []
    wanted: list[object] = []
    part.located.connect(located.append)
    part.wanted.connect(wanted.append)
    values = quoted_earlier((("申请人", "张示例"), ("办结期限", "2026-03-25")))

    part.show_values(accepted(SmallCounter()), values, may_edit=True)
    part.table.go_to(1)

    model = part.table.model()
    assert model is not None
    assert [model.index(row, 1).data() for row in range(model.rowCount())] == [
        "张示例",
        "2026-03-25",
    ]
    assert part.told.text() == "办结期限：早先出的文书，来源没有记"
    assert part.words() == {}
    part.go_to("")
    part.open("")
    assert part.table.current_row() == 1
    assert (located, wanted) == ([], [])
