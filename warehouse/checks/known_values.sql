-- Columns with a list of values hold nothing else.
SELECT 'documents.script' AS found_in, document_id AS key, script AS value FROM documents
WHERE script NOT IN ('hans', 'hant', 'hant-pinyin')
UNION ALL SELECT 'documents.doc_type', document_id, doc_type FROM documents
WHERE doc_type NOT IN ('meeting', 'notice', 'report', 'other')
UNION ALL SELECT 'documents.date_basis', document_id, date_basis FROM documents
WHERE date_basis NOT IN ('text', 'published', 'url', 'context', 'calendar', 'relative', 'metadata', 'none')
UNION ALL SELECT 'documents.date_precision', document_id, date_precision FROM documents
WHERE date_precision NOT IN ('day', 'month', 'year', 'none')
UNION ALL SELECT 'documents.url_role', document_id, url_role FROM documents
WHERE url_role NOT IN ('source', 'facts', 'none')
UNION ALL SELECT 'documents.level', document_id, level FROM documents
WHERE level NOT IN ('national', 'province', 'prefecture', 'county', 'township', 'unit')
UNION ALL SELECT 'conveyed.level', document_id, level FROM conveyed
WHERE level NOT IN ('national', 'province', 'prefecture', 'county', 'township', 'unit')
UNION ALL SELECT 'documents.venue_format', document_id, venue_format FROM documents
WHERE venue_format NOT IN ('in_person', 'teleconference')
UNION ALL SELECT 'issuers.kind', issuer_id, kind FROM issuers
WHERE kind NOT IN (
    'party_committee', 'government', 'leading_group', 'department', 'soe', 'federation', 'school', 'hospital',
    'judiciary', 'congress_cppcc', 'enterprise', 'community', 'other'
)
UNION ALL SELECT 'directives.strength', directive_id, strength FROM directives
WHERE strength NOT IN ('encourage', 'require', 'strict')
UNION ALL SELECT 'people.role', document_id, role FROM people
WHERE role NOT IN ('chair', 'attendee', 'observer', 'speaker')
UNION ALL SELECT 'figures.qualifier', document_id, qualifier FROM figures
WHERE qualifier NOT IN ('over', 'nearly', 'about', 'at_least', 'at_most')
UNION ALL SELECT 'changes.change', document_id, change FROM changes
WHERE change NOT IN ('new', 'text_changed', 'rules_changed', 'metadata_changed', 'corrected', 'withdrawn')
UNION ALL SELECT 'categories.family', category_id, family FROM categories
WHERE family NOT IN ('containment', 'health', 'economy', 'society', 'governance');
