"""One address for one page, however a link to it was decorated."""

import re
from urllib.parse import parse_qsl, quote, urlsplit

_TRACKING = re.compile(
    r"(utm_|at_|mc_|pk_|hsa_|_hs|vero_|oly_|mtm_|itm_|guce_|soc_|ns_)\w*|(fb|g|dc|ms|y|tt|tw|li_)clid|gbraid|wbraid"
    r"|igsh(id)?|_ga|_gl|xtor|smid|ncid|ftag|cmp|cmpid|ito|taid|guccounter|ref_src|ref_url|mkt_tok|ocid|ref"
    r"|__twitter_impression",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_KEPT = "/%:@!$&'()*+,;=~-._"


def canonical(url: str) -> str:
    """An address without what only says where a reader came from.

    Args:
        url: absolute.

    Raises:
        ValueError: it is no address of the web.

    Example:
        >>> canonical("HTTPS://Slate.Example:443/harbour?id=3&utm_source=feed#top")
        'https://slate.example/harbour?id=3'
    """
    parts = urlsplit(url.strip())
    scheme, host, port = parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.port
    if scheme not in _PORTS or not host:
        raise ValueError(f"{url[:120]!r} is no address of the web")
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        raise ValueError(f"{url[:120]!r} is no address of the web") from None
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    query = "&".join(piece for piece in parts.query.split("&") if piece and not _is_tracking(piece))
    path = quote(parts.path or "/", safe=_KEPT)
    return f"{scheme}://{place}{path}" + (f"?{quote(query, safe=_KEPT + '?')}" if query else "")


def canonical_of_page(url: str, said: str) -> str:
    """The canonical address of a page that names one itself; another site's word is not taken for it.

    Args:
        url: it was found at.
        said: by its rel=canonical; empty for nothing.
    """
    own = canonical(url)
    if not said:
        return own
    try:
        named = canonical(said)
    except ValueError:
        return own
    # Many pages name the site's front page by mistake, and a page must not take another site's place.
    to_front = urlsplit(named).path == "/" and urlsplit(own).path != "/"
    return own if to_front or _site(named) != _site(own) else named


def domain_of(url: str) -> str:
    """The host of an address as records have it: without 'www.'."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _site(url: str) -> str:
    # 'm.' and 'amp.' are the same site on a telephone.
    return re.sub(r"^(www|m|amp|mobile)\.", "", urlsplit(url).hostname or "")


def _is_tracking(piece: str) -> bool:
    name = next(iter(parse_qsl(piece, keep_blank_values=True)), (piece, ""))[0]
    return _TRACKING.fullmatch(name) is not None
