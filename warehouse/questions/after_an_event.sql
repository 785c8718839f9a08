-- title: Orders in the days after an event | 某事件之后的指令
-- about: Directives by category in the days before and after a reference event, all provinces. A difference is not an effect. | 参考事件前后若干天各类指令数；差异不等于影响。
-- parameter event INTEGER = 1: Event (events.event_id) | 事件编号
-- parameter days INTEGER = 30: Days before and after | 前后天数
-- choices event: SELECT event_id FROM events ORDER BY event_id
SELECT
    e.date AS event_date,
    e.name_zh AS event_zh,
    e.name_en AS event_en,
    c.category_id AS category,
    c.name_zh AS category_zh,
    c.name_en AS category_en,
    count(DISTINCT m.directive_id) FILTER (m.date < e.date) AS directives_before,
    count(DISTINCT m.directive_id) FILTER (m.date >= e.date) AS directives_after
FROM events AS e
CROSS JOIN categories AS c
LEFT JOIN v_measures AS m
    ON m.category = c.category_id AND m.is_primary
    AND m.date BETWEEN e.date - $days::INTEGER AND e.date + $days::INTEGER
WHERE e.event_id = $event
GROUP BY e.date, e.name_zh, e.name_en, c.category_id, c.name_zh, c.name_en, c.sort_order
ORDER BY c.sort_order;
