"""Bodies of answers, unpacked no further than a cap: a bomb stops at it, whatever it would become."""

import zlib
from collections.abc import Iterable, Iterator

from openslate.apps.press.fetching.refusals import Refused

GZIP, ZLIB, RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
PIECE = 1 << 16
UNPACKED = ("gzip", "x-gzip", "deflate")


def capped(pieces: Iterable[bytes], coding: str, most: int, shown: str, cut: bool = False) -> bytes:
    """A body of at most so many bytes.

    Args:
        pieces: as they come in.
        coding: what Content-Encoding says; empty for none.
        most: bytes of the unpacked body, and of the packed one.
        shown: address of it, for messages.
        cut: whether a longer one is cut there instead of refused.

    Raises:
        Refused: it is larger, is packed in a way that nobody asked for, or cannot be unpacked.

    Example:
        >>> capped([b"ab", b"cd"], "", 3, "a.xml", cut=True)
        b'abc'
    """
    codings = [one for one in coding.lower().replace(",", " ").split() if one != "identity"]
    if len(codings) > 1 or any(one not in UNPACKED for one in codings):
        raise Refused(f"{shown} is packed as {coding[:40]!r}, which was not asked for.", "Tell its host.", "content")
    body = bytearray()
    for piece in _unpacked(pieces, codings[0], shown) if codings else pieces:
        body += piece
        if len(body) > most:
            if cut:
                return bytes(body[:most])
            raise too_large(shown, most)
    return bytes(body)


def too_large(shown: str, most: int) -> Refused:
    """The error for a body that is larger than its cap."""
    return Refused(f"{shown} is larger than {most:,} bytes.", "Ask its host for a smaller one.", "size")


def gunzipped(content: bytes, most: int, shown: str) -> bytes:
    """What a .gz file holds, at most so many bytes; a file that is none is left as it is.

    Raises:
        Refused: it holds more, or is damaged.
    """
    return capped([content], "gzip", most, shown) if content[:2] == b"\x1f\x8b" else content


def _unpacked(pieces: Iterable[bytes], coding: str, shown: str) -> Iterator[bytes]:
    window = ZLIB if coding == "deflate" else GZIP
    unpacker = zlib.decompressobj(window)
    begun = False
    for piece in pieces:
        if not begun and coding == "deflate" and piece and piece[0] & 0x0F != 8:
            # Some servers leave out the header that the standard asks for.
            window, unpacker = RAW, zlib.decompressobj(RAW)
        begun = begun or bool(piece)
        left = piece
        try:
            while left:
                if unpacker.eof:
                    if window != GZIP or left[:2] != b"\x1f\x8b":
                        # Whatever stands behind the end is no part of it.
                        return
                    unpacker = zlib.decompressobj(window)
                yield unpacker.decompress(left, PIECE)
                left = unpacker.unconsumed_tail or unpacker.unused_data
        except zlib.error:
            raise Refused(f"{shown} cannot be unpacked.", "Ask its host, or try again later.", "content") from None
    while not unpacker.eof and (rest := unpacker.decompress(b"", PIECE)):
        yield rest
    if begun and not unpacker.eof:
        raise Refused(f"{shown} ends in the middle.", "Try again later.", "content")
