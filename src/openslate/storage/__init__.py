"""The folder on disk: Parquet lake, SQLite state, write lock, and the map over shards."""
