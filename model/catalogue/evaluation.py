"""What can be done with the 财政项目支出绩效自评表, domain.md §3."""

from __future__ import annotations

from model.catalogue.abilities import Abilities
from model.recognition.readings import EVALUATION
from model.rules import EVALUATION_RULES
from model.rules.context import look_at_evaluation
from model.sheets.evaluation import evaluation_sheet
from model.sheets.summary import evaluation_summary_sheet

ABILITIES = Abilities(
    look=look_at_evaluation,
    rules=EVALUATION_RULES,
    sheet=evaluation_sheet,
    list_sheet=evaluation_summary_sheet,
    reading=EVALUATION,
)
