"""aipref: the Content-Usage header of the IETF's draft vocabulary of preferences. A draft, and marked as one."""

import re

from openslate.rights.reservation import Reservation

LEARNING = ("train-ai", "train-genai", "foundation-model-production")
"""Categories, of this draft and earlier ones, that are about learning."""
WIDER = ("ai-use", "tdm", "bots", "all")
"""Categories, of this draft and earlier ones, of which learning is a part; they count where learning is not named."""
_MEMBER = re.compile(r"\s*([a-z*][a-z0-9_.*-]*)\s*(?:=\s*([A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*)\s*)?(;[^,]*)?")


def from_header(value: str, where: str = "Content-Usage") -> Reservation | None:
    """What a Content-Usage value says about learning; None where it says nothing about it.

    Args:
        value: such as 'train-ai=n, search=y'; several headers are joined by a comma.
        where: header, file or page.

    Source: draft-ietf-aipref-vocab-06, not an RFC; a dictionary of RFC 9651. An unreadable value would be ignored
        there, and is a reservation here, which is stricter.

    Example:
        >>> from_header("train-ai=n, search=y").reserved, from_header("train-ai=y").reserved, from_header("search=n")
        (True, False, None)
    """
    said: dict[str, str] = {}
    for part in value.split(","):
        found = _MEMBER.fullmatch(part)
        if found is None:
            return Reservation("aipref", True, f"{value[:200]!r} cannot be read", where, draft=True)
        # A later member of the same name takes the place of an earlier one.
        said[found.group(1)] = found.group(2) or ""
    for categories in (LEARNING, WIDER):
        named = [(category, said[category]) for category in categories if said.get(category) in ("y", "n")]
        if named:
            reserved = [one for one in named if one[1] == "n"]
            category, preference = (reserved or named)[0]
            return Reservation("aipref", bool(reserved), f"{category}={preference}", where, draft=True)
    return None
