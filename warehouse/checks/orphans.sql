-- Rows belong to a document, directive, load, region, issuer or category that exists.
SELECT 'meetings' AS found_in, document_id AS key FROM meetings ANTI JOIN documents USING (document_id)
UNION ALL SELECT 'directives', document_id FROM directives ANTI JOIN documents USING (document_id)
UNION ALL SELECT 'measures', directive_id FROM measures ANTI JOIN directives USING (directive_id, document_id)
UNION ALL SELECT 'measures.category_id', category_id FROM measures ANTI JOIN categories USING (category_id)
UNION ALL SELECT 'reported', document_id FROM reported ANTI JOIN documents USING (document_id)
UNION ALL SELECT 'people', document_id FROM people ANTI JOIN documents USING (document_id)
UNION ALL SELECT 'figures', document_id FROM figures ANTI JOIN documents USING (document_id)
UNION ALL SELECT 'citations', document_id FROM citations ANTI JOIN documents USING (document_id)
UNION ALL SELECT 'slogans', document_id FROM slogans ANTI JOIN documents USING (document_id)
UNION ALL SELECT 'repairs', document_id FROM repairs ANTI JOIN documents USING (document_id)
UNION ALL SELECT 'conveyed', document_id FROM conveyed ANTI JOIN documents USING (document_id)
UNION ALL SELECT 'forwards', directive_id FROM forwards ANTI JOIN directives USING (directive_id)
UNION ALL SELECT 'rejects.load_id', CAST(load_id AS VARCHAR) FROM rejects ANTI JOIN loads USING (load_id)
UNION ALL SELECT 'changes.load_id', CAST(load_id AS VARCHAR) FROM changes ANTI JOIN loads USING (load_id)
UNION ALL SELECT 'documents.load_id', document_id FROM documents ANTI JOIN loads USING (load_id)
UNION ALL
SELECT 'documents.issuer_id', issuer_id FROM (SELECT issuer_id FROM documents WHERE issuer_id IS NOT NULL)
ANTI JOIN issuers USING (issuer_id);
