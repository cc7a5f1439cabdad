"""Text of several lines in a dialog keeps the height it needs, and none needs none."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gui.desk.wrapped_label import WrappedLabel


def made_narrower(qtbot: QtBot) -> tuple[WrappedLabel, int]:
    """A label of three sentences that was wide and is narrow now, and how high it was."""
    label = WrappedLabel("设置保存在当前文件中，随文件一起带走；修改后可以撤销。" * 3)
    qtbot.addWidget(label)
    label.show()
    label.resize(600, 20)
    wide = label.minimumHeight()
    label.resize(150, 20)
    return label, wide


def test_that_a_narrower_label_is_higher(qtbot: QtBot) -> None:
    label, wide = made_narrower(qtbot)
    assert label.minimumHeight() > wide


def test_that_a_label_gives_back_what_it_needs_no_longer(qtbot: QtBot) -> None:
    label, wide = made_narrower(qtbot)
    label.resize(600, 20)
    assert label.minimumHeight() == wide
    label.setText("设置保存在当前文件中。")
    assert 0 < label.minimumHeight() < wide


def test_that_a_line_that_begins_with_a_quotation_mark_is_not_indented(qtbot: QtBot) -> None:
    label = WrappedLabel("")
    qtbot.addWidget(label)
    label.resize(400, 24)
    label.show()

    def ink(text: str) -> int:
        label.setText(text)
        image = label.grab().toImage()
        ground = image.pixel(image.width() - 1, 0)
        columns = range(image.width())
        return next(x for x in columns if any(image.pixel(x, y) != ground for y in range(image.height())))

    assert ink("“项目总成本”的指标值") <= ink("项目总成本的指标值") + 1
    assert ink("（一）项目总成本") <= ink("项目总成本的指标值") + 1


def test_that_a_label_with_nothing_to_say_takes_no_room_and_draws_no_warning(qtbot: QtBot) -> None:
    label = WrappedLabel("")
    qtbot.addWidget(label)
    label.show()
    label.resize(200, 20)
    assert label.minimumHeight() == 0
