"""What can be done with the 财政项目支出绩效目标申报表, domain.md §2."""

from __future__ import annotations

from model.catalogue.abilities import Abilities
from model.recognition.readings import DECLARATION
from model.rules import DECLARATION_RULES
from model.rules.context import look_at_declaration
from model.sheets.declaration import declaration_sheet
from model.sheets.summary import summary_sheet

ABILITIES = Abilities(
    look=look_at_declaration,
    rules=DECLARATION_RULES,
    sheet=declaration_sheet,
    list_sheet=summary_sheet,
    reading=DECLARATION,
)
