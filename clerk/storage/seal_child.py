"""One act of AES-256-GCM, in a process of its own that ends with it.

Its caller runs this file: one JSON object comes in by standard input, one leaves by standard
output, every value in base64. What was sealed otherwise than it is opened is an empty answer.
"""

import base64
import json
import sys
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def main() -> None:
    """Answer the request on standard input."""
    request: Mapping[str, str] = json.load(sys.stdin)
    key, nonce, data, bound = (
        base64.b64decode(request[name]) for name in ("key", "nonce", "data", "bound")
    )
    act = AESGCM(key).encrypt if request["act"] == "seal" else AESGCM(key).decrypt
    try:
        done = act(nonce, data, bound)
    except InvalidTag:
        json.dump({}, sys.stdout)
    else:
        json.dump({"data": base64.b64encode(done).decode()}, sys.stdout)


if __name__ == "__main__":
    main()
