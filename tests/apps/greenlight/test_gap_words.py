"""What a backtest says of incomplete pitches: an alarm where intervals do not hold, and a table of by how much."""

from openslate.apps.greenlight.backtest_report import backtest_document
from openslate.apps.greenlight.backtest_text import backtest_text
from openslate.apps.greenlight.backtest_types import GapFound
from openslate.apps.greenlight.gap_words import NONE, gap_alarms, gap_blocks, gap_finding
from openslate.drawing.sheet import Prose
from openslate.evaluation.forecasting.intervals import Coverage
from tests.apps.greenlight.backtests import backtest

HELD = Coverage(0.8, 0.79, 0.76, 0.84, 20.0, 400)
MISSED = Coverage(0.9, 0.81, 0.87, 0.93, 50.0, 400)


def of(name: str, *coverages: Coverage) -> GapFound:
    return GapFound(name, ("budget",), 400, coverages, 1.3, 0.2, 0.6, -0.1, 0.05, 0.9)


def test_intervals_outside_what_chance_explains_are_an_alarm() -> None:
    assert gap_alarms([of("no budget", HELD)]) == []
    (said,) = gap_alarms([of("no budget", HELD, MISSED), of("no length", HELD)])
    assert said == (
        "Intervals of pitches with gaps do not all hold: no budget, of 400 titles the 90% one held 81% (chance explains"
        " 87% to 93%)."
    )


def test_what_is_known_least_of_is_said_beside_the_same_titles_whole() -> None:
    (said,) = gap_finding([of("no budget", HELD)])
    assert "no budget: R² 0.20 where the same titles whole have 0.60, and an 80% interval 1.30 times as wide" in said
    assert gap_finding([]) == []


def test_terminal_and_page_tell_every_pattern() -> None:
    found = backtest()
    for told in (backtest_text(found), backtest_document(found)):
        assert all(one.name in told for one in found.pooled.gaps)


def test_where_no_pattern_applies_it_is_said() -> None:
    assert gap_blocks(()) == [Prose(NONE)]
