"""Identifiers of people, titles and recordings: which scheme one is of, and whether its check digit holds.

A slip in an identifier would give a consent to somebody else, so those that carry a check digit are checked. Ids of a
house's own have no scheme and are taken as they are.
"""

import re

_EIDR = re.compile(r"10\.5240/((?:[0-9A-F]{4}-){5})([0-9A-Z])")
_ISNI = re.compile(r"isni:([0-9]{15})([0-9X])")
_ISRC = re.compile(r"isrc:[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")
_PLAIN_HASH = re.compile(r"[0-9a-f]{64}")
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def trouble_with(identifier: str) -> str | None:
    """What is wrong with an identifier, or None.

    Args:
        identifier: '10.5240/...' for EIDR, 'isni:', 'isrc:' or 'sha256:' with its value, or a house's own.

    Source: ISO 26324 and the EIDR registry's format (check character of ISO 7064, mod 37,36), ISO 27729 (mod 11-2),
        ISO 3901.

    Example:
        >>> trouble_with("10.5240/7791-8534-2C23-9030-8610-5") is None, trouble_with("isni:0000000121032683") is None
        (True, True)
        >>> trouble_with("10.5240/7791-8534-2C23-9030-8610-6")
        'its check character is not 6'
    """
    if not identifier.strip() or len(identifier) > 200 or not identifier.isprintable():
        return "it is empty, too long, or holds characters that cannot be printed"
    if identifier.startswith("10.5240/"):
        return _trouble_with_eidr(identifier)
    if identifier.startswith("isni:"):
        return _trouble_with_isni(identifier)
    for scheme, pattern in (("isrc:", _ISRC), ("sha256:", _SHA256)):
        if identifier.startswith(scheme) and not pattern.fullmatch(identifier):
            return f"it is no {scheme.rstrip(':').upper()}"
    return None


def is_hash(text: str) -> bool:
    """Whether a text is a SHA-256 in hexadecimal.

    Example:
        >>> is_hash("a" * 64), is_hash("A" * 64)
        (True, False)
    """
    return _PLAIN_HASH.fullmatch(text) is not None


def _trouble_with_eidr(identifier: str) -> str | None:
    found = _EIDR.fullmatch(identifier)
    if found is None:
        return "it is no EIDR"
    carried = 36
    for one in found.group(1).replace("-", ""):
        carried = (carried + _DIGITS.index(one)) % 36 or 36
        carried = carried * 2 % 37
    due = _DIGITS[(37 - carried) % 36]
    return None if found.group(2) == due else f"its check character is not {found.group(2)}"


def _trouble_with_isni(identifier: str) -> str | None:
    found = _ISNI.fullmatch(identifier)
    if found is None:
        return "it is no ISNI"
    carried = 0
    for one in found.group(1):
        carried = (carried + int(one)) * 2 % 11
    due = "0123456789X"[(12 - carried) % 11]
    return None if found.group(2) == due else f"its check character is not {found.group(2)}"
