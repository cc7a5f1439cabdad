"""``export``: the projects of a store as the official workbook or as ``jixiao-forms/1``."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

from model.checking import check
from model.errors import UserError
from model.forms import FORMS
from model.records import Form, Project
from model.rules import Context, Neighbours, ProjectKey, matching_name
from storage.excel import export_workbook
from storage.interchange import json_text, unwritten, write_forms
from storage.verbs.opened import opened_to_read
from storage.verbs.standard_input import STANDARD
from storage.verbs.streams import Say

_LISTED = 20
_SUFFIXES = (".xlsx", ".json")


def export_store(arguments: argparse.Namespace, say: Say, warn: Say) -> None:
    """Write the chosen forms to ``out``, as JSON to the standard output for ``-``.

    Raises UserError; a file that stood there is then untouched.
    """
    out: Path = arguments.out
    is_standard = out == STANDARD
    if not is_standard and out.suffix.lower() not in _SUFFIXES:
        raise UserError(f"导出文件应以 .xlsx 或 .json 结尾，实际是“{out.name}”。\n没有导出任何内容。")
    _refuse_the_store_itself(out, arguments.store)
    forms = (arguments.kind,) if arguments.kind else tuple(FORMS)
    with opened_to_read(arguments.store, warn) as store:
        settings = store.settings()
        keys = tuple(summary.key for summary in store.summaries())
        projects = store.projects(arguments.year, _ids(arguments, keys))
    projects = tuple(project for project in projects if any(project.form(form) is not None for form in forms))
    if not projects:
        raise UserError(f"“{arguments.store}”中没有符合条件的表（{_conditions(arguments)}）。\n没有导出任何内容。")
    errors = _errors(projects, Context(settings, Neighbours(keys)), forms)
    if arguments.final and errors:
        raise UserError("\n".join((*_listed(errors), "定稿（--final）须先改正错误。没有导出任何内容。")))
    if is_standard:
        say(json_text(projects, settings, forms))
        for sentence in unwritten(projects):
            warn(sentence)
        return
    if out.suffix.lower() == ".json":
        say(f"已导出：{out.name}，共 {write_forms(out, projects, settings, forms)} 张表。")
        for sentence in unwritten(projects):
            warn(sentence)
        return
    report = export_workbook(
        out,
        projects,
        settings,
        forms=forms,
        year_summary=arguments.project is None,
        draft=arguments.draft,
        errors_as_drafts=True,
        siblings=keys,
    )
    say(report.message)
    for note in report.notes:
        warn(note)
    if errors:
        say("\n".join(_listed(errors)))
    if arguments.draft:
        say("各表标有“草稿”。")
    elif errors:
        say("有错误的表标有“草稿”。")


def _refuse_the_store_itself(out: Path, store: Path) -> None:
    with suppress(OSError):  # one of them is not there, or out of reach
        if out.samefile(store):
            raise UserError(f"“{out}”就是绩效文件本身，不能用导出的文件替换它。\n没有导出任何内容。请换一个文件名。")


def _ids(arguments: argparse.Namespace, keys: tuple[ProjectKey, ...]) -> list[str] | None:
    """The ids of the projects with the name asked for (domain.md §8.3), None for all."""
    if arguments.project is None:
        return None
    name = matching_name(arguments.project)
    return [key.id for key in keys if matching_name(key.project_name) == name]


def _conditions(arguments: argparse.Namespace) -> str:
    year = f"{arguments.year} 年度" if arguments.year else "所有年度"
    project = f"项目“{arguments.project}”" if arguments.project else "所有项目"
    return f"{year}、{project}、{FORMS[arguments.kind].names.title if arguments.kind else '所有的表'}"


def _errors(projects: tuple[Project, ...], context: Context, forms: tuple[Form, ...]) -> dict[str, int]:
    """How many errors each project has that has any, by its year and name."""
    counts: dict[str, int] = {}
    for project in projects:
        errors = sum(finding.blocks_export for finding in check(project, context, forms))
        if errors:
            counts[f"{project.year} {project.project_name}"] = errors
    return counts


def _listed(errors: dict[str, int]) -> list[str]:
    lines = [f"{sum(errors.values())} 个错误没有改正："]
    lines += [f"  {title}：{count} 个错误" for title, count in list(errors.items())[:_LISTED]]
    if len(errors) > _LISTED:
        lines.append(f"  ……共 {len(errors)} 个项目")
    return lines
