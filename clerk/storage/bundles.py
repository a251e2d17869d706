"""Bundles (批次): the week's lists that one level hands up to the next."""

from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from clerk.domain.bundles import Bundle
from clerk.storage import codec
from clerk.storage.tables import bundles

AT_ONCE = 50


def add(tx: Connection, bundle: Bundle) -> None:
    """Keep a new bundle."""
    tx.execute(insert(bundles).values(bundle_id=bundle.bundle_id, **_columns(bundle)))


def save(tx: Connection, bundle: Bundle) -> None:
    """Keep a bundle as it stands now."""
    tx.execute(
        update(bundles).where(bundles.c.bundle_id == bundle.bundle_id).values(**_columns(bundle))
    )


def load(tx: Connection, bundle_id: UUID) -> Bundle:
    """Return a bundle; an id that is not here is our own bug.

    On a hall's server it is held until the transaction ends, so that two windows deal with one
    person after the other.
    """
    wanted = select(bundles.c.body).where(bundles.c.bundle_id == bundle_id).with_for_update()
    return codec.load(tx.execute(wanted).scalar_one(), Bundle)


def still_open(tx: Connection) -> list[Bundle]:
    """Return bundles with persons nobody has dealt with, the oldest first."""
    found = tx.execute(
        select(bundles.c.body)
        .where(bundles.c.open_lines > 0)
        .order_by(bundles.c.made_at, bundles.c.bundle_id)
        .limit(AT_ONCE)
    )
    return [codec.load(body, Bundle) for body in found.scalars()]


def newest(tx: Connection) -> list[Bundle]:
    """Return the last bundles, the newest first, whether dealt with or not."""
    found = tx.execute(
        select(bundles.c.body)
        .order_by(bundles.c.made_at.desc(), bundles.c.bundle_id.desc())
        .limit(AT_ONCE)
    )
    return [codec.load(body, Bundle) for body in found.scalars()]


def _columns(bundle: Bundle) -> dict[str, object]:
    return {
        "item_code": bundle.item_code,
        "step": bundle.step,
        "made_at": bundle.made_at,
        "open_lines": bundle.open_lines,
        "body": codec.dump(bundle),
    }
