"""The invented people of the practice hall: one for each role, a deputy, and the other levels."""

from collections.abc import Sequence

from clerk.app.mandates import practice_mandates
from clerk.domain.identity import Account, Role
from clerk.domain.mandate import ApprovalMandate

_NAMES = {
    Role.WINDOW_CLERK: ("zhou", "周模拟"),
    Role.CHIEF_REPRESENTATIVE: ("zheng", "郑范例"),
    Role.SUPERVISOR: ("wu", "吴督导"),
    Role.RESULT_CLERK: ("chu", "褚出件"),
    Role.AGENT: ("dai", "戴代办"),
    Role.STANDARD_EDITOR: ("bian", "边编写"),
    Role.STANDARD_PUBLISHER: ("fa", "费发布"),
    Role.SYSTEM_ADMIN: ("xi", "席系统"),
    Role.SECURITY_ADMIN: ("an", "安保密"),
    Role.AUDITOR: ("shen", "沈审计"),
}
_DEPUTY = ("qian", "钱代理")
_SECOND_PUBLISHER = ("fan", "范发布")
_LEVELS = (
    ("zhuang", "庄村级", Role.WINDOW_CLERK),
    ("zhuo", "卓镇级", Role.WINDOW_CLERK),
    ("zong", "宗公示", Role.WINDOW_CLERK),
    ("zou", "邹县级", Role.WINDOW_CLERK),
    ("zhu", "朱主任", Role.SUPERVISOR),
)
"""One who speaks for each level of a chain, and the head of the centre."""


def practice_accounts() -> tuple[Account, ...]:
    """Return the accounts with their mandates, one of each role first."""
    held = practice_mandates()

    def mandates(account_id: str) -> Sequence[ApprovalMandate]:
        return [one.mandate for one in held if one.account_id == account_id]

    people = [(account_id, name, role) for role, (account_id, name) in _NAMES.items()]
    people += [(*_DEPUTY, Role.CHIEF_REPRESENTATIVE), *_LEVELS]
    people.append((*_SECOND_PUBLISHER, Role.STANDARD_PUBLISHER))
    return tuple(
        Account(
            account_id=account_id,
            display_name=name,
            roles=frozenset({role}),
            mandates=tuple(mandates(account_id)),
        )
        for account_id, name, role in people
    )
