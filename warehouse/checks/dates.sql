-- Dates of an announcement begin in December 2019, meetings of the epidemic response end by June 2023, and nothing is of
-- the future, but for orders that take effect within a year; the parts of a date agree. A wrong date moves a curve, so a
-- document that breaks this must lose its date before it is loaded. The bounds are those of etl/date_bounds.py, which
-- tells the day by UTC, and one more day, since the time zone of a session may differ.
SELECT
    document_id, source, meeting_date, published_date, effective_date, date, date_precision, date_basis, is_date_inferred
FROM documents
WHERE (doc_type <> 'other' AND meeting_date > DATE '2023-06-30')
    OR least(meeting_date, published_date, effective_date) < DATE '2019-12-01'
    OR greatest(meeting_date, published_date) > current_date + 2
    OR effective_date > current_date + 367
    OR date IS DISTINCT FROM coalesce(meeting_date, published_date)
    OR (meeting_date IS NULL) <> (date_basis = 'none')
    OR (meeting_date IS NULL) <> (date_precision = 'none')
    OR is_date_inferred <> (date_basis <> 'text');
