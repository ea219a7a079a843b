import re

from openslate.drawing.bands import Row, Share, banded_shares

HELD = Share(0.8, 0.79, 0.75, 0.85)
MISSED = Share(0.5, 0.31, 0.44, 0.56)


def test_what_chance_does_not_explain_is_told_in_words_and_shape() -> None:
    chart = banded_shares([Row("films <b>", [MISSED, HELD]), Row("series", [HELD], strong=False)], title="t", axis="x")
    assert "31% (promised 50%, outside 44% to 56%)" in chart
    assert ">50%: 31% outside<" in chart
    assert ">80%: 79%<" in chart
    assert "held, outside" in chart
    assert chart.count("<polygon") == 2  # the one outside and its legend
    assert "<b>" not in chart
    assert 'font-weight="400">series<' in chart


def test_a_chart_without_misses_has_no_word_of_them() -> None:
    assert "outside" not in banded_shares([Row("films", [HELD])], title="t", axis="x")


def test_shares_at_the_ends_stay_in_the_drawing() -> None:
    rows = [Row("all", [Share(0.99, 1.0, 0.97, 1.0)]), Row("none", [Share(0.01, 0.0, 0.0, 0.03)])]
    chart = banded_shares(rows, title="t", axis="x")
    assert all(0 <= float(x) <= 720 for x in re.findall(r'\bc?x[12]?="([-\d.]+)"', chart))
    assert ">100%<" in chart
    assert ">120%<" not in chart
