"""Papers that did not come out of a printer (没打出来的文书), beside the day's other cards."""

from collections.abc import Sequence

from clerk.ui.today_parts import Standing, StandingCard

MOST = 3


class PrintsCard(StandingCard):
    """The oldest first; hidden while there are none."""

    def __init__(self) -> None:
        super().__init__("没打出来的文书")
        self.hide()

    def show_prints(self, hanging: Sequence[tuple[str, str]]) -> None:
        """Show whose papers they are, as (applicant, title); 文书 of the case has the ways out."""
        more = len(hanging) - MOST
        self.head.hint.setText(f"还有 {more} 份" if more > 0 else "到办件里按 Ctrl P 处理")
        self.show_standings(
            [
                Standing(state="broken", name=applicant, detail=title)
                for applicant, title in hanging[:MOST]
            ]
        )
        self.setVisible(bool(hanging))
