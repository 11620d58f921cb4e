"""
The counts of articles by month, kept by the database itself, whatever changes an article.

A change adds what it adds or takes away as rows of its own and waits for nobody: adding to one
row would make every editor wait for the longest import. The rows of a month are joined at
once unless another transaction is at it; until then they are more rows with the same sum.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION news_month(moment timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN date_trunc('month', moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;

CREATE FUNCTION news_join_month_counts(months date[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF pg_try_advisory_xact_lock(hashtext('news_monthcount')) THEN
        WITH parts AS (
            DELETE FROM news_monthcount WHERE month = ANY(months)
            RETURNING category_id, tag_id, month, articles
        )
        INSERT INTO news_monthcount (category_id, tag_id, month, articles)
        SELECT category_id, tag_id, month, sum(articles) FROM parts
        GROUP BY category_id, tag_id, month HAVING sum(articles) <> 0;
    END IF;
END $$;
"""

# One function per kind of change: only an update has rows both before and after it.
ON_ARTICLES = """
CREATE FUNCTION news_count_{event}() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    months date[];
BEGIN
    WITH changed AS (
        SELECT id, category_id, news_month(published_at) AS month, sum(number) AS number
        FROM ({rows}) AS one
        WHERE state = 'approved' AND expires_at IS NULL
        GROUP BY id, category_id, month HAVING sum(number) <> 0
    ),
    added AS (
        INSERT INTO news_monthcount (category_id, tag_id, month, articles)
        SELECT category_id, NULL, month, sum(number) FROM changed
        GROUP BY GROUPING SETS ((category_id, month), (month)) HAVING sum(number) <> 0
        UNION ALL
        SELECT NULL, tag_id, month, sum(number)
        FROM changed JOIN news_article_tags ON article_id = changed.id
        GROUP BY tag_id, month HAVING sum(number) <> 0
        RETURNING month
    )
    SELECT array_agg(DISTINCT month) INTO months FROM added;
    IF months IS NOT NULL THEN
        PERFORM news_join_month_counts(months);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER news_count_{event} AFTER {event} ON news_article {tables}
FOR EACH STATEMENT EXECUTE FUNCTION news_count_{event}();
"""

ON_TOPICS = """
CREATE FUNCTION news_count_topic_{event}() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    months date[];
BEGIN
    -- Whoever is just approving or withdrawing one of these articles counts first.
    PERFORM FROM news_article WHERE id IN (SELECT article_id FROM ({rows}) AS one)
    ORDER BY id FOR SHARE;
    WITH added AS (
        INSERT INTO news_monthcount (tag_id, month, articles)
        SELECT tag_id, news_month(published_at), sum(number)
        FROM ({rows}) AS one JOIN news_article AS article ON article.id = one.article_id
        WHERE state = 'approved' AND expires_at IS NULL
        GROUP BY 1, 2 HAVING sum(number) <> 0
        RETURNING month
    )
    SELECT array_agg(DISTINCT month) INTO months FROM added;
    IF months IS NOT NULL THEN
        PERFORM news_join_month_counts(months);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER news_count_topic_{event} AFTER {event} ON news_article_tags {tables}
FOR EACH STATEMENT EXECUTE FUNCTION news_count_topic_{event}();
"""

EMPTIED = """
CREATE FUNCTION news_count_nothing() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM news_monthcount;
    RETURN NULL;
END $$;
CREATE TRIGGER news_count_nothing AFTER TRUNCATE ON news_article
FOR EACH STATEMENT EXECUTE FUNCTION news_count_nothing();
"""

COUNT_ALL = """
INSERT INTO news_monthcount (category_id, tag_id, month, articles)
SELECT category_id, NULL, news_month(published_at), count(*) FROM news_article
WHERE state = 'approved' AND expires_at IS NULL
GROUP BY GROUPING SETS ((category_id, news_month(published_at)), (news_month(published_at)))
UNION ALL
SELECT NULL, tag_id, news_month(published_at), count(*)
FROM news_article AS article JOIN news_article_tags ON article_id = article.id
WHERE state = 'approved' AND expires_at IS NULL
GROUP BY tag_id, news_month(published_at);
"""

BEFORE, AFTER = "SELECT -1 AS number, * FROM before", "SELECT 1 AS number, * FROM after"
EVENTS = {
    "insert": (AFTER, "REFERENCING NEW TABLE AS after"),
    "update": (
        f"{BEFORE} UNION ALL {AFTER}",
        "REFERENCING OLD TABLE AS before NEW TABLE AS after",
    ),
    "delete": (BEFORE, "REFERENCING OLD TABLE AS before"),
}


def sql(template, event):
    rows, tables = EVENTS[event]
    return template.format(event=event, rows=rows, tables=tables)


def both_ways(template, name, table, event):
    return migrations.RunSQL(
        sql(template, event),
        f"DROP TRIGGER {name}_{event} ON {table}; DROP FUNCTION {name}_{event}();",
    )


class Migration(migrations.Migration):
    dependencies = [("news", "0008_readers")]
    operations = [
        migrations.RunSQL(
            CREATE,
            "DROP FUNCTION news_join_month_counts(date[]); DROP FUNCTION news_month(timestamptz);",
        ),
        *(both_ways(ON_ARTICLES, "news_count", "news_article", event) for event in EVENTS),
        *(
            both_ways(ON_TOPICS, "news_count_topic", "news_article_tags", event)
            for event in EVENTS
        ),
        migrations.RunSQL(
            EMPTIED,
            "DROP TRIGGER news_count_nothing ON news_article; DROP FUNCTION news_count_nothing();",
        ),
        migrations.RunSQL(COUNT_ALL, "DELETE FROM news_monthcount;"),
        migrations.RunSQL(
            "CREATE INDEX article_tags_latest ON news_article_tags (tag_id, article_id DESC);",
            "DROP INDEX article_tags_latest;",
        ),
        # The row goes with its article whoever deletes it; Django would ask for each word.
        migrations.RunSQL(
            "ALTER TABLE news_articleword ADD CONSTRAINT articleword_of_article "
            "FOREIGN KEY (article_id) REFERENCES news_article (id) ON DELETE CASCADE;",
            "ALTER TABLE news_articleword DROP CONSTRAINT articleword_of_article;",
        ),
    ]
