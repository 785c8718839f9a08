-- Keys identify one row.
SELECT 'documents' AS found_in, document_id AS key, count(*) AS n FROM documents GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'documents.source', source, count(*) AS n FROM documents GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'meetings', document_id, count(*) AS n FROM meetings GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'directives', directive_id, count(*) AS n FROM directives GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'directives.seq', document_id || '-' || seq, count(*) AS n FROM directives GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'measures', directive_id || ' ' || category_id, count(*) AS n FROM measures GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'reported', document_id || '-' || seq, count(*) AS n FROM reported GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'people', document_id || ' ' || name || ' ' || role, count(*) AS n FROM people GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'figures', document_id || '-' || seq, count(*) AS n FROM figures GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'citations', document_id || '-' || seq, count(*) AS n FROM citations GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'slogans', document_id || '-' || seq, count(*) AS n FROM slogans GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'repairs', document_id || '-' || seq, count(*) AS n FROM repairs GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'conveyed', document_id || '-' || seq, count(*) AS n FROM conveyed GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'issuers', issuer_id, count(*) AS n FROM issuers GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'issuers.name', name, count(*) AS n FROM issuers GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'changes', load_id || ' ' || document_id, count(*) AS n FROM changes GROUP BY ALL HAVING n > 1
UNION ALL SELECT 'forwards', directive_id || ' ' || source_directive_id, count(*) AS n FROM forwards GROUP BY ALL HAVING n > 1;
