"""Web archives (WARC): the pages in them, one at a time and none larger than a page may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.page_facts import LARGEST
from openslate.errors import AdmitError
from openslate.native import load

MOST = 100_000
"""Records of an archive that are looked at."""


@dataclass(frozen=True)
class ArchivedPage:
    """A page of an archive.

    Attributes:
        url: it was fetched from.
        headers: of the answer, names in small letters.
        content: HTML.
    """

    url: str
    headers: Mapping[str, str]
    content: bytes


def archived_pages(path: Path) -> Iterator[ArchivedPage]:
    """The pages of an archive that were answered with 200 and are HTML.

    Args:
        path: of a .warc or .warc.gz file.

    Raises:
        AdmitError: it cannot be read, or is no web archive.
        MissingExtra: warcio is not installed.
    """
    iterator = load("warcio.archiveiterator", "Reading web archives", "pip install 'openslate[press]'")
    damaged = load("warcio.exceptions", "Reading web archives", "pip install 'openslate[press]'").ArchiveLoadFailed
    try:
        with path.open("rb") as file:
            for number, record in enumerate(iterator.ArchiveIterator(file, no_record_parse=False)):
                if number >= MOST:
                    return
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                headers = {str(name).lower(): str(value) for name, value in record.http_headers.headers}
                if record.http_headers.get_statuscode() == "200" and "html" in headers.get("content-type", "html"):
                    # One byte more than may be read tells that there is more, and a bomb is unpacked no further.
                    content = record.content_stream().read(LARGEST + 1)
                    yield ArchivedPage(str(record.rec_headers.get_header("WARC-Target-URI") or ""), headers, content)
    except OSError as error:
        raise AdmitError(f"{path} cannot be read: {error.strerror}.", "Name a web archive.") from error
    except Refused:
        raise
    except (damaged, ValueError, EOFError, UnicodeError, AttributeError) as error:
        raise AdmitError(f"{path} is no web archive that can be read.", "Name a .warc or .warc.gz file.") from error
