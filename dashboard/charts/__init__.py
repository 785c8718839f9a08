"""Charts: a DataFrame becomes a Plotly figure. Import theme and text only; know no Streamlit and no warehouse."""
