-- The way back to the raw text: both lists begin at 0, are equally long, and never fall.
SELECT document_id, len(text_starts) AS text_runs, len(raw_starts) AS raw_runs
FROM documents
WHERE len(text_starts) = 0
    OR len(text_starts) <> len(raw_starts)
    OR text_starts[1] <> 0
    OR text_starts <> list_sort(text_starts)
    OR raw_starts <> list_sort(raw_starts)
    OR text_starts[-1] > length(text)
    OR raw_starts[-1] > length(raw_text);
