-- title: Latest meetings | 最近的会议
-- about: Meetings up to a day, newest first, with chair and the categories they gave orders in. | 截至某日的会议，新者在前。
-- parameter until DATE = 2022-12-31: Last day | 截止日
-- parameter province VARCHAR = : Province, empty for all | 省份，留空为全部
-- parameter how_many INTEGER = 20: How many | 条数
-- choices province: SELECT DISTINCT province FROM v_meetings WHERE province IS NOT NULL ORDER BY province
SELECT date, date_basis, region, issuer, title, chairs, directive_count, categories, url
FROM v_meetings
WHERE is_primary AND date <= $until AND ($province::VARCHAR IS NULL OR province = $province::VARCHAR)
ORDER BY date DESC, issuer
LIMIT $how_many;
