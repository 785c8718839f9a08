"""The DuckDB warehouse: schema, load, publish, read. Imports neither etl nor dashboard."""
