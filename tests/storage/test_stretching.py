"""What a stolen store costs a thief a word: the tests' own processes ask less, the program never."""

import subprocess
from pathlib import Path

from tests.source_code import ROOT

SHIPPED = """
import json, secrets, sys
from pathlib import Path
from clerk.storage import accounts, keyfile, stretching

file = Path(sys.argv[1])
keyfile.create(file, keyfile.StoreKind.COUNTER, "lisi", "a passphrase", random=secrets.token_bytes)
wrap = json.loads(file.read_bytes())["wraps"][0]
print(accounts.hashed("a password").rpartition("$")[0].rpartition("$")[0])
print(stretching.hasher().hash("246810").rpartition("$")[0].rpartition("$")[0])
print(wrap["time_cost"], wrap["memory_kib"], wrap["lanes"])
"""


def test_the_program_asks_of_a_thief_what_rfc_9106_recommends(python: str, tmp_path: Path) -> None:
    told = subprocess.run(
        [python, "-c", SHIPPED, tmp_path / "keys"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    recommended = "$argon2id$v=19$m=65536,t=3,p=4"
    assert told.stdout.splitlines() == [recommended, recommended, "3 65536 4"]
