-- title: Directives that contain a word | 含某词的指令
-- about: Directives with a word, oldest first, with the words around it. Write the word in simplified characters. | 含某词的指令及其上下文，早者在前。
-- parameter word VARCHAR = 核酸: Word | 词
-- parameter since DATE = 2020-01-01: First day | 起始日
-- parameter until DATE = 2022-12-31: Last day | 截止日
SELECT
    date,
    date_basis,
    region,
    issuer,
    strength,
    substr(text, greatest(strpos(text, $word) - 20, 1), length($word) + 40) AS context,
    text,
    url
FROM v_directives
WHERE is_primary AND contains(text, $word) AND date BETWEEN $since AND $until
ORDER BY date, issuer
LIMIT 500;
