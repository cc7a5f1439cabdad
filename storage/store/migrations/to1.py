"""Version 1: the first released schema. Never edited again; a later version adds a module of its own."""

STATEMENTS = (
    """CREATE TABLE placement (
        place INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        project_id TEXT NOT NULL UNIQUE
    ) STRICT""",
    """CREATE TABLE project (
        id TEXT NOT NULL PRIMARY KEY,
        year INTEGER NOT NULL,
        project_name TEXT NOT NULL,
        department TEXT NOT NULL,
        unit TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX project_of_year ON project (year)",
    """CREATE TABLE declaration (
        project_id TEXT NOT NULL PRIMARY KEY REFERENCES project (id) ON DELETE CASCADE,
        project_nature TEXT NOT NULL,
        project_category TEXT NOT NULL,
        start_date TEXT NOT NULL,
        end_date TEXT NOT NULL,
        total_requested TEXT NOT NULL,
        fiscal_current TEXT NOT NULL,
        carried_over TEXT NOT NULL,
        other TEXT NOT NULL,
        project_total TEXT NOT NULL,
        project_fiscal TEXT NOT NULL,
        project_other TEXT NOT NULL,
        overall_goal TEXT NOT NULL,
        annual_goal TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE evaluation (
        project_id TEXT NOT NULL PRIMARY KEY REFERENCES project (id) ON DELETE CASCADE,
        initial_total TEXT NOT NULL,
        initial_fiscal_current TEXT NOT NULL,
        initial_carried_over TEXT NOT NULL,
        initial_other TEXT NOT NULL,
        adjusted_total TEXT NOT NULL,
        adjusted_fiscal_current TEXT NOT NULL,
        adjusted_carried_over TEXT NOT NULL,
        adjusted_other TEXT NOT NULL,
        executed_total TEXT NOT NULL,
        executed_fiscal_current TEXT NOT NULL,
        executed_carried_over TEXT NOT NULL,
        executed_other TEXT NOT NULL,
        execution_points TEXT NOT NULL,
        execution_rate TEXT NOT NULL,
        execution_score TEXT NOT NULL,
        execution_choice TEXT NOT NULL,
        expected_goal TEXT NOT NULL,
        actual_completion TEXT NOT NULL,
        total_points TEXT NOT NULL,
        total_score TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE indicator (
        id TEXT NOT NULL PRIMARY KEY,
        project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
        form TEXT NOT NULL,
        position INTEGER NOT NULL,
        level1 TEXT NOT NULL,
        level2 TEXT NOT NULL,
        name TEXT NOT NULL,
        target_text TEXT NOT NULL,
        actual_text TEXT NOT NULL,
        points TEXT NOT NULL,
        score TEXT NOT NULL,
        achievement TEXT NOT NULL,
        deviation_reason TEXT NOT NULL,
        negative_rule TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX indicator_of_form ON indicator (project_id, form, position)",
    """CREATE TABLE explanation (
        project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
        "key" TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (project_id, "key")
    ) STRICT""",
    """CREATE TABLE setting (
        "key" TEXT NOT NULL PRIMARY KEY,
        text TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE journal (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        label TEXT NOT NULL,
        changes TEXT NOT NULL,
        refers_to INTEGER
    ) STRICT""",
    """CREATE TABLE summary (
        project_id TEXT NOT NULL PRIMARY KEY REFERENCES project (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        year INTEGER NOT NULL,
        unit TEXT NOT NULL,
        project_name TEXT NOT NULL,
        department TEXT NOT NULL,
        state TEXT NOT NULL,
        errors INTEGER NOT NULL,
        warnings INTEGER NOT NULL,
        indicator_count INTEGER NOT NULL,
        requested_fen INTEGER,
        total_score TEXT NOT NULL,
        has_declaration INTEGER NOT NULL,
        has_evaluation INTEGER NOT NULL,
        stale INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX summary_in_order ON summary (year DESC, unit, place)",
    "CREATE INDEX summary_to_refresh ON summary (stale) WHERE stale = 1",
    """CREATE TABLE counter (
        name TEXT NOT NULL PRIMARY KEY,
        value INTEGER NOT NULL
    ) STRICT""",
)
