"""Lines that need a person: words, ranks, deadlines and manual scores (domain.md §6.5, §6.6)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from model.records import Achievement
from model.scoring import Status
from model.settings import ScoringProfile
from tests.model.lines import messages, rules, scored

RANKS = [
    ("前3名", "3", Status.MET, "10.00"),
    ("全国第2", "全国第1", Status.MET, "10.00"),
    ("前3", "第1.5", Status.JUDGE, None),
    ("前3", "名列前茅", Status.JUDGE, None),
]


@pytest.mark.parametrize(("target", "actual", "status", "computed"), RANKS)
def test_that_a_rank_or_better_earns_full_points(
    target: str, actual: str, status: Status, computed: str | None
) -> None:
    line = scored(target, actual, "10")
    assert (line.status, line.computed) == (status, None if computed is None else Decimal(computed))


def test_that_a_missed_rank_suggests_a_level_and_scores_by_rank_within_the_band_chosen() -> None:
    asked = scored("全国前3", "第4", "10")
    assert asked.suggested_achievement is Achievement.PARTLY
    assert asked.explanation == "第4名，不在第3名以内，请选择达成等级（建议部分达成，分值 × 3 ÷ 4）"
    chosen = scored("全国前3", "第4", "10", achievement="partly")
    assert (chosen.status, chosen.computed) == (Status.UNMET, Decimal("7.50"))
    assert "10 × 3 ÷ 4 = 7.50" in chosen.explanation
    assert scored("全国前3", "第4", "10", achievement="not_achieved").computed == 3


DEADLINES = [
    ("2025年12月31日前完成", "2025-12-31", Status.MET, None),
    ("2025年12月31日前完成", "2025年11月全部完成", Status.MET, None),
    ("2025年底前完成", "2026.1.30", Status.JUDGE, Achievement.PARTLY),
    ("2025年底前完成", "2026.1.31", Status.JUDGE, Achievement.NOT_ACHIEVED),
    ("2025年底前完成", "已完成", Status.JUDGE, None),
]


@pytest.mark.parametrize(("target", "actual", "status", "suggested"), DEADLINES)
def test_that_a_kept_date_earns_full_points_and_a_missed_one_suggests_a_level(
    target: str, actual: str, status: Status, suggested: Achievement | None
) -> None:
    line = scored(target, actual)
    assert (line.status, line.suggested_achievement) == (status, suggested)
    assert line.computed == (5 if status is Status.MET else None)
    assert rules(line) == ([] if status is Status.MET else ["EVL-037"])


def test_that_a_late_line_takes_the_share_of_the_level_chosen() -> None:
    line = scored("2025年底前完成", "2026-01-10", achievement="partly", deviation_reason="招标延期")
    assert line.computed == Decimal("3.50")
    assert line.explanation == (
        "2026-01-10完成，超过时限2025-12-31共10天，评为“部分达成并具有一定效果”；得分 = 5 × 0.7 = 3.50"
    )


def test_that_words_are_the_same_whatever_their_punctuation_and_width() -> None:
    assert scored("安全、稳定", "安全,稳定。").status is Status.MET
    assert scored("达标Ａ", "达标A").status is Status.MET
    assert scored("！", "？").status is Status.JUDGE
    assert scored("完善", "较完善").status is Status.JUDGE


def test_that_evidence_in_the_remark_silences_the_notice_about_identical_words() -> None:
    assert rules(scored("完善", "完善", deviation_reason="见制度汇编")) == []
    assert rules(scored("完善", "完善", achievement="achieved")) == ["EVL-038"]


def test_that_other_band_limits_move_the_usual_share_into_their_band() -> None:
    older = ScoringProfile(band_partly=Decimal(50))
    assert scored("完善", "有", "10", older, achievement="partly", score="5", deviation_reason="说明").score == 5
    narrow = ScoringProfile(band_partly=Decimal(75))
    assert scored("完善", "有", "10", narrow, achievement="partly").computed == Decimal("7.75")
    low = ScoringProfile(band_achieved=Decimal(40), band_partly=Decimal(20))
    assert scored("完善", "有", "10", low, achievement="not_achieved").computed == 1


def test_that_a_manual_score_counts_and_the_computed_one_stays_visible() -> None:
    line = scored("≥2场", "3场", score="4", deviation_reason="场地受限")
    assert (line.score, line.computed, line.is_manual) == (4, 5, True)
    assert line.explanation.endswith("得分 = 分值 5 → 5.00；采用手工得分 4.00")


def test_that_a_manual_score_different_from_the_computed_one_needs_a_reason() -> None:
    line = scored("≥2场", "1场", score="5")
    assert messages(line) == {"EVL-041": "手工得分5与计算得分2.5不同，请说明。"}
    assert rules(scored("≥2场", "2场", score="4")) == ["EVL-041", "EVL-036"]
    assert rules(scored("≥2场", "2场", score="4", deviation_reason="说明")) == []
    assert rules(scored("≥2场", "2场", score="5.00")) == []


@pytest.mark.parametrize("typed", ["5.01", "-0.01", "满分"])
def test_that_a_manual_score_outside_its_points_does_not_count(typed: str) -> None:
    line = scored("≥2场", "2场", score=typed)
    assert (line.score, line.is_manual) == (5, False)
    assert messages(line) == {"EVL-040": "得分应在0至5之间。"}


def test_that_a_score_outside_the_band_chosen_is_told_its_limits() -> None:
    line = scored("完善", "有手册", "7", achievement="achieved", score="5.59", deviation_reason="说明")
    assert messages(line) == {"EVL-039": "得分5.59不在“达成”区间（5.6–7）。"}
    assert line.score == Decimal("5.59")


@pytest.mark.parametrize(("target", "actual", "status"), [("=2级", "3级", Status.MANUAL), ("≥2场", "", Status.PENDING)])
def test_that_a_manual_score_closes_a_line_no_formula_can_score(target: str, actual: str, status: Status) -> None:
    line = scored(target, actual, score="3", deviation_reason="按实际评定")
    assert (line.status, line.computed, line.score) == (status, None, 3)


def test_that_a_manual_score_does_not_replace_the_choice_of_a_level() -> None:
    line = scored("完善", "有手册", score="5")
    assert (line.status, line.score, rules(line)) == (Status.JUDGE, 5, ["EVL-037"])


def test_that_what_a_score_quotes_ends_within_no_number() -> None:
    actual = "按照年度计划安排开展了各类专题培训活动共12,345人次"
    line = scored("效果显著", actual, achievement="achieved")
    assert "“按照年度计划安排开展了各类专题培训活动共…”" in line.explanation
