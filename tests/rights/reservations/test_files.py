"""Files of owners, each told by its name, or by what the caller says it is."""

from pathlib import Path

import pytest

from openslate.errors import UsageError
from openslate.rights.reservations.files import read_signals

FREE, RESERVED = False, True
FILES = [
    ("robots.txt", None, "User-agent: *\nDisallow: /films/", [("robots", RESERVED)]),
    (
        "robots.txt",
        None,
        "User-agent: *\nAllow: /\nContent-Usage: train-ai=n",
        [("robots", FREE), ("aipref", RESERVED)],
    ),
    ("tdmrep.json", None, '[{"location": "/films/*", "tdm-reservation": 0}]', [("tdmrep", FREE)]),
    ("robots.txt", None, "User-agent: *\nContent-Usage: train-ai=n", [("aipref", RESERVED)]),
    ("robots.txt", None, "", []),
    ("tdmrep.json", None, "[{", [("tdmrep", RESERVED)]),
    ("page.html", None, '<meta name="tdm-reservation" content="1">', [("tdmrep", RESERVED)]),
    ("answer.headers", None, "TDM-Reservation: 0\nContent-Usage: train-ai=n", [("tdmrep", FREE), ("aipref", RESERVED)]),
    ("answer.headers", None, "Content-Type: text/html", []),
    ("terms.xml", None, "<rsl", [("rsl", RESERVED)]),
    ("claim.json", "cawg", '{"entries": {"cawg.ai_training": {"use": "allowed"}}}', [("cawg", FREE)]),
]


@pytest.mark.parametrize(("name", "form", "text", "expected"), FILES)
def test_each_form_is_read(
    tmp_path: Path, name: str, form: str | None, text: str, expected: list[tuple[str, bool]]
) -> None:
    (tmp_path / name).write_text(text)
    found = read_signals(tmp_path / name, "/films/1", form)
    assert [(one.channel, one.reserved) for one in found] == expected
    assert all(one.where == name for one in found)


@pytest.mark.parametrize(("name", "form"), [("claim.json", None), ("robots.txt", "guess"), ("absent/robots.txt", None)])
def test_what_nobody_can_tell_is_refused(tmp_path: Path, name: str, form: str | None) -> None:
    (tmp_path / Path(name).name).write_text("x")
    with pytest.raises(UsageError):
        read_signals(tmp_path / name, "/films/1", form)
