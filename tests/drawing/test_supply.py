import re

from openslate.drawing.supply import Supplied, against_supply

POINTS = [
    Supplied("Crime, ko, series", 6, 2.4, 1.6, 3.6, named=True, sure=True),
    Supplied("Drama, en, films", 40, 0.8, 0.6, 1.1, named=True),
    Supplied("Music, sv, films", 2, 0.9, 0.4, 2.0),
]


def drawn(points: list[Supplied]) -> str:
    return against_supply(points, title="Gaps", x_axis="titles", y_axis="demand", reference_label="catalogue")


def test_what_is_surely_above_differs_in_shape_and_not_only_in_colour() -> None:
    chart = drawn(POINTS)
    marks = re.findall(r'<circle [^>]*r="(\d)" fill="([^"]+)"', chart)
    # Two of the legend, two that are not sure, one that is.
    assert sorted(size for size, _ in marks) == ["3", "3", "4", "4", "4"]
    hollow = [fill for _, fill in marks if "--surface" in fill]
    assert len(hollow) == 3


def test_named_marks_are_named_and_all_are_told_to_those_who_do_not_see() -> None:
    chart = drawn(POINTS)
    assert ">Crime, ko, series</text>" in chart and ">Music, sv, films</text>" not in chart
    description = re.search(r"<desc[^>]*>(.*?)</desc>", chart)
    assert description is not None
    assert "3 segments, 1 of them surely above 1." in description.group(1)
    assert "Crime, ko, series: 6 titles, 2.40 times (1.60 to 3.60)" in description.group(1)


def test_a_single_mark_and_extreme_intervals_stay_within_the_drawing() -> None:
    for points in ([POINTS[0]], [Supplied("a" * 90, 1, 1.0, 0.0001, 400.0, named=True)]):
        heights = [float(found) for found in re.findall(r' y\d?="(-?[\d.]+)"', drawn(points))]
        assert min(heights) >= 0 and max(heights) <= 392


def test_labels_are_escaped() -> None:
    chart = drawn([Supplied("<script>", 3, 2.0, 1.5, 3.0, named=True)])
    assert "<script>" not in chart and "&lt;script&gt;" in chart
