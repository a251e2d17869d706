"""What can be wrong with a store, told apart by the database's own error names, never by text."""

from sqlalchemy import ExceptionContext
from sqlalchemy.exc import DBAPIError, OperationalError

from clerk.domain.errors import StoreTrouble


class StoreFull(StoreTrouble):
    """No room is left on the disk."""

    def __init__(self) -> None:
        super().__init__("磁盘已满，这一步没有保存，先前已保存的办件都在。请清出磁盘空间后再做一次")


class StoreDamaged(StoreTrouble):
    """What the disk kept is not what was written."""

    def __init__(self) -> None:
        super().__init__(
            "数据文件已损坏，这一步没有保存，本机停止收件，文件原样留着。请改用纸质登记，并联系系统管理员从备份恢复"
        )


class StoreNotWritten(StoreTrouble):
    """The system refused to read, write or sync: quota, file size limit, or a disk going bad."""

    def __init__(self) -> None:
        super().__init__(
            "磁盘不让读写数据文件，这一步没有保存，先前已保存的办件都在，本机暂停收件。"
            "请检查磁盘空间和配额，再重新启动本程序"
        )


class StoreBusy(StoreTrouble):
    """Somebody else holds the store longer than we wait."""

    def __init__(self) -> None:
        super().__init__("数据正被另一项操作占用，这一步没有保存，已有内容不变。请稍候再做一次")


class StoreUnreachable(StoreTrouble):
    """The store's file or server cannot be opened."""

    def __init__(self) -> None:
        super().__init__(
            "数据文件或数据库服务器打不开，没有任何改动。请检查文件权限和网络后重试，仍不行请联系系统管理员"
        )


class StoreKeyWrong(StoreTrouble):
    """The store is encrypted with another key, or its first page is damaged."""

    def __init__(self) -> None:
        super().__init__(
            "数据文件不是用当前密钥加密的，打不开，文件没有改动。请核对数据目录和密钥文件是否成对"
        )


class SealingBroken(StoreTrouble):
    """The child that opens and seals the store's key did not answer."""

    def __init__(self) -> None:
        super().__init__(
            "加解密程序没有答复，数据没有打开，也没有改动。请重新启动本程序，仍不行请联系系统管理员"
        )


class KeyFileUnreadable(StoreTrouble):
    """The key file beside the store is missing or broken."""

    def __init__(self) -> None:
        super().__init__(
            "密钥文件不在或读不出来，数据打不开，但没有改动。请从备份恢复密钥文件，或联系系统管理员"
        )


class StoreNewer(StoreTrouble):
    """The store was written by a later version of the program."""

    def __init__(self) -> None:
        super().__init__("数据由更新版本的程序写成，本程序不打开它，文件没有改动。请先升级本程序")


class StoreInUse(StoreTrouble):
    """Another instance of the program has this store open."""

    def __init__(self) -> None:
        super().__init__("另一个窗口程序正在使用这份数据，本次没有打开。请先关掉那一个再启动")


class StoreNotLocal(StoreTrouble):
    """The store lies where files are not written safely: a share or a synchronised folder."""

    def __init__(self) -> None:
        super().__init__(
            "数据目录在网络盘或网盘同步目录里，断电时可能损坏，没有打开。请改放到本机磁盘"
        )


class StoreLibraryOld(StoreTrouble):
    """The SQLite library has the WAL-reset bug (before 3.51.3)."""

    def __init__(self) -> None:
        super().__init__("本机数据库组件版本过旧，可能损坏数据，没有打开。请重新安装本程序")


class JournalBroken(StoreTrouble):
    """A line of the journal does not follow from the one before it."""

    def __init__(self) -> None:
        super().__init__("操作日志前后对不上，数据可能被改动过，没有打开。请联系审计管理员核查")


_SQLITE: tuple[tuple[str, type[StoreTrouble]], ...] = (
    ("SQLITE_FULL", StoreFull),
    # the driver names the family only: a refused write, a failed fsync, and no room for the
    # shared memory of the WAL look alike, so each stops the counter until the store is reopened
    ("SQLITE_IOERR", StoreNotWritten),
    ("SQLITE_CORRUPT", StoreDamaged),
    ("SQLITE_NOTADB", StoreKeyWrong),
    ("SQLITE_BUSY", StoreBusy),
    ("SQLITE_LOCKED", StoreBusy),
    ("SQLITE_CANTOPEN", StoreUnreachable),
    ("SQLITE_READONLY", StoreUnreachable),
    ("SQLITE_PERM", StoreUnreachable),
)

_POSTGRESQL: tuple[tuple[str, type[StoreTrouble]], ...] = (
    ("53100", StoreFull),
    ("58", StoreDamaged),
    ("XX001", StoreDamaged),
    ("XX002", StoreDamaged),
    ("40001", StoreBusy),
    ("40P01", StoreBusy),
    ("55P03", StoreBusy),
    ("53", StoreUnreachable),
    ("57P", StoreUnreachable),
    ("08", StoreUnreachable),
    ("28", StoreUnreachable),
    ("3D000", StoreUnreachable),
)


def trouble_of(error: BaseException) -> StoreTrouble | None:
    """Return what a driver's error means for the clerk, None where it is our own bug.

    ``error`` may be the driver's own or SQLAlchemy's around it.
    """
    original = error.orig if isinstance(error, DBAPIError) and error.orig else error
    sqlite_name = getattr(original, "sqlite_errorname", None)
    if sqlite_name is not None:
        return _first_of(_SQLITE, sqlite_name)
    sqlstate = getattr(original, "sqlstate", None)
    if sqlstate is not None:
        return _first_of(_POSTGRESQL, sqlstate)
    if isinstance(error, OperationalError) or type(original).__name__ == "OperationalError":
        # PostgreSQL's driver gives no state where the server was never reached or went away
        return StoreUnreachable()
    return None


def raise_trouble(context: ExceptionContext) -> None:
    """Raise what a driver's error on an open store means for the clerk; a bug goes on as it is."""
    raise_for(context.original_exception)


def raise_for(error: BaseException) -> None:
    """Raise what a driver's own error on an open store means; where it is a bug, nothing."""
    trouble = trouble_of(error)
    if isinstance(trouble, StoreKeyWrong):
        # the key was right when the connection was made, so a page has changed since
        trouble = StoreDamaged()
    if trouble is not None:
        raise trouble from error


def _first_of(table: tuple[tuple[str, type[StoreTrouble]], ...], name: str) -> StoreTrouble | None:
    return next((kind() for start, kind in table if name.startswith(start)), None)
