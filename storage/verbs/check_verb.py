"""``check``: every finding of every project, as lines or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from model.findings import Finding, Severity
from model.forms import FORMS
from model.labels import SEVERITY_WORDS
from model.records import Project
from model.rules import check, json_path
from storage.interchange import one_line
from storage.store.sqlite import Store
from storage.verbs.opened import opened_to_read
from storage.verbs.streams import Say

_AT_ONCE = 200


def check_store(arguments: argparse.Namespace, say: Say, warn: Say) -> None:
    """Say what the rules find in ``store``. Raises UserError when it cannot be opened."""
    with opened_to_read(arguments.store, warn) as store:
        found = _findings(store)
        if arguments.json:
            findings = [_document(project, finding) for project, finding in found]
            say(json.dumps({"findings": findings}, ensure_ascii=False, indent=1))
            return
        counts = dict.fromkeys(Severity, 0)
        heading = ""
        for project, finding in found:
            counts[finding.severity] += 1
            title = f"{project.year} {one_line(project.project_name)} {FORMS[finding.place.form].names.title}"
            if title != heading:
                heading = title
                say(title)
            explained = f"（已说明：{finding.explanation}）" if finding.is_closed else ""
            where = json_path(finding, project)
            message = one_line(f"{finding.message}{explained}")
            say(f"  {SEVERITY_WORDS[finding.severity]} {finding.rule} {where}：{message}")
        say("，".join(f"{SEVERITY_WORDS[severity]} {count} 条" for severity, count in counts.items()))


def _findings(store: Store) -> Iterator[tuple[Project, Finding]]:
    """Every finding with its project, a few projects in memory at a time."""
    context = store.context()
    ids = [summary.id for summary in store.summaries()]
    for start in range(0, len(ids), _AT_ONCE):
        for project in store.projects(ids=ids[start : start + _AT_ONCE]):
            for form in FORMS:
                for finding in check(project, context, (form,)):
                    yield project, finding


def _document(project: Project, finding: Finding) -> dict[str, Any]:
    document = {
        "project_name": project.project_name,
        "year": project.year,
        "kind": str(finding.place.form),
        "rule": finding.rule,
        "severity": finding.severity.value,
        "where": json_path(finding, project),
        "message": finding.message,
    }
    if finding.fixes and finding.fixes[0].text:
        document["fix"] = finding.fixes[0].text
    return document
