-- Documents of the build before as the staged records that they were loaded from, for those that are loaded again
-- without being read again. issuer_key is left to who stages: the warehouse keeps only its hash.
SELECT
    d.*,
    d.adcode AS region_adcode,
    d.issuer_name AS issuer,
    coalesce((
        SELECT list({
            'name': name, 'role': role, 'title': title, 'start_char': start_char, 'end_char': end_char
        } ORDER BY p.rowid)
        FROM prev.people AS p WHERE p.document_id = d.document_id
    ), []) AS people,
    coalesce((
        SELECT list({
            'seq': seq, 'ordinal': ordinal, 'speaker': speaker, 'addressee': addressee, 'text': text,
            'start_char': start_char, 'end_char': end_char, 'strength': strength, 'deadline': deadline,
            'measures': coalesce(measures, [])
        } ORDER BY seq)
        FROM prev.directives AS x
        LEFT JOIN (
            SELECT directive_id, list({'category': category_id, 'terms': terms} ORDER BY rank) AS measures
            FROM prev.measures WHERE document_id IN (SELECT unnest($ids)) GROUP BY directive_id
        ) AS m USING (directive_id)
        WHERE x.document_id = d.document_id
    ), []) AS directives,
    coalesce((
        SELECT list({
            'text': text, 'start_char': start_char, 'end_char': end_char,
            'measures': [{
                'category': c,
                'terms': [
                    {'term': t.term, 'start_char': t.start_char, 'end_char': t.end_char}
                    FOR t IN terms IF t.category = c
                ]
            } FOR c IN categories]
        } ORDER BY seq)
        FROM prev.reported AS r WHERE r.document_id = d.document_id
    ), []) AS reported,
    coalesce((
        SELECT list({
            'value': value, 'unit': unit, 'qualifier': qualifier, 'as_written': as_written,
            'start_char': start_char, 'end_char': end_char
        } ORDER BY seq)
        FROM prev.figures AS f WHERE f.document_id = d.document_id
    ), []) AS figures,
    coalesce((
        SELECT list({'title': title, 'start_char': start_char, 'end_char': end_char} ORDER BY seq)
        FROM prev.citations AS c WHERE c.document_id = d.document_id
    ), []) AS citations,
    coalesce((
        SELECT list({'label': label, 'start_char': start_char, 'end_char': end_char} ORDER BY seq)
        FROM prev.slogans AS s WHERE s.document_id = d.document_id
    ), []) AS slogans,
    coalesce((
        SELECT list({
            'as_written': as_written, 'level': level, 'meeting_date': meeting_date,
            'is_date_inferred': is_date_inferred, 'start_char': start_char, 'end_char': end_char
        } ORDER BY seq)
        FROM prev.conveyed AS c WHERE c.document_id = d.document_id
    ), []) AS conveyed,
    coalesce((
        SELECT list({
            'rule': rule, 'before': before, 'after': after, 'start_char': start_char, 'end_char': end_char
        } ORDER BY seq)
        FROM prev.repairs AS r WHERE r.document_id = d.document_id
    ), []) AS repairs,
    k.sketch
FROM prev.documents AS d
INNER JOIN prev.sketches AS k USING (document_id)
WHERE d.document_id IN (SELECT unnest($ids));
