"""The Streamlit dashboard. Reads the warehouse through queries.py; never imports etl."""
