from dataclasses import replace

import pytest

from openslate.evaluation.bootstrap import Interval
from openslate.evaluation.measure import ACCURACY
from openslate.evaluation.report import Provenance, render_report
from openslate.evaluation.results import Counts, Evaluation, ForeignRow, ModelRow, Role, TasteBin
from openslate.evaluation.verdicts import champion, findings, losses_elsewhere, verdict
from openslate.evaluation.worth import PartWorth, Step, Worth

METRICS = [
    *(f"{name}@{k}" for k in (10, 20) for name in ACCURACY),
    "novelty@10",
    "popularity-shift@10",
    "miscalibration@10",
]


def row(name: str, role: Role, score: float, ahead: Interval | None = None) -> ModelRow:
    return ModelRow(
        name=name,
        role=role,
        metrics={metric: Interval(score, score - 0.01, score + 0.01, 500) for metric in METRICS},
        ahead={} if ahead is None else dict.fromkeys(METRICS, ahead),
        lists={"coverage@10": 0.4, "gini@10": 0.7},
        deciles=(0.5, *[0.5 / 9] * 9),
        genres=(0.25, 0.75),
        tastes=(TasteBin(0.05, 0.07, 900), TasteBin(0.9, 0.6, 3)),
        fit_seconds=1.5,
        score_seconds=0.2,
    )


def evaluation(ahead: Interval, **changes: object) -> Evaluation:
    plain = Evaluation(
        split="global-time",
        rule="Events before the cut train.",
        split_hash="c0ffee",
        as_of=1_000_000,
        counts=Counts(1000, 50_000, 300, 500, 900),
        headline="ndcg@10",
        best_baseline="ease",
        rows=(
            row("popularity", "baseline", 0.1, Interval(-0.05, -0.06, -0.04, 500)),
            row("ease", "baseline", 0.2),
            row("blend", "model", 0.2 + ahead.mean, ahead),
        ),
        foreign=(),
        genre_names=("crime", "drama"),
        history_genres=(0.5, 0.5),
        target_deciles=(0.1,) * 10,
        seed=0,
        resamples=1000,
    )
    return replace(plain, **changes)


AHEAD = Interval(0.03, 0.02, 0.04, 500)
BEHIND = Interval(-0.03, -0.04, -0.02, 500)
UNCLEAR = Interval(0.01, -0.01, 0.03, 500)
FEW = Interval(0.03, 0.02, 0.04, 12)

PROVENANCE = Provenance(
    service="Harbour Films",
    made="2026-11-22T08:30:00+00:00",
    snapshot="5eed5",
    purpose="personalisation",
    basis="Members' own consents.",
    members_allowed=1000,
    members_denied=37,
    events_allowed=50_000,
    events_denied=1_234,
    seed=7,
    machine="2 cores",
    versions={"openslate": "0.1.0"},
    settings={"blend": "ridge 50"},
    artifacts={"blend": "abcdef0123456789abcdef"},
    seconds=71.0,
    peak_memory=900 * 2**20,
    notes=("Every member is simulated.",),
)


def test_the_verdict_says_who_is_better_only_when_the_interval_does() -> None:
    assert verdict(evaluation(AHEAD)).startswith(
        "blend is better than ease, the best baseline: nDCG@10 0.230 against 0.200"
    )
    assert "0.020 to 0.040, 500 members" in verdict(evaluation(AHEAD))
    assert verdict(evaluation(UNCLEAR)).startswith("blend and ease, the best baseline, cannot be told apart")
    behind = verdict(evaluation(BEHIND))
    assert behind.startswith("ease, a baseline, is better than blend") and "0.200 against 0.170" in behind
    few = evaluation(FEW, counts=Counts(20, 100, 30, 12, 12))
    assert verdict(few).startswith("12 members are too few for a verdict")


def test_baselines_alone_are_said_to_be_alone() -> None:
    alone = evaluation(AHEAD)
    alone = replace(alone, rows=alone.rows[:2])
    assert champion(alone).name == "ease"
    assert verdict(alone) == "Only baselines were compared; ease is the best of them."
    assert not any("told apart" in sentence or "closer" in sentence for sentence in findings(alone))


def test_findings_speak_of_the_others_the_oracle_and_the_rare_titles() -> None:
    full = evaluation(AHEAD)
    more = (
        row("edlae", "model", 0.19, BEHIND),
        row("slist", "model", 0.18, BEHIND),
        row("oracle", "oracle", 0.46, AHEAD),
    )
    said = findings(replace(full, rows=full.rows + more))
    assert "edlae and slist are behind ease." in said
    assert "The simulator's own truth would score 0.460; blend reaches 50% of it." in said
    assert "Counting every title once instead of every member, blend is ahead (difference 0.020 to 0.040)." in said
    assert "Their genres are less close to the members' tastes than those of ease." in said
    assert champion(replace(full, rows=full.rows + more)).name == "blend"  # never the oracle


def test_a_loss_on_another_split_is_told_at_the_top() -> None:
    lost = evaluation(BEHIND, split="leave-last-out")
    said = "Under leave-last-out, blend is behind ease: nDCG@10 0.170 against 0.200."
    assert losses_elsewhere("blend", [lost, evaluation(AHEAD), evaluation(UNCLEAR)]) == [said]
    assert losses_elsewhere("another", [lost]) == losses_elsewhere("ease", [lost]) == []
    masthead = render_report(PROVENANCE, [evaluation(AHEAD), lost], subject="blend").partition("</header>")[0]
    assert said in masthead


