"""The window: navigator left, project in the centre, score right, findings below, and what holds them together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.actions import Actions
from gui.desk.announcer import Announcer
from gui.desk.desk import Desk, Verbs, joined
from gui.desk.dialog import BORDERS
from gui.desk.file_choice import dropped_files, take_as_copy
from gui.desk.focus import in_reading_order, lasting
from gui.desk.giving_bar import GivingToolBar
from gui.desk.menu_place import pop_up
from gui.desk.notify import Button, MessageStrip, Tone
from gui.desk.page_stack import PageStack
from gui.desk.preferences import Preferences
from gui.desk.tasks import TaskRunner
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.document.drafts import DraftKeeper
from gui.document.soundness import Soundness
from gui.files.draft_offer import DraftOffer
from gui.files.leaving import ask_about_unwritten
from gui.files.start_page import StartPage
from gui.files.verbs import FileVerbs
from gui.findings.pane import FindingsPanel
from gui.findings.verbs import FindingVerbs, rule_in_list
from gui.library.verbs import LibraryVerbs
from gui.manual.verbs import ManualVerbs
from gui.navigator.memory import NavigatorMemory
from gui.navigator.pane import Navigator
from gui.overview.memory import OverviewMemory
from gui.overview.page import OverviewPage
from gui.panels import Panels
from gui.plain_window import PlainWindow
from gui.possible import PossibleCommands
from gui.projects.empty_page import EmptyPage
from gui.projects.verbs import ProjectVerbs
from gui.score.pane import ScorePanel
from gui.search.box import SearchBox
from gui.search.verbs import SearchVerbs
from gui.settings.verbs import SettingsVerbs
from gui.table.memory import GridMemory
from gui.views.filling_memory import FillingMemory
from gui.views.last_seen import LastSeen
from gui.views.memory import SheetMemory
from gui.views.project_page import ProjectPage
from gui.views.status import StatusBar
from gui.views.verbs import ViewVerbs
from model.findings import Place
from model.forms import FORMS
from model.records import Form
from storage.working_copy.waiting import GaveUpError

TITLE = "绩效填报助手"
ON_HEADING = "这一行是年度或单位。改名、删除先选一个项目；要删除它的全部项目，用右键菜单。"


class MainWindow(PlainWindow):
    """Puts the views together and remembers how they were arranged."""

    def __init__(self, appearance: Appearance, preferences: Preferences, home: Path) -> None:
        super().__init__()
        self.appearance = appearance
        self.preferences = preferences
        self.document = Document(self)
        self.drafts = DraftKeeper(self.document)
        self.soundness = Soundness(self.document)
        self.tasks = TaskRunner(self)
        self._first = ""
        self._untold = ""
        self._dropped: list[Path] = []
        self.setWindowTitle(TITLE)
        self.setObjectName("mainWindow")
        self.setMinimumSize(720, 440)
        self.setAcceptDrops(True)
        self.commands = Actions(appearance, self)
        self._make_centre()
        self._make_panels()
        self._make_bars()
        self.possible = PossibleCommands(self.commands, self.document, self)
        self._connect(home)
        self._show_state()
        self._restore_layout()

    def open_at_start(self, path: Path | None) -> None:
        """Open a store, or stay on the start page."""
        if path is not None and path == self.files.example_path:
            self.files.open_example()
        elif path is not None:
            self.files.open(path)
        self._show_state()

    def expect_store(self, path: Path) -> None:
        """Say that a store is being opened, until it is."""
        self.waiting.setText(f"正在打开“{path.name}”…")
        self._centre.setCurrentWidget(self.waiting)

    def tell(
        self,
        tone: Tone,
        text: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        *,
        also: Button | None = None,
        is_so: Callable[[], bool] | None = None,
    ) -> None:
        """Show a message below whatever is in the centre."""
        self._show_first()  # told on the page that is about to go, it would go with it
        if self._centre.currentWidget() is self.waiting:
            self._show_state()
        self._strip().tell(tone, text, button, act, also=also, is_so=is_so)

    def finish_editing(self) -> None:
        """Finish what is being typed, as if the focus had left the field."""
        focus = QApplication.focusWidget()
        if self.document.has_draft and focus is not None:
            after = lasting(focus)
            focus.clearFocus()
            after.setFocus()

    def go_to(self, place: Place) -> None:
        """Put the cursor on a cell."""
        if self.document.project is not None:
            self.page.go_to(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Panels give way in a small window."""
        super().resizeEvent(event)
        self.panels.fit(self.width(), self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish the edit, stop background work, remember the arrangement, let go of the file.

        Where texts wait for being written, they are asked about first.
        """
        self.finish_editing()
        if (
            self.document.unwritten
            or self.files.rescue.is_gone
            or not self.files.rescue.write_back.is_written_at_once()
        ):
            event.ignore()
            self.files.rescue.leave(self.close)
            return
        with suppress(GaveUpError):
            self.tasks.shut_down(self.document.waiting)
        self.preferences.set_panels(self.panels.own())
        state = self.panels.state()
        if not state.isEmpty():
            self.preferences.set_layout("state", state)
        self.preferences.set_layout("geometry", self.saveGeometry())
        for memory in self._memories:
            memory.remember()
        self.document.close_store()
        super().closeEvent(event)

    # What could not be written

    def _tell_not_written(self, text: str) -> None:
        if self.files.rescue.is_gone:
            self.files.rescue.tell_failed(text)
        else:
            # a gesture that is no text is not kept: it is made again by hand
            self.tell(Tone.FAILED, text, "重试" if self.document.can_try_again else "", self.document.write_unwritten)
        self._untold = text

    def _tell_written(self) -> None:
        """The message goes when its cause is gone."""
        if not self.document.unwritten and self._untold and self._strip().text == self._untold:
            self._strip().hide()

    def _ask_to_leave(self, then: Callable[[], object]) -> None:
        ask_about_unwritten(self, self.document, then, self.files.rescue.save_copy)

    # Putting it together

    def _make_centre(self) -> None:
        centre = QWidget(self)
        self.setCentralWidget(centre)
        self._centre = PageStack(centre)  # each page is made in its place: one that is moved is polished anew
        self.start_page = StartPage(self.appearance, self._centre)
        self.waiting = QLabel()
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waiting.setObjectName("startLead")
        self.empty_page = EmptyPage(self.appearance, self._centre)
        self.empty_page.add_actions([self.commands["new_project"], self.commands["import"]])
        self.page = ProjectPage(self.document, self.appearance, self._centre)
        self._memories: list[LastSeen | GridMemory | SheetMemory] = [LastSeen(self.document, self.preferences, self)]
        self._memories += [
            memory
            for page in self.page.pages.values()
            for memory in (
                GridMemory(page.table, self.document, self.preferences),
                SheetMemory(page, self.document, self.preferences),
            )
        ]
        self.overview = OverviewPage(self.document, self.appearance, self._centre)
        for page in (self.start_page, self.waiting, self.empty_page, self.overview, self.page):
            self._centre.addWidget(page)
        self.draft_offer = DraftOffer(self.document, self.drafts, self.appearance)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._centre, 1)
        layout.addWidget(self.draft_offer)
        self.page.room_below = lambda: max(0, centre.height() - self._centre.geometry().bottom() - 1)

    def _make_panels(self) -> None:
        self.navigator = Navigator(self.document, self.appearance)
        self.score_panel = ScorePanel(self.document, self.appearance)
        self.findings_panel = FindingsPanel(self.document, self.appearance)
        self.panels = Panels(self, self.navigator, self.score_panel, self.findings_panel)
        self.panels.connect_actions(self.commands)
        self.appearance.changed.connect(self.panels.follow_text_size)
        self.findings_panel.is_here = self.page.is_at
        self.findings_panel.levels_wanted.connect(self.page.choose_level_of)
        self.page.moved.connect(self.navigator.end_selection)
        self.page.moved.connect(self.findings_panel.follow_cursor)
        self.page.moved.connect(lambda: self.score_panel.explain_execution(wanted=self.page.is_in_funding))

    def _make_bars(self) -> None:
        self.commands.fill_menus(self.menuBar())
        bar = GivingToolBar("工具栏", self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.commands.fill_toolbar(bar)
        spring = QWidget(bar)
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spring)
        self.search = SearchBox(self.document, self.appearance, self)
        self.search.setMaximumWidth(280)
        bar.addWidget(self.search)
        self.addToolBar(bar)
        in_reading_order((bar, self.navigator, self.centralWidget(), self.score_panel, self.findings_panel))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.status = StatusBar(self.document, self.tasks, self)
        self.setStatusBar(self.status)

    def _connect(self, home: Path) -> None:
        document = self.document
        desk = Desk(document, self.tasks, self.tell, self.appearance, self.preferences, self)
        self.files = FileVerbs(desk, home)
        self.projects = ProjectVerbs(desk, self.page)
        self.views = ViewVerbs(desk, self.page, self._panes)
        manual = ManualVerbs(desk, lambda: rule_in_list(self.findings_panel))
        findings = FindingVerbs(desk, self.findings_panel, manual.read)
        self.score_panel.topic_wanted.connect(manual.read)
        of_dialogs = (SearchVerbs(desk, self.search), SettingsVerbs(desk), LibraryVerbs(desk, self.page))
        rooms = (self.files, self.projects, self.views, findings, manual, *of_dialogs)
        own: Verbs = {
            "quit": self.close,
            "save": self._confirm_saved,
            "widen_panel": lambda: self._enlarge_panel(1),
            "narrow_panel": lambda: self._enlarge_panel(-1),
        }
        verbs = joined([*(room.by_name() for room in rooms), own])
        finishing = {name: self._finishing(act) for name, act in verbs.items() if name not in {"undo", "redo"}}
        self.commands.connect_all({**verbs, **finishing})
        self.commands["all_levels"].setChecked(any(one.table.rows.all_levels_shown for one in self.page.pages.values()))
        self.commands["all_levels"].toggled.connect(self._show_all_levels)
        self.commands.recent_menu.aboutToShow.connect(lambda: self.files.fill_recent(self.commands.recent_menu))
        self.start_page.new_wanted.connect(self.files.new_store)
        self.start_page.open_wanted.connect(self.files.ask_store)
        self.start_page.example_wanted.connect(self.files.open_example)
        self.start_page.restore_wanted.connect(self.files.rescue.restore)
        self.start_page.recent_chosen.connect(lambda path: self.files.open(Path(path)))
        self.start_page.recent_forgotten.connect(self._forget_recent)
        self._connect_lists()
        FillingMemory(document, self.preferences)
        NavigatorMemory(self.navigator, document, self.preferences)
        OverviewMemory(self.overview, self.preferences)
        self.panels.docks["show_score"].visibilityChanged.connect(
            lambda seen: self.page.header.show_total(shown=not seen)
        )
        self._give_voice()
        self.page.summed.connect(self.status.sums.setText)
        self.page.line_selected.connect(self.score_panel.set_line)
        self.page.form_start_wanted.connect(self.projects.start_form)
        document.place_requested.connect(self.go_to)
        self._connect_saving()
        document.not_read.connect(self.files.rescue.tell_failed)
        document.backup_failed.connect(self.files.rescue.tell_failed)
        self.soundness.spoilt.connect(self.files.rescue.tell_spoilt)
        self.soundness.others_spoilt.connect(self.files.rescue.tell_others_spoilt)
        document.leave_asked.connect(self._ask_to_leave)
        document.store_changed.connect(self._take_store)
        for signal in (document.project_switched, document.form_changed, document.project_changed):
            signal.connect(self._show_state)

    def _connect_lists(self) -> None:
        """The two lists of projects: the navigator, and the page of a year or a unit's year."""
        for place in (self.start_page, self.empty_page, self.overview, self.navigator.tree):
            keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), place)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(self.files.paste_forms)
        self.navigator.entered.connect(lambda: self._centre.currentWidget().setFocus())
        self.overview.entered.connect(self.page.setFocus)
        self.overview.left.connect(self._leave_overview)
        for listing in (self.navigator.tree, self.overview.table):
            listing.rename_wanted.connect(self.commands["rename_project"].trigger)
            listing.remove_wanted.connect(self.commands["remove_project"].trigger)
            listing.heading_kept.connect(lambda: self.tell(Tone.INFO, ON_HEADING))
        self.navigator.tree.menu_wanted.connect(self._show_navigator_menu)
        self.overview.table.menu_wanted.connect(self._show_overview_menu)

    def _connect_saving(self) -> None:
        """What was not written, and what has to be written back."""
        self.document.not_written.connect(self._tell_not_written)
        self.document.unwritten_changed.connect(self._tell_written)
        write_back = self.files.rescue.write_back
        write_back.state_changed.connect(self.status.tell_copy)
        write_back.written.connect(self.status.tell_written_back)
        self.commands["work_on_copy"].setChecked(self.preferences.works_on_copy())
        self.commands["work_on_copy"].toggled.connect(self.files.work_on_copy)

    def _give_voice(self) -> None:
        """What a person who does not see the window is told of its rooms."""
        self.announcer = Announcer(self, self.document, self.page.current_line)
        self.announcer.stepped.connect(self.status.tell_step)
        messages = tuple(page.message for page in (self.start_page, self.empty_page, self.overview, self.page))
        for message in messages:
            self.document.undo_stack.indexChanged.connect(lambda _index, told=message: told.look_again())
            self.page.moved.connect(lambda told=message: told.look_again())  # see gui/desk/roles.py
        strips = (message.told for message in messages)
        tables = [page.table for page in self.page.pages.values()]
        offers = (signal for table in tables for signal in (table.offered, table.extended))
        rooms = (self.findings_panel.reached, self.search.told, self.navigator.told, self.draft_offer.told)
        for signal in (*strips, *offers, *rooms):
            signal.connect(self.announcer.say)

    def _panes(self) -> tuple[QWidget, ...]:
        """What F6 walks through."""
        shown = self._centre.currentWidget()
        centre = self.page.page.stops if shown is self.page else (shown,)
        return self.draft_offer, self._strip(), self.navigator, *centre, self.findings_panel, self.score_panel

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped, to be imported; not while a dialog asks something."""
        if dropped_files(event.mimeData()) and QApplication.activeModalWidget() is None:
            take_as_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Preview what the files and folders bring, once the program they come from is let go."""
        self._dropped = dropped_files(event.mimeData())
        take_as_copy(event)
        QTimer.singleShot(0, self, self._take_dropped)

    def _take_dropped(self) -> None:
        self.activateWindow()  # the program they come from was in front
        self.finish_editing()
        self.files.take_dropped(self._dropped)

    def _show_project_menu(self, place: QRect, *more: QAction | QMenu, on_heading: bool = False) -> None:
        """What can be done with the chosen projects, at a place on the screen; ``more`` is what the list itself can."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(self.document.chosen) == 1:
            self._add_keyed(menu, "rename_project", "" if on_heading else "F2")
        menu.addActions([self.commands[name] for name in ("check_projects", "copy_year", "export")])
        for entry in more:
            menu.addMenu(entry) if isinstance(entry, QMenu) else menu.addAction(entry)
        menu.addSeparator()
        self._add_keyed(menu, "remove_project", "" if on_heading else "Del")
        pop_up(menu, place)

    def _add_keyed(self, menu: QMenu, name: str, key: str) -> None:
        """A command with the key that does it in the list alone; the menus of the window do not show that key."""
        command = self.commands[name]
        entry = menu.addAction(command.icon(), f"{command.text()}\t{key}" if key else command.text())
        entry.setEnabled(command.isEnabled())
        entry.triggered.connect(command.trigger)

    def _show_navigator_menu(self, place: QRect) -> None:
        copy = QAction("复制名称\tCtrl+C", self)
        copy.triggered.connect(self.navigator.tree.copy)
        on_heading = not self.navigator.tree.has_selected_project()
        self._show_project_menu(place, copy, on_heading=on_heading)

    def _show_overview_menu(self, place: QRect) -> None:
        copy = QAction("复制选中的行\tCtrl+C", self)
        copy.triggered.connect(self.overview.table.copy)
        group = self.document.group
        on_heading = group is not None and group.unit is None
        self._show_project_menu(place, copy, self.overview.sort_menu(self), on_heading=on_heading)

    def _finishing(self, act: Callable[[], object]) -> Callable[[], object]:
        def run() -> None:
            self.finish_editing()
            act()

        return run

    # What is shown

    def _show_state(self) -> None:
        document = self.document
        project = document.project
        has_store = document.store is not None
        if not has_store:
            self.start_page.show_recent(self.preferences.recent(), self.preferences.gone())
            wanted: QWidget = self.start_page
        elif project is not None:
            wanted = self.page
        elif document.group is not None and document.projects:
            wanted = self.overview
        else:
            self.empty_page.show_state(has_projects=bool(document.projects))
            wanted = self.empty_page
        if self._centre.currentWidget() is not wanted:
            is_choosing = self.navigator.tree.hasFocus()
            self._centre.setCurrentWidget(wanted)
            if not is_choosing:
                wanted.setFocus(Qt.FocusReason.OtherFocusReason)
                if wanted is self.page:
                    self.page.page.show_cursor()
        self.panels.show_for(has_store=has_store, has_list=wanted is self.overview)
        is_scored = document.form is Form.EVALUATION
        self.panels.show_score(has_score=project is None or is_scored)
        self.page.header.show_total(shown=self.panels.docks["show_score"].isHidden())
        self.possible.show(has_panels=wanted is not self.overview, is_scored=is_scored)

    def _show_all_levels(self, shown: bool) -> None:
        for page in self.page.pages.values():
            page.table.set_all_levels_shown(shown)

    def _strip(self) -> MessageStrip:
        current = self._centre.currentWidget()
        with_strips = (self.start_page, self.empty_page, self.overview)
        return next((page.message for page in with_strips if current is page), self.page.message)

    def _leave_overview(self) -> None:
        """Go back to where the list of projects was called from; else to the navigator."""
        if not self.document.go_back():
            self.navigator.setFocus()

    def _take_store(self) -> None:
        store = self.document.store
        self.setWindowTitle(f"{store.path.stem} - {TITLE}" if store is not None else TITLE)
        if store is None:
            return
        ids = [summary.id for summary in self.document.summaries()]
        wanted = self.preferences.last_project()
        if ids:
            self._first = wanted if wanted in ids else ids[0]
            QTimer.singleShot(0, self, self._show_first)

    def _show_first(self) -> None:
        """Put a project of the store just opened on screen, unless one is already."""
        first, self._first = self._first, ""
        has_none = self.document.project is None and self.document.group is None
        if first and has_none and self.document.store is not None:
            left_in = next((form for form in FORMS if form == self.preferences.last_form()), None)
            if left_in is not None and first == self.preferences.last_project():
                self.document.set_form(left_in)
            self.document.select_project(first)

    def _confirm_saved(self) -> None:
        self.files.rescue.write_back.save()
        self.announcer.say(self.status.confirm_saved())

    def _forget_recent(self, path: str) -> None:
        self.files.forget_recent(path)
        self._show_state()

    def _enlarge_panel(self, steps: int) -> None:
        """Its new size is said to who listens; that it could not change, and why, is shown too."""
        is_changed, words = self.panels.enlarge(steps)
        if is_changed:
            self.announcer.say(words)
        else:
            self.tell(Tone.INFO, words)

    def _restore_layout(self) -> None:
        geometry = self.preferences.layout("geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(QSize(1366, 768).boundedTo(self.screen().availableGeometry().size() - BORDERS))
        self.panels.restore(self.preferences.layout("state"))
        self.panels.take(self.preferences.panels())
