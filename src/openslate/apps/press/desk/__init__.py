"""The coverage desk: what was found, which stories it makes, and what people decided by hand, in one database.

It lies in `press/` of the project, apart from its state: coverage is large, is about no member, and may be deleted
whole without touching anything else.
"""
