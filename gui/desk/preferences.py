"""What this person's window remembers between two starts, in an ini file under the user's own configuration."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from storage.files.remote import is_on_network
from storage.working_copy.place import Place

RECENT_KEPT = 8


def _can_be_opened(path: str) -> bool:
    """Whether a file is there; one on a network drive is not asked for, it may take minutes to answer."""
    if is_on_network(Path(path)):
        return True
    with suppress(OSError):  # of a drive that does not answer nobody knows
        if Path(path).is_file():
            return True
    return Place.of(Path(path)).store.is_file()


def default_config() -> Path:
    """Where the ini file is when nobody says otherwise, in a folder for its owner's eyes only."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation))
    with suppress(OSError):  # without a place to write nothing is remembered
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    return folder / "jixiao.ini"


class Preferences:
    """Window geometry, panels, appearance and the stores opened before. ``config`` is the ini file."""

    def __init__(self, config: Path) -> None:
        self.settings = QSettings(str(config), QSettings.Format.IniFormat)

    def recent(self) -> list[str]:
        """Paths of stores opened before that are still there as far as is known, or have a copy here, newest first."""
        return [path for path in self._paths("recent") if _can_be_opened(path)]

    def gone(self) -> list[str]:
        """Paths of stores opened before that are not where they were, newest first."""
        return [path for path in self._paths("recent") if not _can_be_opened(path)]

    def forget(self, path: str) -> None:
        """Take a store out of those opened before; the file itself stays as it is."""
        self.settings.setValue("recent", [other for other in self._paths("recent") if other != path])

    def add_recent(self, path: Path) -> None:
        """A store was opened, by its real path."""
        text = str(path)
        others = [other for other in self._paths("recent") if other != text]
        self.settings.setValue("recent", [text, *others][:RECENT_KEPT])

    def last_store(self) -> Path | None:
        """The store that was open when the window was closed, if it is still there or has a copy here."""
        text = str(self.settings.value("last_store", "") or "")
        return Path(text) if text and _can_be_opened(text) else None

    def set_last_store(self, path: Path | None) -> None:
        """Remember, or forget, what to open at the next start: a real path."""
        self.settings.setValue("last_store", str(path) if path is not None else "")

    def last_project(self) -> str:
        """The project that was on screen, "" for none."""
        return str(self.settings.value("last_project", "") or "")

    def set_last_project(self, project_id: str) -> None:
        """Remember the project on screen."""
        self.settings.setValue("last_project", project_id)

    def last_form(self) -> str:
        """The form that project was looked at in, "" when it never was."""
        return str(self.settings.value("last_form", "") or "")

    def set_last_form(self, form: str) -> None:
        """Remember the form on screen."""
        self.settings.setValue("last_form", form)

    def unit(self) -> tuple[str, str]:
        """实施单位 and 主管部门 given at the first start or corrected in 设置 since; for stores made later."""
        return str(self.settings.value("unit", "") or ""), str(self.settings.value("department", "") or "")

    def set_unit(self, unit: str, department: str) -> None:
        """Remember whose forms are filled in here."""
        self.settings.setValue("unit", unit)
        self.settings.setValue("department", department)

    def is_first_start(self) -> bool:
        """Whether nobody has been asked yet where to begin, and nothing was ever opened."""
        return not self.settings.value("greeted", "") and not self._paths("recent")

    def set_greeted(self) -> None:
        """The question of the first start was answered, or put off."""
        self.settings.setValue("greeted", "yes")

    def folder(self) -> str:
        """The folder files were last chosen in, at first that of the documents, or home where there is none."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        is_usable = is_on_network(Path(documents)) or Path(documents).is_dir()
        start = documents if is_usable else str(Path.home())
        return str(self.settings.value("folder", start) or start)

    def set_folder(self, path: Path) -> None:
        """Files were chosen in this folder."""
        self.settings.setValue("folder", str(path))

    def export_folder(self) -> str:
        """The folder of the last export, at first that of other files."""
        return str(self.settings.value("export/folder", "") or self.folder())

    def set_export_folder(self, path: Path) -> None:
        """Remember where was exported to."""
        self.settings.setValue("export/folder", str(path))

    def export_wishes(self) -> dict[str, bool]:
        """What was wanted of the last export, by the names of its choices; none for what was never chosen."""
        self.settings.beginGroup("export/wishes")
        wishes = {key: str(self.settings.value(key)) == "yes" for key in self.settings.childKeys()}
        self.settings.endGroup()
        return wishes

    def set_export_wishes(self, wishes: Mapping[str, bool]) -> None:
        """Remember what was wanted of an export."""
        for name, is_wanted in wishes.items():
            self.settings.setValue(f"export/wishes/{name}", "yes" if is_wanted else "no")

    def works_on_copy(self) -> bool:
        """Whether files of shared folders are edited in a copy on this computer."""
        return str(self.settings.value("files/in_place", "")) != "yes"

    def set_works_on_copy(self, wanted: bool) -> None:
        """Remember whether files of shared folders are edited in a copy."""
        self.settings.setValue("files/in_place", "" if wanted else "yes")

    def layout(self, name: str) -> QByteArray:
        """A remembered arrangement of the window; empty when there is none."""
        value = self.settings.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, value: QByteArray) -> None:
        """Remember an arrangement of the window."""
        self.settings.setValue(f"window/{name}", value)

    def grid(self, form: str) -> str:
        """How the grid of a form was left, as the grid wrote it; "" when it never was."""
        return str(self.settings.value(f"grid/{form}", "") or "")

    def set_grid(self, form: str, state: str) -> None:
        """Remember how the grid of a form is arranged."""
        self.settings.setValue(f"grid/{form}", state)

    def sections(self, form: str) -> str:
        """Which sections of the sheet of a form are open, as the sheet wrote it; "" when it never was."""
        return str(self.settings.value(f"sections/{form}", "") or "")

    def set_sections(self, form: str, state: str) -> None:
        """Remember which sections of the sheet of a form are open."""
        self.settings.setValue(f"sections/{form}", state)

    def navigator(self, store: Path) -> str:
        """How the list of projects of a store was left, as it wrote it; "" when it never was."""
        return str(self.settings.value(f"navigator/{_key(store)}", "") or "")

    def set_navigator(self, store: Path, state: str) -> None:
        """Remember how the list of projects of a store was left; of stores that are recent no more, nothing."""
        self._set_of_store("navigator", store, state)

    def overview(self) -> str:
        """What the pages of a year and of a unit are ordered by, as they wrote it; "" for the order of the list."""
        return str(self.settings.value("overview/order", "") or "")

    def set_overview(self, state: str) -> None:
        """Remember what the pages of a year and of a unit are ordered by."""
        self.settings.setValue("overview/order", state)

    def filling(self, store: Path) -> str:
        """Which forms of a store were being filled in, as the document wrote it; "" when it never did."""
        return str(self.settings.value(f"filling/{_key(store)}", "") or "")

    def set_filling(self, store: Path, state: str) -> None:
        """Remember which forms of a store are being filled in; of stores that are recent no more, nothing."""
        self._set_of_store("filling", store, state)

    def _set_of_store(self, group: str, store: Path, state: str) -> None:
        self.settings.setValue(f"{group}/{_key(store)}", state)
        kept = {_key(Path(path)) for path in self._paths("recent")} | {_key(store)}
        self.settings.beginGroup(group)
        for key in set(self.settings.childKeys()) - kept:
            self.settings.remove(key)
        self.settings.endGroup()

    def panels(self) -> str:
        """How wide the panels are and which are folded, as they wrote it; "" when they never did."""
        return str(self.settings.value("window/panels", "") or "")

    def set_panels(self, state: str) -> None:
        """Remember how wide the panels are and which are folded."""
        self.settings.setValue("window/panels", state)

    def _paths(self, key: str) -> list[str]:
        value = self.settings.value(key, [])
        texts = value if isinstance(value, list) else [value]
        return [str(text) for text in texts if text]


def _key(store: Path) -> str:
    """A store in a word: its path may have signs that part the keys of an ini file."""
    real = store if is_on_network(store) else store.resolve()
    return blake2b(str(real).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
