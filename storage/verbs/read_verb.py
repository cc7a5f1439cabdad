"""``read``: how a value is read, printed, checked and scored, one a line, as JSON or sentences (interchange.md §3)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from model.checking import check
from model.findings import Finding
from model.forms import FORMS, form_named, ids_in_words
from model.mends import Rewrite
from model.quantity import Constraint, Kind, Value, figures_in, parse, printed
from model.records import Achievement, EvaluatedIndicator, Form, Project, forms_of, text_cells
from model.rules import Context
from model.scoring import LineScore, Status, format_total, score_line
from model.settings import Settings
from model.values.taxonomy import is_timely
from model.values.units import STANDARD
from storage.verbs.streams import Say

_TEXTS = ("actual", "points", "level1", "level2", "name", "achievement")
_CELLS = {"target_text": "target", "actual_text": "actual"}
_ELSEWHERE = ("level1", "level2", "name", "points", "")
_STATUSES = {
    Status.MET: "met",
    Status.OVER: "met",
    Status.BORDER: "met",
    Status.UNMET: "unmet",
    Status.OMITTED: "asks",
    Status.MANUAL: "asks",
    Status.JUDGE: "judge",
    Status.PENDING: "asks",
    Status.ERROR: "error",
}
_KINDS = {
    "quantity": "数值",
    "range": "区间",
    "ratio": "比例",
    "deadline": "时限",
    "rank": "名次",
    "words": "文字",
    "words_with_number": "含数值的文字",
    "blank": "空白",
    "malformed": "无法识别",
}
_VERDICTS = {"met": "达标", "unmet": "未达标", "asks": "须确认", "judge": "由人工判断", "error": "无法比较"}
_EARLIEST, _LATEST = 1, 9998


class _WrongLineError(ValueError):
    """A line that asks nothing that can be answered; the text says why."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One line of input: a value, and what is known of the line it stands in."""

    line: EvaluatedIndicator
    form: Form
    year: int
    has_actual: bool


def read_values(arguments: argparse.Namespace, say: Say, warn: Say) -> None:
    """Answer every line of the standard input with a line, in order; a wrong line is answered and the rest goes on."""
    answered = _answered_in_json if arguments.json else _answered_in_words
    if not arguments.json and sys.stdin.isatty():
        warn("每行一个指标值；后面可以加制表符和实际完成值、分值。按 Ctrl+D（Windows 为 Ctrl+Z 加回车）结束。")
    for text in _lines():
        say(answered(text))
        sys.stdout.flush()


def _lines() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer):
        text = line.decode("utf-8", errors="replace").rstrip("\r\n")
        yield text.removeprefix("\ufeff") if number == 0 else text


def _answered_in_json(text: str) -> str:
    try:
        answer = _answer(_asked(text))
    except _WrongLineError as error:
        answer = {"error": str(error)}
    return json.dumps(answer, ensure_ascii=False)


def _answered_in_words(text: str) -> str:
    target, _, rest = text.partition("\t")
    actual, _, points = rest.partition("\t")
    line = EvaluatedIndicator("1", target_text=target, actual_text=actual, points=points)
    has_actual = bool(rest)
    form = Form.EVALUATION if has_actual else Form.DECLARATION
    return _in_words(_answer(_Question(line, form, date.today().year, has_actual)))  # noqa: DTZ011 the clerk's own year


def _in_words(answer: dict[str, Any]) -> str:
    parts = [f"读作{_KINDS[answer['kind']]}"]
    if answer["number"] is not None:
        parts[0] += f" {answer['comparator'] or ''}{answer['number']}{answer['unit'] or ''}"
    elif answer["low"] is not None:
        parts[0] += f" {answer['low']}–{answer['high']}{answer['unit'] or ''}"
    elif answer["ratio"] is not None:
        parts[0] += f" {answer['comparator'] or ''}{answer['ratio']}"
    elif answer["due"] is not None:
        parts[0] += f" {answer['due']}"
    parts.append(f"打印为 {answer['printed']}")
    if answer["status"] is not None:
        parts.append(f"{_VERDICTS[answer['status']]}：{answer['explanation']}")
    if answer["findings"]:
        parts.append(f"问题：{'、'.join(answer['findings'])}")
    if answer["fixes"]:
        parts.append("可改为 " + " 或 ".join(dict.fromkeys(fix["text"] for fix in answer["fixes"])))
    return "；".join(parts) + "。"


