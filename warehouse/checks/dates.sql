-- Meetings of the epidemic response lie between December 2019 and June 2023, and the parts of a date agree:
-- a wrong date moves a curve, so a document that breaks this must lose its date before it is loaded.
SELECT document_id, source, meeting_date, published_date, date, date_precision, date_basis, is_date_inferred
FROM documents
WHERE (doc_type <> 'other' AND meeting_date NOT BETWEEN DATE '2019-12-01' AND DATE '2023-06-30')
    OR date IS DISTINCT FROM coalesce(meeting_date, published_date)
    OR (meeting_date IS NULL) <> (date_basis = 'none')
    OR (meeting_date IS NULL) <> (date_precision = 'none')
    OR is_date_inferred <> (date_basis <> 'text');
