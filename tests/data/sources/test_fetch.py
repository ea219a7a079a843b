import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from openslate.data.sources.fetch import PUBLISHER, fetch_movielens
from openslate.data.sources.movielens import import_movielens
from openslate.errors import AdmitError
from openslate.project import Project

Pages = dict[str, bytes]


def small() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ml-latest-small/movies.csv", "movieId,title,genres\n1,One (1999),Drama\n")
        archive.writestr("ml-latest-small/ratings.csv", "userId,movieId,rating,timestamp\n1,1,4.5,978300760\n")
    return packed.getvalue()


@pytest.fixture
def pages() -> Pages:
    """What the publisher serves; an address is a redirect, and ml-20m always ends early."""
    content = small()
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return {
        "/ml-latest-small.zip": content,
        "/ml-latest-small.zip.md5": f"MD5 (ml-latest-small.zip) = {digest}\n".encode(),
    }


@pytest.fixture
def publisher(pages: Pages) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = pages.get(self.path)
            if content is None:
                self.send_error(404)
            elif content.startswith(b"http"):
                self.send_response(302)
                self.send_header("Location", content.decode())
                self.end_headers()
            else:
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[:-100] if self.path == "/ml-20m.zip" else content)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_name_is_fetched_and_imported(project: Project, publisher: str) -> None:
    told: list[str] = []
    report = import_movielens(
        project, "ml-latest-small", publisher=publisher, progress=lambda what, share: told.append(what)
    )
    assert {name: counts.added for name, counts in report.tables.items()} == {"titles": 1, "ratings": 1}
    assert report.location == "ml-latest-small" and "Fetching ml-latest-small" in told
    assert import_movielens(project, "ml-latest-small", publisher=publisher).already_imported
    assert list((project.people / "spill").iterdir()) == []


def test_other_bytes_than_published_are_refused(project: Project, publisher: str, pages: Pages) -> None:
    pages["/ml-latest-small.zip"] += b"x"
    with pytest.raises(AdmitError, match=r"has the MD5 [0-9a-f]{32} and should have [0-9a-f]{32}"):
        import_movielens(project, "ml-latest-small", publisher=publisher)
    assert project.lake.imports() == []


def test_a_pinned_checksum_outweighs_the_publishers(project: Project, publisher: str, pages: Pages) -> None:
    pages["/ml-1m.zip"] = pages["/ml-latest-small.zip"]
    pages["/ml-1m.zip.md5"] = pages["/ml-latest-small.zip.md5"]
    with pytest.raises(AdmitError, match="should have c4d9eecfca2ab87c1945afe126590906"):
        import_movielens(project, "ml-1m", publisher=publisher)


def test_bytes_that_end_early_are_refused(tmp_path: Path, publisher: str, pages: Pages) -> None:
    pages["/ml-20m.zip"] = small()
    with pytest.raises(AdmitError, match=r"ml-20m\.zip ended after \d+ of \d+ bytes"):
        fetch_movielens("ml-20m", tmp_path / "a.zip", publisher, lambda share: None)


def test_without_a_checksum_nothing_is_fetched(tmp_path: Path, publisher: str, pages: Pages) -> None:
    pages["/ml-latest-small.zip.md5"] = b"<html>gone</html>"
    with pytest.raises(AdmitError, match="holds no MD5"):
        fetch_movielens("ml-latest-small", tmp_path / "a.zip", publisher, lambda share: None)
    del pages["/ml-latest-small.zip.md5"]
    with pytest.raises(AdmitError, match="could not be fetched"):
        fetch_movielens("ml-latest-small", tmp_path / "a.zip", publisher, lambda share: None)


def test_without_a_network_there_is_a_clear_word(project: Project) -> None:
    with pytest.raises(AdmitError) as caught:
        import_movielens(project, "ml-latest-small", publisher="https://127.0.0.1:9")
    assert "could not be fetched" in caught.value.what
    assert caught.value.way_out == "Check the network, or download ml-latest-small.zip elsewhere and name the file."


def test_only_safe_addresses_are_followed(tmp_path: Path, publisher: str, pages: Pages) -> None:
    assert PUBLISHER.startswith("https://")
    pages["/ml-latest-small.zip.md5"] = b"http://example.org/elsewhere"
    for address in (publisher, "http://example.org", "file:///etc", "ftp://example.org"):
        with pytest.raises(AdmitError, match="is not an https address"):
            fetch_movielens("ml-latest-small", tmp_path / "a.zip", address, lambda share: None)
