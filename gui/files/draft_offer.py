"""The strip that offers back what was being typed when the program was cut off: 恢复 or 不用, never by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.desk.labels import call
from gui.desk.notify import Tone
from gui.desk.roles import tell_as_message
from gui.desk.signs import sign_pixmap
from gui.desk.theme import Appearance, Theme
from gui.desk.wrapped_label import GivingLabel
from gui.document.document import Document
from gui.document.drafts import DraftKeeper, place_in_words, text_of
from model.values.excerpts import shortened
from storage.store.drafts import Draft

_LONGEST = 24
_NAMED = 3


class DraftOffer(QWidget):
    """Stands below the content, where it moves nothing, until it is answered; hidden while there is nothing to offer.

    Signals:
        told(str): what is offered, and the way to the buttons; a text for those who do not see it.
    """

    told = Signal(str)

    def __init__(self, document: Document, keeper: DraftKeeper, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("messageStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self._keeper = keeper
        self._is_unfit = False
        self._glyph = QLabel(self)
        self.text = GivingLabel(self)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.restore = QPushButton(self)
        self.give_up = QPushButton("不用", self)
        for button in (self.restore, self.give_up):
            button.setProperty("link", "true")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 6, 4)
        layout.setSpacing(8)
        for widget in (self._glyph, self.text, self.restore, self.give_up):
            layout.addWidget(widget)
        self.restore.clicked.connect(self._take_up)
        self.give_up.clicked.connect(keeper.give_up)
        keeper.offer_changed.connect(self._show_offer)
        appearance.changed.connect(self._dress)
        self._dress(appearance.theme)
        tell_as_message(self, is_alarming=lambda _strip: False)
        self._show_offer()

    def _show_offer(self) -> None:
        offered = self._keeper.offered
        self._is_unfit = self._is_unfit and bool(offered)
        self.setVisible(bool(offered))
        if not offered:
            call(self, "")
            return
        named = "；".join(self._in_words(draft) for draft in offered[:_NAMED])
        more = "……" if len(offered) > _NAMED else ""
        gone = "所在的项目或指标已不在文件中，或那一格后来另写了内容，可以复制出来另用"
        why = gone if self._is_unfit else "还不在文件里"
        self.text.say(f"上次有 {len(offered)} 处内容没有写完，{why}：{named}{more}")
        self.restore.setText("复制文字" if self._is_unfit else "恢复")
        if self.accessibleName() != self.text.text():
            self.setAccessibleName(self.text.text())
            self.told.emit(f"{self.text.text()}（按 F6 可到“{self.restore.text()}”“{self.give_up.text()}”按钮）")

    def _take_up(self) -> None:
        if self._is_unfit:
            QGuiApplication.clipboard().setText("\n".join(text_of(draft) for draft in self._keeper.offered))
            return
        self._is_unfit = self._keeper.restore() > 0
        self._show_offer()

    def _in_words(self, draft: Draft) -> str:
        names = {summary.id: summary.project_name for summary in self._document.summaries()}
        text = " ".join(text_of(draft).split())
        shown = shortened(text, _LONGEST)
        project = names.get(draft.project_id, "")
        return f"{f'“{project}”的' if project else ''}{place_in_words(draft)}“{shown}”"

    def _dress(self, theme: Theme) -> None:
        self._glyph.setPixmap(
            sign_pixmap(Tone.INFO.sign, getattr(theme, Tone.INFO.color), 16, self.devicePixelRatioF())
        )
