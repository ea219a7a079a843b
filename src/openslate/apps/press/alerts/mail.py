"""A mail as a file that mail programs open, by the standard library: no header can be made up by what it says."""

import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from openslate.drawing.words import printable, shortened
from openslate.errors import ProjectError
from openslate.storage.files import write_atomically


def mail_of(subject: str, text: str, at: datetime, page: str = "") -> bytes:
    """A mail without a sender's or a reader's address, which whoever sends it fills in.

    Args:
        subject: of any words; ends of lines and what moves a cursor are taken out.
        text: of it.
        at: its date.
        page: the same as HTML, for those who see it; empty for none.

    Source: RFC 5322.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = shortened(printable(subject), 200)
    mail["Date"] = at
    # So that mail programs open it as a draft.
    mail["X-Unsent"] = "1"
    mail.set_content(text)
    if page:
        mail.add_alternative(page, subtype="html")
        # Of its content: a random one would make equal mails differ.
        mail.set_boundary(f"part-{hashlib.sha256((text + page).encode()).hexdigest()[:32]}")
    return mail.as_bytes()


def write_mail(path: Path, mail: bytes) -> Path:
    """Write a mail beside those that are there already; none is written over.

    Args:
        path: of the file; a number is added where it is taken.
        mail: to be written.

    Returns:
        Where it is.

    Raises:
        ProjectError: it cannot be written.
    """
    place, number = path, 1
    while place.exists():
        number += 1
        place = path.with_name(f"{path.stem}-{number}{path.suffix}")
    try:
        write_atomically(place, mail)
    except OSError as error:
        raise ProjectError(f"{place} cannot be written: {error.strerror}.", "Name a folder that exists.") from error
    return place
