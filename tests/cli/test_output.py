import pytest

from openslate.cli import output


def test_a_log_gets_a_line_a_step_and_the_time_left_of_a_long_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = iter([0.0, 1.0, 2.0, 40.0, 41.0, 90.0, 91.0])
    monkeypatch.setattr(output, "stopwatch", lambda: next(seconds))
    with output.progress_bar() as progress:
        for step, share in [("Read", 0.0), ("Rank", 0.1), ("Rank", 0.2), ("Rank", 0.21), ("Rank", 0.4), ("Keep", 0.9)]:
            progress(step, share)
    assert capsys.readouterr().err.splitlines() == [
        "  0%  Read",
        " 10%  Rank",
        " 20%  Rank, about 3 min left",
        " 40%  Rank, about 3 min left",
        " 90%  Keep, under a minute left",
    ]
