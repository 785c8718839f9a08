"""Pages, one file each. A page reads `current_view()` and asks queries; Streamlit runs the file from top to bottom."""
