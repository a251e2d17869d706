"""Which items a window takes, out of the one catalogue (本窗口办哪些): a counter, a van, a village.

A profile is a list of choices in a closed vocabulary, written in the window's settings. What it
leaves out is found all the same and says where it is taken, so that nobody is sent away for nothing.
"""

from collections.abc import Mapping

from clerk.domain.catalogue_line import CatalogueLine
from clerk.domain.errors import BadInput
from clerk.domain.standard import LawKind
from clerk.domain.toml_reading import Table
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChoice:
    """Some items of the catalogue: those that fit everything that is named; of each, one will do.

    ``bodies`` are implementing bodies by the name that the window shows, ``use_levels`` codes of
    行使层级. ``offline`` is for a van: only what may be received without the network.
    """

    items: frozenset[str] = frozenset()
    law_kinds: frozenset[LawKind] = frozenset()
    bodies: frozenset[str] = frozenset()
    use_levels: frozenset[str] = frozenset()
    offline: bool = False

    def fits(self, line: CatalogueLine) -> bool:
        """Whether an item is one of these."""
        named = (
            (self.items, line.item_code),
            (self.law_kinds, line.law_kind),
            (self.bodies, line.body),
            (self.use_levels, line.use_level),
        )
        return all(not wanted or has in wanted for wanted, has in named) and (
            line.offline or not self.offline
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenElsewhere:
    """Some items that this window does not take, and where they are taken."""

    choice: ItemChoice
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowProfile:
    """What a window takes: any of ``takes`` (empty: everything) that is not in ``leaves``.

    ``otherwise`` says where the rest is taken; empty sends to the item's own body.
    """

    takes: tuple[ItemChoice, ...] = ()
    leaves: tuple[TakenElsewhere, ...] = ()
    otherwise: str = ""

    @property
    def everything(self) -> bool:
        """Whether the window takes the whole catalogue."""
        return not self.takes and not self.leaves

    def takes_in(self, line: CatalogueLine) -> bool:
        """Whether the item is taken at this window."""
        return self.elsewhere(line) is None

    def elsewhere(self, line: CatalogueLine) -> str | None:
        """Return where the item is taken instead, None where it is taken here.

        Empty where the settings name no place: then the item's body tells.
        """
        left = next((one.to for one in self.leaves if one.choice.fits(line)), None)
        if left is not None:
            return left
        taken = not self.takes or any(choice.fits(line) for choice in self.takes)
        return None if taken else self.otherwise


def profile_from(data: Mapping[str, object]) -> WindowProfile:
    """Read the table ``[profile]`` of a window's settings.

    Raises:
        BadInput: a key is unknown, a value is none of the allowed ones, or a choice names nothing.
    """
    faults: list[BadInput] = []
    table = Table(data, "profile", faults)
    found = WindowProfile(
        takes=tuple(_choice(line) for line in table.tables("takes")),
        leaves=tuple(_elsewhere(line) for line in table.tables("leaves")),
        otherwise=table.text("otherwise", ""),
    )
    table.close()
    if faults:
        raise BadInput(f"窗口设置里 {faults[0]}，没有打开任何数据。请系统管理员改正")
    return found


def _elsewhere(table: Table) -> TakenElsewhere:
    to = table.text("to")
    return TakenElsewhere(choice=_choice(table), to=to)


def _choice(table: Table) -> ItemChoice:
    found = ItemChoice(
        items=frozenset(table.texts("items")),
        law_kinds=frozenset(table.words("law_kinds", LawKind) if table.has("law_kinds") else ()),
        bodies=frozenset(table.texts("bodies")),
        use_levels=frozenset(table.texts("use_levels")),
        offline=table.flag("offline", default=False),
    )
    table.close()
    if found == ItemChoice():
        table.faults.append(BadInput(f"{table.at('?')}：要写明哪些事项"))
    return found
