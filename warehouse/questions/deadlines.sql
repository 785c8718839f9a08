-- title: Orders with a deadline | 有期限的指令
-- about: Directives that say until when, as written. | 写明期限的指令。
-- parameter since DATE = 2020-01-01: First day | 起始日
-- parameter until DATE = 2022-12-31: Last day | 截止日
-- empty: where no directive of the period has a deadline
SELECT date, region, issuer, deadline, strength, text, url
FROM v_directives
WHERE is_primary AND deadline IS NOT NULL AND date BETWEEN $since AND $until
ORDER BY date, issuer;
