"""What is kept of a generated file, and how its record reads."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Description:
    """What is recorded of a generated file.

    Attributes:
        file: SHA-256 of its bytes.
        kind: 'pixels' or 'samples', or empty where no content was hashed.
        content: hash of the pixels or samples; empty without.
        look: perceptual hash; empty without.
        decoder: what decoded it.
        media_type: of the file.
        source_type: IPTC digital source type.
        name: of the file, when it was written.
        size: in bytes.
        signer: as the certificate names them.
        use: place of the decision that allowed it.
        use_hash: of that entry.
        source: SHA-256 of the file that was marked; empty in records from before it was kept.
    """

    file: str
    kind: str
    content: str
    look: str
    decoder: str
    media_type: str
    source_type: str
    name: str
    size: int
    signer: str
    use: int
    use_hash: str
    source: str = ""


@dataclass(frozen=True)
class KnownFile:
    """A generated file as it is recorded.

    Attributes:
        entry: place of its own entry on the ledger.
        hash: of that entry.
        at: when it was recorded.
        use: place of the decision that allowed it.
        file: SHA-256 of the marked file.
        described: what the vault says; None once that was erased.
        subject: id of the person in the vault; empty once erased.
        record: id of the consent that the decision rested on.
    """

    entry: int
    hash: str
    at: datetime
    use: int
    file: str
    described: Description | None = None
    subject: str = ""
    record: str = ""
