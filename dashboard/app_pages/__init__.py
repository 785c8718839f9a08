"""Pages, one file each. A page reads `current_view()` and asks the modules of questions; Streamlit runs the file from
top to bottom."""
