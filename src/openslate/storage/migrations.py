"""The numbered, append-only steps that lead any older project's SQLite state to the present one."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE imports (
        id TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        location TEXT NOT NULL,
        content TEXT NOT NULL UNIQUE,
        counts TEXT NOT NULL,
        quarantine TEXT,
        recorded TEXT NOT NULL
    ) STRICT;
    CREATE TABLE shards (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        table_name TEXT NOT NULL,
        hash TEXT NOT NULL,
        rows INTEGER NOT NULL,
        source TEXT NOT NULL,
        import_id TEXT NOT NULL REFERENCES imports (id),
        UNIQUE (table_name, hash)
    ) STRICT;
    CREATE TABLE grants (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL,
        purpose TEXT NOT NULL,
        granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
        basis TEXT NOT NULL,
        recorded TEXT NOT NULL
    ) STRICT;
    CREATE TABLE artifacts (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        manifest TEXT NOT NULL,
        recorded TEXT NOT NULL
    ) STRICT;
    CREATE TABLE runs (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed')),
        record TEXT NOT NULL,
        started TEXT NOT NULL,
        finished TEXT
    ) STRICT;
    CREATE TABLE stages (
        key TEXT PRIMARY KEY,
        result TEXT NOT NULL,
        recorded TEXT NOT NULL
    ) STRICT;
    CREATE TABLE lineage (
        child TEXT NOT NULL,
        parent TEXT NOT NULL,
        relation TEXT NOT NULL,
        PRIMARY KEY (child, parent, relation)
    ) STRICT;
    CREATE TABLE promotions (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        role TEXT NOT NULL,
        artifact TEXT NOT NULL REFERENCES artifacts (id),
        reason TEXT NOT NULL,
        forced INTEGER NOT NULL CHECK (forced IN (0, 1)),
        recorded TEXT NOT NULL
    ) STRICT;
    CREATE TABLE ledger_head (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        entries INTEGER NOT NULL,
        hash TEXT NOT NULL,
        start INTEGER NOT NULL
    ) STRICT;
    """,
    """
    ALTER TABLE ledger_head RENAME TO earlier_ledger_head;
    CREATE TABLE ledger_head (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        origin TEXT NOT NULL,
        entries INTEGER NOT NULL,
        hash BLOB NOT NULL,
        at TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        frontier BLOB NOT NULL
    ) STRICT;
    CREATE TABLE ledger_entries (
        number INTEGER PRIMARY KEY,
        start INTEGER NOT NULL,
        hash BLOB NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE ledger_nodes (
        level INTEGER NOT NULL,
        position INTEGER NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (level, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ledger_names (
        part INTEGER NOT NULL,
        key INTEGER NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (part, key, number)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE epochs (
        purpose TEXT NOT NULL,
        epoch TEXT NOT NULL,
        opened TEXT NOT NULL,
        until TEXT,
        entry TEXT NOT NULL,
        PRIMARY KEY (purpose, epoch, opened)
    ) STRICT;
    """,
    # Parts of models that still know somebody who asked to be forgotten.
    """
    CREATE TABLE pending_parts (
        artifact TEXT NOT NULL REFERENCES artifacts (id),
        part TEXT NOT NULL,
        deadline TEXT NOT NULL,
        PRIMARY KEY (artifact, part)
    ) STRICT;
    """,
    # Entries are found by whom they pay, too: the index is made again from the file at its next use.
    """
    DELETE FROM ledger_entries;
    DELETE FROM ledger_nodes;
    DELETE FROM ledger_names;
    DELETE FROM ledger_head;
    """,
    # Which titles of several sources are one: what the rule found, and what people said, which is never overwritten.
    """
    CREATE TABLE title_links (
        first TEXT NOT NULL,
        second TEXT NOT NULL,
        sources TEXT NOT NULL,
        sureness REAL NOT NULL CHECK (sureness BETWEEN 0 AND 1),
        reasons TEXT NOT NULL,
        rule TEXT NOT NULL,
        PRIMARY KEY (first, second)
    ) STRICT;
    CREATE INDEX title_links_by_second ON title_links (second);
    CREATE TABLE title_words (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        first TEXT NOT NULL,
        second TEXT NOT NULL,
        same INTEGER NOT NULL CHECK (same IN (0, 1)),
        by TEXT NOT NULL,
        note TEXT NOT NULL,
        recorded TEXT NOT NULL
    ) STRICT;
    """,
    # Forecasts that were filed, what people decided and what came of it: rows are added, and each names the one before.
    """
    CREATE TABLE greenlight_files (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        forecast TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('forecast', 'decision', 'outcome')),
        previous TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE,
        document BLOB NOT NULL
    ) STRICT;
    """,
    # A person may say which title a filed forecast has become.
    """
    ALTER TABLE greenlight_files RENAME TO greenlight_files_before;
    CREATE TABLE greenlight_files (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        forecast TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('forecast', 'decision', 'outcome', 'link')),
        previous TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE,
        document BLOB NOT NULL
    ) STRICT;
    INSERT INTO greenlight_files SELECT * FROM greenlight_files_before ORDER BY ordinal;
    DROP TABLE greenlight_files_before;
    """,
)
