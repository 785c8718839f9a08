"""Announcements in, extraction records and Parquet out. Never imports dashboard: the warehouse schema is the contract."""
