"""Finding an identity number again without keeping it in a column (盲索引).

The key is derived from the store's own and put on every transaction by the store, so all
stations of one store find the same person and no two stores agree.
"""

from sqlalchemy import Connection

from clerk.storage.digest import hmac_sm3


def index_of(tx: Connection, id_number: str) -> str:
    """Return the blind index of an identity number, empty for an empty one."""
    plain = id_number.strip().upper()
    if not plain:
        return ""
    return hmac_sm3(tx.info["index_key"], plain.encode())
