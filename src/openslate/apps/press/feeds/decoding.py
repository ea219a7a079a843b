"""Bytes of feeds as text, whatever they claim to be: valid UTF-8 is that, and what cannot be read is replaced."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# Python knows codecs that are no encodings of text, and some that take very long.
_KNOWN = re.compile(
    r"utf-?8|utf-?(16|32)(-?[lb]e)?|us-ascii|ascii|latin-?1|iso-?8859-?\d{1,2}|(windows|cp)-?\d{3,4}|koi8-[ru]|macintosh"
    r"|gb(k|2312|18030)|big5|euc-(jp|kr)|shift[_-]?jis|iso-2022-jp",
    re.IGNORECASE,
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
# XML allows none of these, and one of them would stop a strict reader.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def text_of(content: bytes, content_type: str = "") -> tuple[str, bool]:
    """Bytes as text without a declaration of XML, and whether every one of them could be read.

    Args:
        content: as it came.
        content_type: header of the answer, which may name an encoding.

    Example:
        >>> text_of(b'<?xml version="1.0" encoding="us-ascii"?><rss>caf\\xc3\\xa9</rss>')
        ('<rss>café</rss>', True)
    """
    for encoding in _candidates(content, content_type):
        try:
            return _clean(content.decode(encoding)), True
        except (UnicodeDecodeError, LookupError):
            continue
    # Windows' own code has a letter for nearly every byte, and is what is meant where nothing else fits.
    return _clean(content.decode("cp1252", "replace")), False


def _candidates(content: bytes, content_type: str) -> list[str]:
    head = content[:4]
    marked = [name for mark, name in _MARKS if head.startswith(mark)]
    if marked:
        return marked[:1]
    unmarked = [name for start, name in _UNMARKED if head.startswith(start)]
    if unmarked:
        return unmarked[:1]
    declared = _DECLARED.match(content[:500])
    sent = _CHARSET.search(content_type)
    named = [
        name
        for name in (declared.group(1).decode() if declared else "", sent.group(1) if sent else "")
        if _KNOWN.fullmatch(name) and not re.match("utf-?(16|32)", name, re.IGNORECASE)
    ]
    # Text in another encoding is next to never valid UTF-8 by chance, unless it is written in seven bits.
    seven_bits = [name for name in named if name.lower() == "iso-2022-jp" and b"\x1b" in content]
    return [*seven_bits, "utf-8", *named]


def _clean(text: str) -> str:
    return _CONTROLS.sub("", _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1))
