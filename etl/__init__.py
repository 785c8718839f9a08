"""Announcements in, extraction records and Parquet out. Never imports dashboard: the schema is their contract."""
