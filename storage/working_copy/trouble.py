"""Why a copy could not be written back into its folder. Nothing is lost by any of it: the copy holds everything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from model.errors import UserError
from storage.store.lock import Holder

_KEPT = "修改都在本机副本中，没有丢失。"


class NotWrittenBackError(UserError):
    """The copy was not written back; it is tried again."""

    @classmethod
    def of(cls, target: Path, error: UserError) -> NotWrittenBackError:
        """That the folder took nothing."""
        why = str(error).replace("\n", "")
        return cls(f"没有写回“{target}”：{why}\n{_KEPT}稍后会自动再试，也可以按 Ctrl+S 重试。")


class AwayError(NotWrittenBackError):
    """The folder cannot be reached, or the file is not there any more."""

    @classmethod
    def unreachable(cls, target: Path) -> AwayError:
        """The folder cannot be reached."""
        return cls(f"“{target}”所在的文件夹现在连不上，修改还没有写回。\n{_KEPT}可以继续填报，连上以后会自动写回。")

    @classmethod
    def missing(cls, target: Path) -> AwayError:
        """The folder is there, or its place is, and the file is not."""
        return cls(
            f"“{target}”已不在原处：文件被移动、改名或删除，或者网络盘没有接上，修改还没有写回。\n"
            f"{_KEPT}可以继续填报，文件回到原处后会自动写回；也可以另存一份。"
        )


class ChangedError(NotWrittenBackError):
    """Somebody else changed the file meanwhile: nothing is overwritten. ``what`` says who and when, one sentence."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}\n为免覆盖对方的内容，没有写回。{_KEPT}")
        self.what = what

    @classmethod
    def by(cls, target: Path, modified: int, holder: Holder | None) -> ChangedError:
        """By what lies in the folder: ``modified`` is the time of the file, in nanoseconds."""
        # a line does not end between date and time
        when = f"{datetime.fromtimestamp(modified // 10**9).astimezone():%Y-%m-%d\u00a0%H:%M}"
        who = (
            f"被{holder.user}（{holder.host}）" if holder is not None else "在别处（另一台电脑、另一个程序或同步软件）"
        )
        return cls(f"“{target}”已{who}改动（文件时间 {when}）。")
