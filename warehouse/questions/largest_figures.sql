-- title: Largest figures of a unit | 某单位的最大数值
-- about: Amounts and counts as announcements state them, largest first. Figures in different texts may count different things. | 公告所载数值，大者在前；口径可能不同。
-- parameter unit VARCHAR = 元: Unit | 单位
-- choices unit: SELECT unit FROM figures GROUP BY unit ORDER BY count(*) DESC
SELECT
    f.value,
    f.unit,
    f.qualifier,
    f.as_written,
    d.date,
    array_to_string(d.region_path, '') AS region,
    i.name AS issuer,
    substr(d.text, greatest(f.start_char - 20, 0) + 1, f.end_char - f.start_char + 40) AS context,
    d.url
FROM figures AS f
INNER JOIN documents AS d USING (document_id)
LEFT JOIN issuers AS i USING (issuer_id)
WHERE d.is_primary AND f.unit = $unit
ORDER BY f.value DESC, d.date
LIMIT 100;