def _asked(text: str) -> _Question:
    try:
        asked = json.loads(text)
    except (ValueError, RecursionError):
        raise _WrongLineError('这一行不是 JSON，请每行写一个对象，例如 {"target": "≥90%"}。') from None
    if not isinstance(asked, dict) or not isinstance(asked.get("target"), str):
        raise _WrongLineError("这一行缺少 target（指标值），应为文字。")
    texts = {name: _text(asked, name) for name in _TEXTS}
    has_actual = asked.get("actual") is not None
    form = _form(asked.get("form")) or (Form.EVALUATION if has_actual else Form.DECLARATION)
    if texts["achievement"] not in ("", *Achievement):
        raise _WrongLineError(f"achievement 应为 {'、'.join(Achievement)} 之一。")
    line = EvaluatedIndicator(
        "1",
        target_text=asked["target"],
        actual_text=texts["actual"],
        **{name: texts[name] for name in _TEXTS if name != "actual"},
    )
    return _Question(line, form, _year(asked.get("year")), has_actual)


def _form(value: object) -> Form | None:
    """The form a line names, None where it names none."""
    try:
        return form_named(value) if isinstance(value, str) and value else None
    except ValueError:
        raise _WrongLineError(f"form 应为 {ids_in_words()}。") from None


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if name == "points" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _WrongLineError(f"{name} 应为文字。")


def _year(value: object) -> int:
    if value is None:
        return date.today().year  # noqa: DTZ011 the form of this year, where the line does not say
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not _EARLIEST <= value <= _LATEST:
        raise _WrongLineError("year 应为四位数字的年度。")
    return value


def _answer(asked: _Question) -> dict[str, Any]:
    line = asked.line
    timely = is_timely(line.level2)
    value = parse(line.target_text, STANDARD, asked.year, timely=timely)
    found = [finding for finding in _findings(asked) if finding.place.field not in _ELSEWHERE]
    score = _score(asked) if asked.has_actual else None
    return {
        **_reading(value),
        "printed": printed(line.target_text, FORMS[asked.form].style, STANDARD, timely=timely),
        "fixes": _fixes(found),
        "findings": [finding.rule for finding in found],
        "status": None if score is None else "asks" if score.question else _STATUSES[score.status],
        "score": None if score is None or score.score is None else format_total(score.score),
        "explanation": None if score is None else score.explanation,
    }


def _reading(value: Value) -> dict[str, Any]:
    """What the target means: strings throughout, null where nothing applies."""
    read: dict[str, Any] = dict.fromkeys(
        ("kind", "comparator", "number", "unit", "base", "low", "high", "ratio", "due")
    )
    read["kind"] = kind = _kind(value)
    if kind in ("quantity", "ratio"):
        read["comparator"] = None if value.comparator is None else value.comparator.value
    if kind in ("quantity", "range"):
        read["unit"] = _unit(value)
    if kind == "quantity":
        read.update(number=_plain(value.number), base=_short(value.base))
    elif kind == "range":
        read.update(low=_plain(value.low), high=_plain(value.high))
    elif kind == "ratio":
        read["ratio"] = ":".join(f"{number:f}" for number in value.ratio)
    elif kind == "deadline":
        read["due"] = None if value.due_date is None else value.due_date.isoformat()
    elif kind == "rank":
        read.update(number=str(value.rank_limit), unit="%" if value.rank_percent else None)
    elif kind == "words_with_number":
        figure = figures_in(value, STANDARD)[0]
        read.update(number=_plain(figure.number), unit=_unit(figure), base=_short(figure.base))
        read["comparator"] = None if figure.comparator is None else figure.comparator.value
    return read


def _kind(value: Value) -> str:
    if value.malformed:
        return "malformed"
    match value.kind:
        case Kind.QUANT:
            return "quantity"
        case Kind.MISSING:
            return "blank"
        case Kind.QUAL | Kind.QUAL_NUM:
            return "words_with_number" if figures_in(value, STANDARD) else "words"
        case kind:
            return kind.value


def _unit(of: Value | Constraint) -> str | None:
    """The unit by its name in the table, with the magnitude that was written before it: 万株, 元/人·月."""
    return of.magnitude_text + (of.unit.name if of.unit is not None else "") or None


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _short(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def _fixes(found: list[Finding]) -> list[dict[str, str]]:
    """The quick fixes that write another text for the target or the actual value."""
    return [
        {"rule": finding.rule, "text": cell.text, "cell": _CELLS[cell.field]}
        for finding in found
        for fix in finding.fixes
        if isinstance(fix.mend, Rewrite)
        for cell in fix.mend.cells
        if cell.field in _CELLS
    ]


def _findings(asked: _Question) -> tuple[Finding, ...]:
    """What the rules say of this one line, in a form that holds nothing else."""
    spec = FORMS[asked.form]
    line = spec.line(asked.line.id, **{name: getattr(asked.line, name, "") for name in text_cells(spec.line)})
    content = spec.record(indicators=(line,))
    project = Project("1", asked.year, forms=forms_of(content))
    found = check(project, Context(Settings()))
    return tuple(finding for finding in found if finding.place.indicator_id == asked.line.id)


def _score(asked: _Question) -> LineScore:
    settings = Settings()
    return score_line(asked.line, settings.profile(asked.year), settings.thresholds, STANDARD, asked.year)
