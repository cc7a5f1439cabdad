"""What lies where files are to be written, by the path somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gui.desk.file_choice import asked, typed_path


@dataclass(frozen=True, slots=True)
class Found:
    """What a path means: a file, or the folder of several; ``there`` are the names of those that stand there already.

    ``is_folder`` says of the folder of several whether there is such a one.
    """

    path: Path
    there: tuple[str, ...]
    is_folder: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A path as it was typed, to be called where its folder may not answer.

    ``folder`` is where a name without one goes, ``proposed`` the name in a folder. With ``names`` it is the folder of
    several files.
    """

    text: str
    folder: Path
    proposed: str
    names: tuple[str, ...] | None = None

    def __call__(self) -> Found:
        """Look there."""
        if self.names is None:
            path = typed_path(self.text, self.folder, self.proposed)
            return Found(path, (path.name,) if asked(Path.exists, path) else ())
        path = (self.folder / Path(self.text.strip()).expanduser()).absolute()
        there = tuple(name for name in self.names if asked(Path.exists, path / name))
        return Found(path, there, asked(Path.is_dir, path))
