from openslate.progress import Pace, left_in_words


def test_the_time_left_goes_by_the_recent_pace() -> None:
    pace = Pace()
    # Nine tenths were done before: they take no time and say nothing about the rest.
    assert pace.seconds_left(0.0, 0.0) is None
    pace.seconds_left(1.0, 0.9)
    for second in range(2, 200):
        left = pace.seconds_left(float(second), 0.9 + second / 10_000)
    assert left is not None
    assert abs(left - (0.1 - 199 / 10_000) * 10_000) < 1e-6


def test_rare_news_is_enough() -> None:
    pace = Pace()
    pace.seconds_left(0.0, 0.0)
    pace.seconds_left(1000.0, 0.5)
    assert pace.seconds_left(2000.0, 0.75) == 1000.0


def test_standing_still_says_nothing() -> None:
    pace = Pace()
    pace.seconds_left(0.0, 0.5)
    assert pace.seconds_left(10.0, 0.5) is None


def test_words_round_up_to_the_next_unit() -> None:
    assert left_in_words(3599.0) == "about 1 h 0 min left"
    assert left_in_words(59.9) == "under a minute left"
