"""Version 3: a line of the list names the forms of its project by their ids, however many kinds there are."""

STATEMENTS = (
    "ALTER TABLE summary ADD COLUMN forms TEXT NOT NULL DEFAULT ''",
    """UPDATE summary SET forms = trim(
        CASE has_declaration WHEN 1 THEN 'declaration ' ELSE '' END
        || CASE has_evaluation WHEN 1 THEN 'evaluation' ELSE '' END
    )""",
    "ALTER TABLE summary DROP COLUMN has_declaration",
    "ALTER TABLE summary DROP COLUMN has_evaluation",
)
