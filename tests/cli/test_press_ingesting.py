"""`openslate press ingest` and `sources`: files without the web, sentences, JSON and exit codes."""

from pathlib import Path

import pytest

from openslate.apps.press.ingest import all_sources
from openslate.apps.press.ingest.all_sources import Manner
from tests.apps.press.ingest.mutating import RSS
from tests.apps.press.ingest.serving import Reply, site
from tests.cli.conftest import Openslate

UNSAFE = (("Own", "http://127.0.0.1/feed"), ("Cloud", "http://169.254.169.254/"))


def press_file(path: Path, *rows: tuple[str, str]) -> Path:
    path.write_text("".join(f'[[source]]\nname = "{name}"\naddress = "{address}"\n' for name, address in rows))
    return path


def test_saved_files_come_in_once(tmp_path: Path, openslate: Openslate) -> None:
    svc = tmp_path / "svc"
    openslate("init", svc)
    (tmp_path / "feed.xml").write_text(RSS)
    said = openslate("-p", svc, "press", "ingest", tmp_path / "feed.xml")
    assert said.code == 0
    assert "5 new, 0 changed, 0 known; 0 of 1 sources failed." in said.out
    found = openslate("-p", svc, "press", "ingest", tmp_path / "feed.xml", "--json").document
    assert (found["new"], found["known"], found["stopped"]) == (0, 5, False)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nowhere.xml"], 1, "cannot be read"),
        (["nowhere.toml"], 1, "cannot be read"),
        (["list.pdf"], 2, "known by its ending"),
        (["ftp://a.example/f"], 1, "neither http nor https"),
        (["http://a.example:22/"], 1, "port 22"),
        (["https://a.example/", "--url", "https://b.example/"], 2, "one saved file"),
    ],
)
def test_what_cannot_be_is_refused(
    tmp_path: Path, openslate: Openslate, words: list[str], code: int, told: str
) -> None:
    openslate("init", tmp_path / "svc")
    said = openslate("-p", tmp_path / "svc", "press", "ingest", *words)
    assert (said.code, told in said.err) == (code, True)


def test_the_own_network_is_never_asked(tmp_path: Path, openslate: Openslate) -> None:
    svc = tmp_path / "svc"
    openslate("init", svc)
    listed = press_file(tmp_path / "press.toml", *UNSAFE)
    found = openslate("-p", svc, "press", "ingest", listed, "--json")
    assert found.code == 1
    assert [one["error"] for one in found.document["sources"]] == [
        "169.254.169.254 stands for 169.254.169.254, which is link-local, where clouds keep their metadata: "
        "it is not asked.",
        "127.0.0.1 stands for 127.0.0.1, which is loopback: it is not asked.",
    ]


def test_sources_are_listed_with_how_it_went(
    tmp_path: Path, openslate: Openslate, monkeypatch: pytest.MonkeyPatch
) -> None:
    svc = tmp_path / "svc"
    openslate("init", svc)
    assert "No source is known" in openslate("-p", svc, "press", "sources").out
    with site({"/feed": Reply(RSS.encode(), "application/rss+xml")}) as served:
        # No word of the command line opens the own network: the test puts its own fetcher in.
        real = all_sources.ingest_sources

        def local(project: object, sources: object, manner: Manner, *more: object) -> object:
            opened = Manner(fetcher=served.fetcher(), sleep=lambda seconds: None, now_too=manner.now_too)
            return real(project, sources, opened, *more)  # type: ignore[arg-type]

        monkeypatch.setattr(all_sources, "ingest_sources", local)
        address = served.url("/feed").replace("www.", "news.")
        listed = press_file(tmp_path / "press.toml", ("The Slate", address), ("Gone", served.url("/gone")))
        said = openslate("-p", svc, "press", "ingest", listed)
        assert said.code == 0
        assert "The Slate: 5 new" in said.out
        assert "1 of 2 sources failed" in said.out
        assert "answered 404" in said.out
        assert "0 of 0 sources" in openslate("-p", svc, "press", "ingest").out
        assert openslate("-p", svc, "press", "ingest", "--now", "--json").document["known"] == 5
    said = openslate("-p", svc, "press", "sources")
    assert "0 new, 0 changed" in said.out
    assert "2 looks in a row failed" in said.out
    opml = tmp_path / "list.opml"
    rows = openslate("-p", svc, "press", "sources", "--opml", opml, "--json").document["sources"]
    assert [(one["name"], one["failures"]) for one in rows] == [("Gone", 2), ("The Slate", 0)]
    assert "The Slate" in opml.read_text()
    assert openslate("-p", svc, "press", "sources", "--forget", "Gone").code == 0
    assert openslate("-p", svc, "press", "sources", "--forget", "Gone").code == 2
