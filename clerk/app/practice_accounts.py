"""The invented people of the practice hall, one for each role."""

from datetime import date

from clerk.domain.identity import Account, ApprovalMandate, Role

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


def practice_accounts(items: frozenset[str]) -> tuple[Account, ...]:
    """Return the accounts; the chief representative may decide ``items``."""
    mandate = ApprovalMandate(
        number="示授〔2026〕1 号",
        department="示例县行政审批服务局",
        items=items,
        from_on=date(2025, 1, 1),
        until_on=date(2026, 12, 31),
    )
    return tuple(
        Account(
            account_id=account_id,
            display_name=name,
            roles=frozenset({role}),
            mandate=mandate if role is Role.CHIEF_REPRESENTATIVE else None,
        )
        for role, (account_id, name) in _NAMES.items()
    )
