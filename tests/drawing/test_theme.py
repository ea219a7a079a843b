import re

import pytest

from openslate.drawing.theme import DARK, LIGHT, SERIES, contrast, stylesheet

TEXT = ["ink", "ink-dim", "accent", "good", "bad"]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read_on_every_ground(tokens: dict[str, str], text: str) -> None:
    assert min(contrast(tokens[text], tokens[ground]) for ground in ("ground", "surface", "sunken")) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_of_a_chart_stand_out_from_what_they_are_drawn_on(tokens: dict[str, str]) -> None:
    for number in range(1, len(SERIES) + 1):
        assert contrast(tokens[f"series-{number}"], tokens["surface"]) >= 3.0


def test_dark_and_light_name_the_same_tokens_and_every_one_used_exists() -> None:
    assert list(LIGHT) == list(DARK)
    css = stylesheet()
    assert set(re.findall(r"var\(--([\w-]+)\)", css)) <= set(re.findall(r"--([\w-]+):", css))


def test_the_stylesheet_fetches_nothing_and_minds_print_and_motion() -> None:
    css = stylesheet()
    assert "url(" not in css
    assert "@import" not in css
    assert all(feature in css for feature in ("@media print", "prefers-reduced-motion", ":focus-visible"))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_a_colour_must_be_written_out() -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        contrast("red", "#ffffff")
