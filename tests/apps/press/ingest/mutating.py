"""Feeds damaged in every way that is easy to do by chance, the same ones every time."""

import random
from collections.abc import Iterator

ITEM = (
    "<item><title>Harbour Lights {n}</title><link>https://www.slate.example/{n}?utm_source=x</link>"
    "<guid isPermaLink='false'>tag:{n}</guid><pubDate>Fri, 14 May 2027 0{n}:00:00 GMT</pubDate>"
    "<description><![CDATA[<p>The crew went home &amp; slept.</p>]]></description></item>"
)
RSS = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel>"
    "<title>The Slate</title><link>https://www.slate.example/</link>"
    + "".join(ITEM.format(n=n) for n in range(5))
    + "</channel></rss>"
)
ATOM = (
    "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>The Slate</title>"
    "<entry><title type='html'>Wrapped</title><link href='/wrap'/><id>urn:1</id>"
    "<updated>2027-05-14T08:00:00Z</updated>"
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>They wrapped.</p></div></content></entry>"
    "</feed>"
)
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    "<channel rdf:about='https://www.slate.example/'><title>The Slate</title></channel>"
    "<item rdf:about='https://www.slate.example/1'><title>One</title><link>https://www.slate.example/1</link></item>"
    "</rdf:RDF>"
)
JSON = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "The Slate", "items": [{"id": "1", "url": "/1",'
    ' "title": "One", "content_html": "<p>It rained.</p>", "date_published": "2027-05-14T08:00:00Z"}, {"id": 2}]}'
)
SITEMAP = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://www.slate.example/1</loc>"
    "<lastmod>2027-05-14</lastmod></url><url><loc>https://www.slate.example/2</loc></url></urlset>"
)
OPML = (
    "<opml version='2.0'><body><outline text='Film'><outline text='Slate' xmlUrl='https://a.example/f'/></outline>"
    "</body></opml>"
)
SEEDS = tuple(one.encode() for one in (RSS, ATOM, RDF, JSON, SITEMAP, OPML))
TOKENS = (
    *(b"<", b">", b"&", b"&#0;", b"&#xFFFFFFFF;", b"&nbsp;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?"),
    *(b"<!ENTITY a 'b'>", b"<!DOCTYPE x [", b"&a;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b'"', b"'"),
    *(b"</item>", b"<item>", b"<entry>", b"</channel>", b"9" * 400, b"[" * 60, b"{" * 60, b"http://[", b"//"),
    *(b"file:///etc/passwd", b"9999-99-99", b"Mon, 99 Foo 99999", b"xml:base='http://a b/'", b"<a:b:c>"),
    *(b"xmlns:x=''", b"\xe2\x80\xae", b"encoding='utf-16'", b"javascript:alert(1)"),
)


def mutated(count: int, seed: int = 1) -> Iterator[bytes]:
    """So many damaged feeds.

    Args:
        count: of them.
        seed: that decides the damage.
    """
    dice = random.Random(seed)
    for _ in range(count):
        body = bytearray(dice.choice(SEEDS))
        for _ in range(dice.randint(1, 6)):
            _damage(body, dice)
        yield bytes(body)


def _damage(body: bytearray, dice: random.Random) -> None:
    at = dice.randint(0, len(body))
    other = min(len(body), at + dice.randint(1, 80))
    kind = dice.randrange(7)
    if kind == 0:
        del body[at:other]
    elif kind == 1:
        body[at:at] = dice.choice(TOKENS)
    elif kind == 2:
        body[at:at] = body[at:other] * dice.randint(1, 30)
    elif kind == 3 and at < len(body):
        body[at] = dice.randrange(256)
    elif kind == 4:
        body[at:at] = dice.randbytes(dice.randint(1, 12))
    elif kind == 5:
        body[at:other] = bytes(reversed(body[at:other]))
    else:
        body[at:other] = dice.choice(TOKENS)
