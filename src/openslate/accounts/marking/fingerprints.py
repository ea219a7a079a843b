"""By what a file is found again: its bytes, its pixels or samples, and how it looks."""

import hashlib
import io
import wave
from dataclasses import dataclass
from typing import IO, Literal, TypeAlias

from openslate.accounts.marking.images import Undecoded, read_picture
from openslate.accounts.marking.media_types import IMAGES, SAMPLED, media_type
from openslate.accounts.marking.opened import file_hash
from openslate.accounts.marking.perceptual import Perceptual
from openslate.errors import MissingExtra

ContentKind: TypeAlias = Literal["pixels", "samples"]
SAMPLES_CONTEXT = b"openslate samples 1\n"
FRAMES = 1 << 16
NOT_COMPARED = (
    "Video, and sound other than WAV, is known by its bytes alone: a copy in another encoding is not recognised."
)


@dataclass(frozen=True)
class Fingerprints:
    """What one file is found by.

    Attributes:
        file: SHA-256 of its bytes.
        size: in bytes.
        media_type: by its content; empty where it is not known.
        kind: what was hashed as its content; None where nothing was.
        content: hash of the decoded pixels or samples; None where nothing was hashed.
        look: the perceptual hash; None where there is none.
        notes: what was not done, and why, in sentences.
    """

    file: str
    size: int
    media_type: str
    kind: ContentKind | None = None
    content: str | None = None
    look: Perceptual | None = None
    notes: tuple[str, ...] = ()


def fingerprints(file: io.BufferedReader) -> Fingerprints:
    """What a file is found by; whatever cannot be hashed is left out, and the notes say so.

    Args:
        file: open, and a plain one (`opened`).
    """
    digest, size, found = file_hash(file), file.tell(), media_type(file)
    file.seek(0)
    kind: ContentKind | None = "pixels" if found in IMAGES else "samples" if found in SAMPLED else None
    if kind is None:
        return Fingerprints(digest, size, found, notes=(NOT_COMPARED,) if found else ())
    try:
        if kind == "samples":
            return Fingerprints(digest, size, found, kind, read_samples(file))
        content, look = read_picture(file)
    except Undecoded as error:
        return Fingerprints(digest, size, found, notes=(str(error),))
    except MissingExtra as error:
        note = f"Its pixels were not compared, and neither was its look. {error.what} {error.way_out}"
        return Fingerprints(digest, size, found, notes=(note,))
    notes = () if look else ("It is too plain for its look to be told from that of others.",)
    return Fingerprints(digest, size, found, kind, content, look, notes)


def read_samples(file: IO[bytes]) -> str:
    """The hash of the samples of a WAV file of whole numbers; chunks beside them do not matter.

    Args:
        file: open, to be read from its beginning.

    Raises:
        Undecoded: it is damaged, or holds other samples.

    Example:
        >>> import io
        >>> both = []
        >>> for _ in range(2):
        ...     memory = io.BytesIO()
        ...     with wave.open(memory, "wb") as sound:
        ...         sound.setparams((1, 2, 48000, 0, "NONE", ""))
        ...         sound.writeframes(b"abcd")
        ...     both.append(read_samples(memory))
        >>> both[0] == both[1]
        True
    """
    file.seek(0)
    digest = hashlib.sha256(SAMPLES_CONTEXT)
    try:
        with wave.open(file, "rb") as sound:
            digest.update(f"{sound.getnchannels()} {sound.getsampwidth()} {sound.getframerate()}\n".encode())
            while frames := sound.readframes(FRAMES):
                digest.update(frames)
    except Exception as error:
        # The module raises anything over a damaged file; whatever it is, nothing was hashed, and that is said.
        raise Undecoded(f"Its samples cannot be read as WAV of whole numbers ({error}).") from error
    return digest.hexdigest()
