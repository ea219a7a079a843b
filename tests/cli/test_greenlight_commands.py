"""`openslate greenlight decide`, `link`, `filed` and `slate`, as a person runs them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from openslate import clock
from openslate.apps.greenlight.decision_types import Decision
from openslate.apps.greenlight.decisions import decide, file_forecast
from openslate.apps.greenlight.memo_words import weeks_in_words
from openslate.cli import greenlight_decisions
from openslate.cli.greenlight_forecasting import _show
from openslate.project import Project
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL
from tests.cli.conftest import Openslate

DECIDED = ("--by", "Ines Falk", "--role", "head of series", "--decision", "commission", "--reason", "Members ask.")
OUTCOMES = (
    "title,measure,region,starts,ends,value,step,published\np-17,views,*,2027-07-01,2027-12-31,12e6,,2028-03-01\n"
)


@pytest.fixture
def filed(project: Project) -> tuple[Path, str]:
    return project.folder, file_forecast(project, FULL, forecast_of(FULL))


def test_a_decision_is_recorded_and_listed(openslate: Openslate, filed: tuple[Path, str]) -> None:
    folder, number = filed
    said = openslate("--project", folder, "greenlight", "decide", number[:6], *DECIDED, "--departs")
    assert said.code == 0
    assert "commission, decided by Ines Falk (head of series)" in said.out
    listed = openslate("--project", folder, "greenlight", "filed").out
    assert number in listed
    assert "departing from the forecast: Members ask." in listed
    assert "Not scored: The title 'p-17' is not in the catalogue." in listed
    [one] = openslate("--project", folder, "greenlight", "filed", "--json").document["filed"]
    assert (one["number"], one["decisions"][0]["who"], one["score"]) == (number, "Ines Falk", None)
    assert openslate("--project", folder, "rights", "verify").code == 0


def test_everybody_is_told_what_they_decided_and_what_stands_beside_it(
    openslate: Openslate, filed: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, number = filed
    truly = greenlight_decisions.score_now

    def another_decides(project: Project) -> object:
        decide(project, number, Decision("Bo Ek", "head of films", "pass", "Too dear.", False))
        return truly(project)

    # Whoever comes between the recording and its confirmation.
    monkeypatch.setattr(greenlight_decisions, "score_now", another_decides)
    said = openslate("--project", folder, "greenlight", "decide", number, *DECIDED).out
    first, beside = said.splitlines()[:2]
    assert "commission, decided by Ines Falk" in first
    assert beside.startswith("Beside it stands: pass, decided by Bo Ek (head of films)")
    told = openslate("--project", folder, "greenlight", "decide", number, *DECIDED, "--json").document
    assert told["decision"]["who"] == "Ines Falk" and {one["who"] for one in told["beside"]} >= {"Bo Ek"}


def test_nothing_decides_by_itself(openslate: Openslate, filed: tuple[Path, str]) -> None:
    folder, number = filed
    for words in (
        ("decide", number, *DECIDED[:-1], " "),
        ("decide", number, "--by", "system", *DECIDED[2:]),
        ("decide", number, *DECIDED[:4], "--decision", "yes", *DECIDED[6:]),
        ("decide", "ffff", *DECIDED),
        ("link", number, "nowhere", "--by", "Ines Falk"),
    ):
        said = openslate("--project", folder, "greenlight", *words)
        assert said.code != 0
        assert len(said.err.strip().splitlines()) == 2
    assert "Nobody has decided." in openslate("--project", folder, "greenlight", "filed").out


def test_an_import_of_outcomes_scores_what_was_filed(
    openslate: Openslate, filed: tuple[Path, str], tmp_path: Path
) -> None:
    folder, number = filed
    (tmp_path / "titles.csv").write_text("title,name,kind,released\np-17,Night Train,series,2027-09-15\n")
    (tmp_path / "outcomes.csv").write_text(OUTCOMES)
    openslate("--project", folder, "import", "csv", tmp_path / "titles.csv", "--table", "titles")
    early = openslate("--project", folder, "import", "csv", tmp_path / "outcomes.csv", "--table", "outcomes")
    assert early.code != 0 and "no later than today" in early.err
    with clock.frozen(datetime(2028, 3, 1, tzinfo=UTC)):
        _scores(openslate, folder, number, tmp_path)


def _scores(openslate: Openslate, folder: Path, number: str, tmp_path: Path) -> None:
    said = openslate("--project", folder, "import", "csv", tmp_path / "outcomes.csv", "--table", "outcomes")
    assert f"Night Train ({number}) was scored" in said.out
    listed = openslate("--project", folder, "greenlight", "filed").out
    assert "It came to 12M views, known on 2028-03-01: inside the 50% interval" in listed
    assert "Running calibration of 1 scored forecasts" in listed
    document = openslate("--project", folder, "greenlight", "filed", "--json").document
    assert document["calibration"]["scored"] == 1
    assert document["filed"][0]["outcome"]["value"] == 12e6
    again = openslate("--project", folder, "import", "csv", tmp_path / "outcomes.csv", "--table", "outcomes", "--json")
    assert "scored" not in again.document


def test_a_pitch_is_linked_to_the_title_it_has_become(
    openslate: Openslate, filed: tuple[Path, str], tmp_path: Path
) -> None:
    folder, number = filed
    (tmp_path / "titles.csv").write_text("title,name\nx1,Night Train\nx2,Night Trains\n")
    openslate("--project", folder, "import", "csv", tmp_path / "titles.csv", "--table", "titles")
    for asked in ("Night Train", "night train"):
        alone = openslate("--project", folder, "greenlight", "link", number, asked, "--by", "Bo Ek")
        assert (alone.code, "and 'x1' is another title" in alone.err) == (2, True)
    unknown = openslate("--project", folder, "greenlight", "link", number, "Nite Train", "--by", "Bo Ek")
    assert "Did you mean 'Night Train' (x1)" in unknown.err
    alone = openslate("--project", folder, "greenlight", "link", number, "x1", "--by", "Bo Ek")
    assert (alone.code, "The pitch names 'p-17' as its own id" in alone.err) == (2, True)
    why = ("--reason", "It was renamed.")
    said = openslate("--project", folder, "greenlight", "link", number, "x1", "--by", "Bo Ek", *why)
    assert "has become x1, says Bo Ek: It was renamed." in said.out
    assert "It has become x1, says Bo Ek: It was renamed." in openslate("--project", folder, "greenlight", "filed").out
    openslate("--project", folder, "greenlight", "link", number, "x2", "--by", "Bo Ek", "--reason", "A slip.")
    listed = openslate("--project", folder, "greenlight", "filed").out
    assert "Replaced by a later link: it has become x1, says Bo Ek: It was renamed." in listed
    assert "The link that counts: it has become x2, says Bo Ek: A slip." in listed
    assert (
        openslate("--project", folder, "rights", "forget", "Bo Ek", "--kind", "subject", "--reason", "asked").code == 0
    )
    [one] = openslate("--project", folder, "greenlight", "filed", "--json").document["filed"]
    assert one["links"][0]["by"] == "erased"


def test_what_was_filed_after_its_outcome_was_known_is_shown_apart(
    openslate: Openslate, filed: tuple[Path, str], tmp_path: Path
) -> None:
    folder, number = filed
    (tmp_path / "titles.csv").write_text("title,name,kind,released\np-17,Night Train,series,2026-03-02\n")
    known = OUTCOMES.replace("2027-07-01,2027-12-31", "2026-03-02,2026-03-29").replace("2028-03-01", "2026-04-01")
    (tmp_path / "outcomes.csv").write_text(known)
    openslate("--project", folder, "import", "csv", tmp_path / "titles.csv", "--table", "titles")
    openslate("--project", folder, "import", "csv", tmp_path / "outcomes.csv", "--table", "outcomes")
    said = openslate("--project", folder, "greenlight", "decide", number, *DECIDED)
    assert said.code == 0
    assert "after the outcome was known (2026-04-01)" in said.out and "it rests on no forecast" in said.out
    assert (
        openslate("--project", folder, "greenlight", "decide", number, *DECIDED, "--json").document["foretold"] is False
    )
    listed = openslate("--project", folder, "greenlight", "filed").out
    assert listed.startswith("Filed after the outcome was known, and therefore in no calibration:")
    assert "counts in no calibration" in listed and "Running calibration" not in listed
    document = openslate("--project", folder, "greenlight", "filed", "--json").document
    assert (document["calibration"], document["after_outcome"]) == (None, 1)
    assert document["filed"][0]["first_known"] == "2026-04-01"
    path = tmp_path / "slate.toml"
    path.write_text(f'name = "A"\nbudget = 9\ncurrency = "USD"\n[[candidate]]\nforecast = "{number}"\ncost = 5\n')
    assert "nothing was foretold: Night Train." in openslate("--project", folder, "greenlight", "slate", path).out


def test_the_terminal_tells_the_weeks_that_the_memo_tells(capsys: pytest.CaptureFixture[str]) -> None:
    found = forecast_of(FULL, weeks=((0.6, 0.5, 0.7), (0.35, 0.2, 0.4)))
    _show(FULL, found, "")
    said = " ".join(capsys.readouterr().out.split())
    assert weeks_in_words(found.weeks) in said
    assert "the first has 63%" in said and "scaled to sum to 100%" in said
    _show(FULL, forecast_of(FULL, weeks=()), "")
    assert "weeks" not in capsys.readouterr().out


def test_a_slate_is_told_and_drawn(openslate: Openslate, filed: tuple[Path, str], tmp_path: Path) -> None:
    folder, number = filed
    path = tmp_path / "slate.toml"
    path.write_text(f'name = "A"\nbudget = 9\ncurrency = "USD"\n[[candidate]]\nforecast = "{number}"\ncost = 5\n')
    said = openslate("--project", folder, "greenlight", "slate", path, "--out", tmp_path / "slate.html")
    assert said.code == 0, said.err
    assert "1 of 1 pitches for 5 USD of 9 USD: Night Train." in said.out
    assert "nothing is marked as chosen" in said.out
    assert (tmp_path / "slate.html").read_text().startswith("<!doctype html>")
    found = openslate("--project", folder, "greenlight", "slate", path, "--budget", 4, "--json").document
    assert found["best"]["chosen"] == []
    assert found["changes"]["left_out"][0]["cost"] == 4.0
    none = openslate("--project", folder, "greenlight", "slate", path, "--budget", 4, "--out", tmp_path / "none.html")
    assert "No pitch is chosen under a budget of 4 USD." in none.out
    path.write_text(path.read_text().replace("budget = 9", "budget = -9"))
    wrong = openslate("--project", folder, "greenlight", "slate", path)
    assert wrong.code != 0
    assert wrong.err.startswith("slate.toml, line 2: budget = -9 is refused")


def test_a_form_is_written_empty_or_with_a_pitch(openslate: Openslate, filed: tuple[Path, str], tmp_path: Path) -> None:
    page, pitch = tmp_path / "pitch.html", tmp_path / "pitch.toml"
    said = openslate("--project", filed[0], "greenlight", "form", "--out", page)
    assert (said.code, said.out) == (0, f"The form is {page}: open it in a browser, fill it in, and save the pitch.\n")
    empty = page.read_text()
    pitch.write_text('name = "Salt </script> Road"\n')
    found = openslate("--project", filed[0], "greenlight", "form", pitch, "--out", page, "--json").document
    assert found == {"page": str(page), "titles": 0}
    assert r"Salt \u003c/script\u003e Road" in page.read_text() and "Salt" not in empty
    pitch.write_text('name = "Salt Road"\nkind = "movie"\n')
    wrong = openslate("--project", filed[0], "greenlight", "form", pitch, "--out", page)
    assert wrong.code != 0 and wrong.err.startswith("pitch.toml, line 2: kind = 'movie' is refused")


def test_a_chance_is_told_in_the_words_of_the_memo(capsys: pytest.CaptureFixture[str]) -> None:
    for chance, words in ((0.008, "top decile: under 1%"), (0.998, "top decile: over 99%"), (0.14, "top decile: 14%")):
        _show(FULL, forecast_of(FULL, top_decile=chance), "")
        assert words in capsys.readouterr().out
