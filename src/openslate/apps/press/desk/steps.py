"""The numbered, append-only steps that lead any older desk to the present one. Moments are microseconds since 1970."""

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE sources (
        name TEXT PRIMARY KEY,
        address TEXT NOT NULL,
        kind TEXT NOT NULL,
        settings TEXT NOT NULL,
        etag TEXT NOT NULL DEFAULT '',
        modified TEXT NOT NULL DEFAULT '',
        due INTEGER NOT NULL DEFAULT 0,
        asked INTEGER,
        failures INTEGER NOT NULL DEFAULT 0,
        told TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE TABLE hosts (
        host TEXT PRIMARY KEY,
        free INTEGER NOT NULL DEFAULT 0,
        robots TEXT,
        robots_status INTEGER,
        robots_read INTEGER,
        reservation TEXT
    ) STRICT;
    CREATE TABLE items (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        address TEXT NOT NULL UNIQUE,
        published INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        source TEXT NOT NULL,
        content TEXT NOT NULL,
        document TEXT NOT NULL
    ) STRICT;
    CREATE INDEX items_by_published ON items (published);
    CREATE INDEX items_by_seen ON items (seen);
    CREATE TABLE addresses (
        address TEXT PRIMARY KEY,
        item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE
    ) STRICT;
    CREATE TABLE earlier_items (
        item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        replaced INTEGER NOT NULL,
        content TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (item, replaced, content)
    ) STRICT;
    CREATE TABLE stories (
        id TEXT PRIMARY KEY,
        lead TEXT NOT NULL,
        why TEXT NOT NULL,
        begun INTEGER NOT NULL,
        latest INTEGER NOT NULL,
        became TEXT
    ) STRICT;
    CREATE INDEX stories_by_latest ON stories (latest);
    CREATE TABLE story_items (
        item TEXT PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
        story TEXT NOT NULL REFERENCES stories (id),
        copy_of TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX story_items_by_story ON story_items (story);
    CREATE TABLE story_changes (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        story TEXT NOT NULL,
        other TEXT NOT NULL DEFAULT '',
        item TEXT NOT NULL DEFAULT '',
        words TEXT NOT NULL
    ) STRICT;
    CREATE INDEX story_changes_by_story ON story_changes (story);
    CREATE TABLE grouping (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        frozen INTEGER NOT NULL,
        document TEXT NOT NULL
    ) STRICT;
    CREATE TABLE mentions (
        item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        how TEXT NOT NULL,
        sure REAL NOT NULL,
        PRIMARY KEY (item, kind, id)
    ) STRICT;
    CREATE INDEX mentions_by_id ON mentions (kind, id);
    CREATE TABLE decisions (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        why TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        value TEXT NOT NULL,
        withdrawn INTEGER
    ) STRICT;
    CREATE INDEX decisions_by_subject ON decisions (kind, subject);
    CREATE TABLE alerts (
        name TEXT PRIMARY KEY,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        document TEXT NOT NULL
    ) STRICT;
    CREATE TABLE alerted (
        alert TEXT NOT NULL REFERENCES alerts (name) ON DELETE CASCADE,
        story TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (alert, story)
    ) STRICT;
    CREATE TABLE tokens (
        item TEXT PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
        secured TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE counted (
        day TEXT NOT NULL,
        by TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (day, by)
    ) STRICT
    """,
    """
    ALTER TABLE decisions ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT '';
    ALTER TABLE decisions ADD COLUMN withdrawn_why TEXT NOT NULL DEFAULT ''
    """,
)
