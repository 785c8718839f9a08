"""The Streamlit dashboard. Reads the warehouse through builds.py; never imports etl."""
