import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from openslate.apps.greenlight.causal import EXPOSURE, ask
from openslate.apps.greenlight.causal_questions import question
from openslate.apps.greenlight.causal_types import Answer, Confounders
from openslate.apps.greenlight.causal_words import ASSUMPTIONS, MARK, document, picture, sentences, strongest
from openslate.cli.causal_command import causal
from openslate.errors import FitError, UsageError
from tests.apps.greenlight.causal_titles import MULTIPLE, QUICK, causal_labels


@pytest.fixture(scope="module")
def answer() -> Answer:
    return ask(question("release in 11,12"), *causal_labels(), learning=QUICK)


def test_the_effect_is_found_where_the_association_is_far_off(answer: Answer) -> None:
    low, high = np.exp(answer.told.interval)
    assert low < MULTIPLE < high
    assert answer.association.low > MULTIPLE
    assert answer.dropped == ("release month 12",)
    assert answer.confounders == ("budget", "kind", "story")
    assert answer.treated + answer.other == 400 and answer.at_most == 3
    best = strongest(answer.told)
    assert best is not None and best[0] == "budget"


def test_every_sentence_that_must_be_there_is(answer: Answer) -> None:
    said = sentences(answer)
    assert said[0].startswith(f"{MARK}: 'release in November or December' instead of 'release in another month'")
    assert said[-1] == ASSUMPTIONS
    text = " ".join(said)
    assert "as an association" in text
    assert "one as strong as the strongest observed family, budget, would explain" in text
    assert re.search(r"A confounder that explains [\d.]+% of what is left of both the outcome and the choice", text)
    assert "Adjusted for budget, kind, story; left out" in text
    assert "3 outcomes are known only to be at most a step" in text
    found = document(answer)
    assert found["kind"] == MARK and found["average"]["interval"][0] < MULTIPLE < found["average"]["interval"][1]


def test_the_picture_is_a_drawing_with_the_effect_and_the_yardstick(answer: Answer) -> None:
    drawn = picture(answer)
    ElementTree.fromstring(drawn)
    assert "as strong as budget" in drawn and "no effect" in drawn and MARK in drawn


def test_a_month_cannot_be_asked_of_windows_that_end_on_a_fixed_day() -> None:
    with pytest.raises(FitError, match="cannot be told apart"):
        ask(question("release in 11,12"), *causal_labels(from_release=False), learning=QUICK)


def test_days_in_the_window_are_a_confounder_where_windows_differ() -> None:
    labels, confounders = causal_labels(from_release=False)
    fewer = Confounders(confounders.values[:, :2], confounders.names[:2], confounders.families[:2])
    assert EXPOSURE in ask(question("release on Mon, Tue"), labels, fewer, learning=QUICK).confounders
    assert EXPOSURE not in ask(question("release on Mon, Tue"), labels, confounders, learning=QUICK).confounders


def test_titles_of_which_the_choice_is_not_known_are_left_out_and_told() -> None:
    found = ask(question("budget over 20_000_000 USD"), *causal_labels(), learning=QUICK)
    assert found.left_out == 20 and found.treated + found.other == 380
    assert "ln budget" in found.dropped


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("season over 2", "Only [0-9]+ titles of [0-9]+ series have 'a season after number 2'"),
        ("limited", "Only 0 titles of 0 series have 'a limited series', and of 200 titles it is not known"),
        ("worldwide", "'film' alone decides whether a title has 'worldwide at once'"),
    ],
)
def test_what_titles_cannot_tell_is_refused(asked: str, said: str) -> None:
    with pytest.raises(FitError, match=said):
        ask(question(asked), *causal_labels(200), learning=QUICK)


def test_confounders_that_decide_the_choice_together_are_refused() -> None:
    labels, _ = causal_labels()
    late = np.array([work.released is not None and work.released.month > 10 for work in labels.works])
    first = np.random.default_rng(0).normal(size=400) * 3
    both = np.column_stack([first, np.where(late, 1.0, -1.0) - first])
    with pytest.raises(FitError, match="together decide whether a title has 'release in November or December'"):
        ask(question("release in 11,12"), labels, Confounders(both, ("a", "b"), ("a", "b")), learning=QUICK)


def test_without_overlap_over_all_titles_the_effect_over_the_treated_stands() -> None:
    labels, confounders = causal_labels(800)
    # Half of the titles, those with small budgets, are never released late.
    never = confounders.values[:, 0] < 0
    works = tuple(
        replace(work, released=work.released.replace(month=3)) if one and work.released else work
        for work, one in zip(labels.works, never, strict=True)
    )
    found = ask(question("release in 11,12"), replace(labels, works=works), confounders, learning=QUICK)
    assert found.average is None and found.on_treated is not None and found.told is found.on_treated
    assert "over all titles cannot be told" in found.refused
    assert found.refused in sentences(found)


def test_nothing_to_adjust_for_is_refused_and_what_is_no_column_too() -> None:
    labels, confounders = causal_labels()
    month = Confounders(confounders.values[:, 2:3], confounders.names[2:3], confounders.families[2:3])
    with pytest.raises(FitError, match="No confounder is left"):
        ask(question("release in 11,12"), labels, month, learning=QUICK)
    with pytest.raises(UsageError, match="no confounder 'x' to leave out"):
        ask(question("release in 11,12"), labels, confounders, drop=("x",), learning=QUICK)
    with pytest.raises(UsageError, match="399 rows of confounders for 400 titles"):
        ask(question("release in 11,12"), labels, replace(confounders, values=confounders.values[1:]), learning=QUICK)
    with pytest.raises(FitError, match="only known that they are at most a step"):
        ask(question("release in 11,12"), replace(labels, at_most=np.ones(400, dtype=bool)), confounders)
    assert ask(question("release in 11,12"), labels, confounders, drop=("film",), learning=QUICK).dropped == (
        "film",
        "release month 12",
    )


def test_the_command_prints_sentences_or_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels, confounders = causal_labels()
    causal("release in 11,12", labels, confounders, picture=tmp_path / "effect.svg")
    out = capsys.readouterr().out
    assert out.startswith(MARK) and ASSUMPTIONS in out
    assert (tmp_path / "effect.svg").read_text("utf-8").startswith("<svg")
