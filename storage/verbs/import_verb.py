"""``import``: forms of files into a store, all or nothing, a line per form."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from model.errors import UserError
from model.recognition import Inference
from storage.files.atomic import folder_beside, is_there, replace_file
from storage.importing.plan import ImportPlan, PlanLine, plan_import, read_files
from storage.interchange import ImportedForm, about
from storage.store.sqlite import Store
from storage.verbs.opened import opened
from storage.verbs.standard_input import STANDARD, received
from storage.verbs.streams import Say

_LISTED = 20


def import_files(arguments: argparse.Namespace, say: Say, warn: Say) -> None:
    """Bring every form of ``files`` into ``store``, which is made when it is not there. Raises UserError."""
    path: Path = arguments.store
    forms = _read(arguments.files, warn)
    if is_there(path):
        with opened(path, warn) as store:
            plan = plan_import(store, forms, replacing=arguments.replace)
            _refuse_conflicts(plan)
            if plan.changes:
                store.apply(plan.label, plan.changes)
    else:
        plan = plan_import(None, forms, replacing=arguments.replace)
        _refuse_conflicts(plan)
        _create_with(path, plan)
    for form in forms:
        for notice in (*form.notices, *(about(form, inference) for inference in form.inferences)):
            warn(notice)
    if arguments.json:
        say(json.dumps({"forms": [_as_json(line) for line in plan.lines]}, ensure_ascii=False, indent=2))
        return
    for line in plan.lines:
        say(line.text)
        if line.warning:
            warn(f"文件“{line.form.source}”第 {line.form.number} 张表：{line.warning}")


def _as_json(line: PlanLine) -> dict[str, object]:
    """What became of a form, and what its reader decided (interchange.md §1)."""
    form = line.form
    return {
        "source": form.source,
        "number": form.number,
        "kind": str(form.kind),
        "year": form.year,
        "project_name": form.project_name,
        "indicators": len(form.content.indicators),
        "action": str(line.action),
        "remark": line.remark,
        "warning": line.warning,
        "notices": list(form.notices),
        "inferences": [_inference_json(form, inference) for inference in form.inferences],
    }


def _inference_json(form: ImportedForm, inference: Inference) -> dict[str, object]:
    span, text = inference.span, form.source_text
    return {
        "where": inference.where,
        "what": inference.what,
        "alternative": inference.alternative,
        "span": [text.start + span.start, text.start + span.end] if span and text else None,
        "source": text.text[span.start : span.end] if span and text else None,
    }


def _read(paths: Sequence[Path], warn: Say) -> tuple[ImportedForm, ...]:
    """The forms of the files; ``-`` is the standard input, and a file without any form is told."""
    if paths.count(STANDARD) > 1:
        raise UserError("“-”（标准输入）只能写一次。\n没有导入任何内容。")
    forms: list[ImportedForm] = []
    for path in paths:
        with received(path) as file:
            found = read_files([file])
        if not found:
            warn(f"文件“{file.name}”里没有表，没有可以导入的内容。")
        forms += found
    return tuple(forms)


def _refuse_conflicts(plan: ImportPlan) -> None:
    conflicts = plan.conflicts
    if not conflicts:
        return
    lines = [f"文件“{line.form.source}”第 {line.form.number} 张表：{line.text}" for line in conflicts[:_LISTED]]
    if len(conflicts) > _LISTED:
        lines.append(f"……共 {len(conflicts)} 张表")
    lines.append("没有导入任何内容。确实要以导入的内容为准，请加 --replace（可撤销）。")
    raise UserError("\n".join(lines))


def _create_with(path: Path, plan: ImportPlan) -> None:
    """Make the store elsewhere and move it into place once all is in it: a kill leaves no half-filled store."""
    with folder_beside(path) as folder:
        beside = folder / path.name
        try:
            with Store.create(beside) as store:
                store.apply(plan.label, plan.changes)
        except UserError as error:
            # the folder is gone by the time somebody reads of it
            raise UserError(str(error).replace(str(beside), str(path))) from error
        if is_there(path):
            raise UserError(f"“{path}”刚才由其他程序新建，没有替换它。\n没有导入任何内容。请重试。")
        replace_file(beside, path)
