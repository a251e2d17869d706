"""``clerk --sign-data``: the bureau's own signature on a data file, and the key for it.

The private key stays in a file of the person who signs; the counters learn only the public one.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from clerk.domain.errors import BadInput, ClerkError
from integrations.credentials.signatures import new_key, public_key_of, sign

OWNER_ONLY = 0o600


def main(arguments: Sequence[str]) -> int:
    """Sign a file, or make a key; return the exit code, every refusal is one sentence."""
    parser = argparse.ArgumentParser(prog="clerk --sign-data")
    parser.add_argument("key", type=Path, help="file of the private key; made if it is not there")
    parser.add_argument("file", type=Path, nargs="?", help="data file to sign")
    given = parser.parse_args(list(arguments))
    try:
        public = public_key_of(_key(given.key))
        if given.file is not None:
            signed = signed_beside(given.key, given.file)
            print(f"已签名：{signed}")  # noqa: T201  a command of the terminal
        print(f'窗口设置 settings.toml 里写上：data_keys = ["{public}"]')  # noqa: T201
    except ClerkError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _key(file: Path) -> str:
    try:
        if not file.exists():
            file.touch(mode=OWNER_ONLY)
            file.write_text(new_key()[0], encoding="ascii")
        text = file.read_text("ascii").strip()
        public_key_of(text)
    except (OSError, ValueError) as error:
        raise BadInput(f"签名密钥 {file} 用不了，没有签名。换一个文件再来") from error
    return text


def signed_beside(key: Path, file: Path) -> Path:
    """Sign ``file`` and return the signature's file, which lies beside it.

    Raises:
        BadInput: the key is none, or a file cannot be read or written.
    """
    signature = file.with_name(f"{file.name}.sig")
    try:
        signature.write_text(sign(_key(key), file.read_bytes()), encoding="ascii")
    except OSError as error:
        raise BadInput(f"文件 {file} 读不出或写不下签名，没有签名。核对路径再来") from error
    return signature
