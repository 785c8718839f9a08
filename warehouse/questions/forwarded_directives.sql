-- title: Directives that forward a higher-level text | 转述上级文件的指令
-- about: Directives whose words largely repeat a higher-level announcement, with the words they share and where these come from. | 与上级公告文字大体相同的指令、相同文字及其来源。
-- parameter least DOUBLE = 0.5: Least share of the same words, 0 to 1 | 最低相似度
-- empty: where no directive repeats a higher-level text of the same warehouse
SELECT
    x.date,
    x.issuer,
    x.text,
    round(f.similarity, 2) AS similarity,
    f.shared_text,
    s.date AS source_date,
    s.issuer AS source_issuer,
    s.text AS source_text,
    date_diff('day', s.date, x.date) AS days_later,
    x.url,
    s.url AS source_url
FROM forwards AS f
INNER JOIN v_directives AS x ON x.directive_id = f.directive_id
INNER JOIN v_directives AS s ON s.directive_id = f.source_directive_id
WHERE f.similarity >= $least AND x.is_primary
ORDER BY f.similarity DESC, x.date;
