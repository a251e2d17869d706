"""SM2 signatures (GB/T 32918.2) on plain integers, with SM3 (GB/T 32905) from cryptography.

Cryptography reads no SM2 keys. Verifying handles nothing secret, so it need not hide how long it
takes; ``sign`` does not hide it either, and is for the practice peers' invented keys alone.
"""

from typing import Final

from cryptography.hazmat.primitives import hashes

P: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A: Final = P - 3
B: Final = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G: Final = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
UID: Final = b"1234567812345678"
"""The signer's name where both sides agreed on none (GM/T 0009)."""

_POINT_BYTES: Final = 65
_RAW_BYTES: Final = 64

Affine = tuple[int, int]
_Jacobian = tuple[int, int, int]
"""x = X/Z², y = Y/Z³; Z = 0 is the point at infinity."""

_INFINITY: Final = (1, 1, 0)


def sm3(data: bytes) -> bytes:
    """Return the SM3 digest."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def public_point(private: int) -> bytes:
    """Return the public key of a private one: 04, x, y."""
    x, y = _affine(_sum_of_multiples(private, G, 0, G))
    return b"\x04" + _octets(x) + _octets(y)


def sign(private: int, message: bytes, uid: bytes = UID) -> bytes:
    """Return the signature as DER; the same message gets the same one."""
    digest = _digest(public_point(private), message, uid)
    counter = 0
    while True:
        secret = _octets(private) + _octets(digest) + counter.to_bytes(4, "big")
        k = int.from_bytes(sm3(secret + b"\1") + sm3(secret + b"\2"), "big") % (N - 1) + 1
        r = (digest + _affine(_sum_of_multiples(k, G, 0, G))[0]) % N
        s = pow(1 + private, -1, N) * (k - r * private) % N
        if r and s and r + k != N:
            return _der(r, s)
        counter += 1


def verify(point: bytes, signature: bytes, message: bytes, uid: bytes = UID) -> bool:
    """Return whether the owner of ``point`` signed the message.

    Args:
        point: 04, x, y; anything else, or a point beside the curve, has signed nothing.
        signature: DER of r and s in its one right spelling, or both as 32 octets.
        message: what was signed.
        uid: the signer's name that was signed with it.
    """
    key = _on_curve(point)
    pair = _pair(signature)
    if key is None or pair is None:
        return False
    r, s = pair
    t = (r + s) % N
    if not (0 < r < N and 0 < s < N and t):
        return False
    reached = _sum_of_multiples(s, G, t, key)
    if not reached[2]:
        return False
    return (_digest(point, message, uid) + _affine(reached)[0]) % N == r


def _digest(point: bytes, message: bytes, uid: bytes) -> int:
    curve = b"".join(_octets(number) for number in (A, B, *G))
    identity = sm3((len(uid) * 8).to_bytes(2, "big") + uid + curve + point[1:])
    return int.from_bytes(sm3(identity + message), "big")


def _octets(number: int) -> bytes:
    return number.to_bytes(32, "big")


def _on_curve(point: bytes) -> Affine | None:
    if len(point) != _POINT_BYTES or point[0] != 4:
        return None
    x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    if x >= P or y >= P or (y * y - x * x * x - A * x - B) % P:
        return None
    return x, y


def _der(r: int, s: int) -> bytes:
    numbers = b""
    for number in (r, s):
        octets = number.to_bytes(number.bit_length() // 8 + 1, "big")
        numbers += bytes((2, len(octets))) + octets
    return bytes((0x30, len(numbers))) + numbers


def _pair(signature: bytes) -> tuple[int, int] | None:
    """Return r and s; None for any other spelling than the one of DER, or of 64 octets."""
    if len(signature) == _RAW_BYTES:
        return int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        r_end = 4 + signature[3]
        r = int.from_bytes(signature[4:r_end], "big")
        s = int.from_bytes(signature[r_end + 2 :], "big")
    except IndexError:
        return None
    return (r, s) if r < P and s < P and _der(r, s) == signature else None


def _sum_of_multiples(s: int, first: Affine, t: int, second: Affine) -> _Jacobian:
    """Return s·first + t·second, both in one pass over the bits (Shamir's trick)."""
    one, other = (*first, 1), (*second, 1)
    addends = (_INFINITY, one, other, _add(one, other))
    total = _INFINITY
    for bit in range(max(s.bit_length(), t.bit_length()) - 1, -1, -1):
        total = _double(total)
        chosen = (s >> bit & 1) | (t >> bit & 1) << 1
        if chosen:
            total = _add(total, addends[chosen])
    return total


def _double(point: _Jacobian) -> _Jacobian:
    x, y, z = point
    delta, gamma = z * z % P, y * y % P
    beta = x * gamma % P
    alpha = 3 * (x - delta) * (x + delta) % P
    new_x = (alpha * alpha - 8 * beta) % P
    new_y = (alpha * (4 * beta - new_x) - 8 * gamma * gamma) % P
    return new_x, new_y, 2 * y * z % P


def _add(one: _Jacobian, other: _Jacobian) -> _Jacobian:
    if not one[2]:
        return other
    if not other[2]:
        return one
    x1, y1, z1 = one
    x2, y2, z2 = other
    square1, square2 = z1 * z1 % P, z2 * z2 % P
    u1, u2 = x1 * square2 % P, x2 * square1 % P
    s1, s2 = y1 * square2 * z2 % P, y2 * square1 * z1 % P
    if u1 == u2:
        return _double(one) if s1 == s2 else _INFINITY
    h, r = u2 - u1, s2 - s1
    h2 = h * h % P
    h3, v = h * h2 % P, u1 * h2 % P
    x = (r * r - h3 - 2 * v) % P
    return x, (r * (v - x) - s1 * h3) % P, h * z1 * z2 % P


def _affine(point: _Jacobian) -> Affine:
    x, y, z = point
    inverse = pow(z, -1, P)
    square = inverse * inverse % P
    return x * square % P, y * square * inverse % P