def test_a_part_that_was_fitted_with_another_shows_no_time() -> None:
    rows = tuple(replace(one, fit_seconds=0.000006) for one in evaluation(AHEAD).rows)
    report = render_report(PROVENANCE, [evaluation(AHEAD, rows=rows)])
    assert "0.00 s" not in report
    assert report.count('<td class="number">–</td>') == len(rows)


def test_the_report_holds_what_was_trained_on_what_and_how_good_it_is() -> None:
    foreign = ForeignRow("SASRec+", "a paper's own split", {"ndcg@10": 0.9999})
    report = render_report(
        PROVENANCE,
        [evaluation(AHEAD, foreign=(foreign,)), evaluation(BEHIND, split="leave-last-out")],
        pages=['<div class="rows">Tonight</div>'],
        page_styles=".rows { color: inherit; }",
    )
    for expected in (
        "Harbour Films", "22 November 2026, 08:30 UTC", "5eed5", "37", "1,234", "71.0 s", "900 MB",
        "abcdef012345678…", "Every member is simulated.", "c0ffee", "1970-01-01 00:00:01 UTC",
        "blend is better than ease",
        "ease, a baseline, is better than blend", "Results: leave last out", '<div class="rows">Tonight</div>',
        ".rows { color: inherit; }", "a paper&#39;s own split", "Foreign figures", "1.000",
        "0.030 better", "−0.030 worse",
    ):  # fmt: skip
        assert expected in report, expected
    # two forests per split, genres, tastes, popularity
    assert report.count("<svg") == 2 * 2 + 3
    assert report == render_report(
        PROVENANCE,
        [evaluation(AHEAD, foreign=(foreign,)), evaluation(BEHIND, split="leave-last-out")],
        pages=['<div class="rows">Tonight</div>'],
        page_styles=".rows { color: inherit; }",
    )


def test_the_report_loads_nothing_and_runs_nothing() -> None:
    hostile = '"><script>alert(1)</script>'
    rows = (row("ease", "baseline", 0.2), row(hostile, "model", 0.3, AHEAD))
    wicked = replace(
        PROVENANCE,
        service=hostile,
        basis=hostile,
        settings={hostile: hostile},
        artifacts={},
        versions={hostile: hostile},
    )
    report = render_report(wicked, [evaluation(AHEAD, rows=rows, rule=hostile, genre_names=(hostile, "b"))])
    assert "<script" not in report
    assert "default-src 'none'" in report
    for outside in ("src=", "@import", "url(", "href="):
        assert outside not in report
    assert report.replace("http://www.w3.org/2000/svg", "").count("http") == 1  # http-equiv


@pytest.mark.parametrize("names", [(), ("crime", "drama")])
def test_without_genres_the_taste_charts_are_left_out(names: tuple[str, ...]) -> None:
    rows = tuple(one if names else replace(one, genres=(), tastes=()) for one in evaluation(AHEAD).rows)
    report = render_report(PROVENANCE, [evaluation(AHEAD, genre_names=names, rows=rows)])
    assert ("Genres watched and shown" in report) == ("Member by member" in report) == bool(names)
    assert "Popular and rare titles" in report


def test_the_report_says_what_each_part_adds_at_what_cost() -> None:
    alone, adds, nothing = AHEAD, Interval(0.0021, 0.0011, 0.0034, 400), Interval(0.0, 0.0, 0.0, 400)
    worth = Worth(
        split="global-time",
        metric="ndcg@10",
        choices=1_200,
        parts=(PartWorth("taste", True, alone, adds, 61.5), PartWorth('<i>"', False, alone, nothing, 0.25)),
        steps=(Step("logit", adds, True, 12.0), Step("trees", nothing, False, 99.0)),
        seconds=3.0,
    )
    evaluations = [evaluation(AHEAD), evaluation(AHEAD, split="leave-last-out")]
    report = render_report(PROVENANCE, evaluations, [worth])
    assert report.count("What each part adds, at what cost") == 1
    for expected in (
        "asked 1,200 times", "0.0021", "0.0011 to 0.0034", "61.5 s", "0.25 s", "in the blend", "left out",
        "trees", "12.0 s", "kept", "&lt;i&gt;&#34;",
    ):  # fmt: skip
        assert expected in report, expected
    assert "<i>" not in report
    assert "What each part adds" not in render_report(PROVENANCE, evaluations)
    bare = render_report(PROVENANCE, evaluations, [replace(worth, steps=())])
    assert "The second stage, step by step" in report and "The second stage, step by step" not in bare


def test_seconds_are_told_and_do_not_decide_what_is_equal() -> None:
    one, other = (PartWorth("taste", True, AHEAD, AHEAD, seconds) for seconds in (1.0, 2.0))
    assert one == other
    step = Step("logit", AHEAD, True, 5.0)
    assert "seconds" not in step.as_record()
    plain = Worth("global-time", "ndcg@10", 9, (one,), (step,), 1.0).to_dict()
    assert plain["parts"][0]["seconds"] == 1.0 and plain["steps"][0]["seconds"] == 5.0
