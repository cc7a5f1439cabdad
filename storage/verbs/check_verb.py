"""``check``: every finding of every project, as lines or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from model.checking import check, json_path
from model.findings import Finding, Severity
from model.forms import FORMS
from model.labels import SEVERITY_WORDS
from model.records import Project
from model.rules import full_evaluations, grouped, is_once_a_year
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
    """Every finding with its project, a few projects in memory at a time; those of one kind together.

    What is said once for a unit and year comes last.
    """
    context = store.context()
    ids = [summary.id for summary in store.summaries()]
    once: dict[tuple[int, str], list[tuple[Project, Finding]]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        for project in store.projects(ids=ids[start : start + _AT_ONCE]):
            for form in FORMS:
                for finding in grouped(check(project, context, (form,)), project):
                    if is_once_a_year(finding):
                        name = Project(project.id, project.year, project.project_name, unit=project.unit)
                        once.setdefault((project.year, project.unit.strip()), []).append((name, finding))
                    else:
                        yield project, finding
    for found in once.values():
        yield found[0][0], full_evaluations(found)


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
    if finding.members and not is_once_a_year(finding):
        document["lines"] = [json_path(member, project) for member in finding.members]
    if finding.fixes and finding.fixes[0].text:
        document["fix"] = finding.fixes[0].text
    return document
