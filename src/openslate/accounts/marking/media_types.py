"""What a file is by its first bytes; names can say anything."""

from typing import IO

HEAD = 64
IMAGES = frozenset(("image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif", "image/avif"))
"""Pictures, whose pixels can be hashed."""
SAMPLED = frozenset(("audio/wav",))
"""Sound whose samples can be hashed."""
MARKABLE = frozenset((*IMAGES, *SAMPLED, "audio/mpeg", "audio/flac", "video/mp4", "video/quicktime"))
"""What a manifest can be written into."""
UNKNOWN = ""
_BRANDS = {b"avif": "image/avif", b"avis": "image/avif", b"qt  ": "video/quicktime"}
_MP4 = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"M4A ", b"mmp4")
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
)


def media_type(file: IO[bytes]) -> str:
    """The media type of an open file; empty for any that is not known here.

    Example:
        >>> import io
        >>> media_type(io.BytesIO(b"GIF89a...")), media_type(io.BytesIO(b"hello"))
        ('image/gif', '')
    """
    file.seek(0)
    head = file.read(HEAD)
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head[:4] == b"RIFF":
        return {b"WAVE": "audio/wav", b"WEBP": "image/webp"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4" if head[8:12] in _MP4 else UNKNOWN)
    # The eleven bits that begin a frame of MPEG audio, of layer III.
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return UNKNOWN
