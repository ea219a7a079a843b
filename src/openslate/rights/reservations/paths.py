"""Patterns of paths as the Robots Exclusion Protocol has them: a prefix, `*` for anything, `$` for the end."""

from urllib.parse import quote, urlsplit

_KEPT = "/%*$?&=+:;,@!~'()[]-._"


def path_of(address: str) -> str:
    """The path, with its query, of an address; a path stays one.

    Example:
        >>> path_of("https://example.org/films/1?part=2"), path_of("example"), path_of("/é")
        ('/films/1?part=2', '/example', '/%C3%A9')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        # No address at all; whoever wrote it may still have meant a path.
        parts = urlsplit(quote(address, safe="/"))
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    return quote(path + (f"?{parts.query}" if parts.query else ""), safe=_KEPT)


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path.

    The pieces between stars are looked for from left to right, so that no pattern takes long.

    Args:
        pattern: such as '/films/*.html$'.
        path: as from `path_of`.

    Source: RFC 9309, section 2.2.3.

    Example:
        >>> matches("/films/", "/films/1"), matches("/*.html$", "/a.html"), matches("/*.html$", "/a.html?b")
        (True, True, False)
    """
    ends = pattern.endswith("$")
    pieces = [quote(piece, safe=_KEPT) for piece in (pattern[:-1] if ends else pattern).split("*")]
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    if len(pieces) == 1:
        return not ends or at == len(path)
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    last = pieces[-1]
    return len(path) - len(last) >= at and path.endswith(last) if ends else path.find(last, at) >= 0


def strength(pattern: str) -> int:
    """How exact a pattern is: the longest that matches decides."""
    return len(pattern.encode())
