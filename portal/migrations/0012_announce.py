"""
The database announces every change of what the public reads, whoever makes it (portal/changes.py).

An announcement names the table and, where rows belong to articles, these articles, so that a
change of one does not cost the kept pages of all others.
"""

from django.db import migrations

# With too many articles for one notice (8,000 bytes) it names the table alone: all may be concerned.
FUNCTION = """
CREATE FUNCTION portal_announce() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    changed text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT * FROM later'
        WHEN 'DELETE' THEN 'SELECT * FROM earlier'
        ELSE 'SELECT * FROM earlier UNION ALL SELECT * FROM later' END;
    named bigint[];
    notice text := TG_TABLE_NAME;
BEGIN
    IF TG_NARGS > 0 THEN
        EXECUTE format(
            'SELECT array_agg(DISTINCT coalesce(article, 0)) FROM (SELECT unnest(ARRAY[%s]::bigint[])'
            ' AS article FROM (%s) AS one WHERE %s) AS named', TG_ARGV[0], changed, TG_ARGV[1]
        ) INTO named;
        IF named IS NULL THEN
            RETURN NULL;
        END IF;
        notice := notice || ':' || array_to_string(named, ',');
        IF length(notice) > 7000 THEN
            notice := TG_TABLE_NAME;
        END IF;
    END IF;
    PERFORM pg_notify('portal_changes', notice);
    RETURN NULL;
END $$;
"""

WHOLE_TABLE = """
CREATE TRIGGER portal_announce
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION portal_announce();
"""

OF_ARTICLES = """
CREATE TRIGGER portal_announce_insert AFTER INSERT ON {table}
REFERENCING NEW TABLE AS later
FOR EACH STATEMENT EXECUTE FUNCTION portal_announce('{articles}', '{condition}');
CREATE TRIGGER portal_announce_update AFTER UPDATE ON {table}
REFERENCING OLD TABLE AS earlier NEW TABLE AS later
FOR EACH STATEMENT EXECUTE FUNCTION portal_announce('{articles}', '{condition}');
CREATE TRIGGER portal_announce_delete AFTER DELETE ON {table}
REFERENCING OLD TABLE AS earlier
FOR EACH STATEMENT EXECUTE FUNCTION portal_announce('{articles}', '{condition}');
CREATE TRIGGER portal_announce AFTER TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION portal_announce();
"""

TABLES = (
    "django_flatpage",
    "django_site",
    "feedback_calendarday",
    "feedback_option",
    "feedback_poll",
    "feedback_submission",
    "feedback_topic",
    "feedback_vote",
    "indicators_indicator",
    "indicators_indicatorgroup",
    "indicators_revision",
    "indicators_seriesbreak",
    "indicators_territory",
    "news_category",
    "news_formercategoryslug",
    "news_monthcount",
    "news_photo",
    "news_tag",
    "portal_abbreviation",
    "portal_notice",
    "portal_websitelink",
)
# Table: the columns that name articles, and which rows readers can see at all.
TABLES_OF_ARTICLES = {
    "news_article": ("id", "state = ''approved''"),
    "news_article_related": ("from_article_id, to_article_id", "true"),
    "news_article_tags": ("article_id", "true"),
    "news_articlephoto": ("article_id", "true"),
    "news_attachment": ("article_id", "true"),
    "news_correction": ("article_id", "true"),
    "news_formerslug": ("article_id", "true"),
    "news_narration": ("article_id", "true"),
    "indicators_figure": ("article_id", "true"),
    "indicators_quotation": ("article_id", "true"),
}

ANNOUNCE = [
    FUNCTION,
    *(WHOLE_TABLE.format(table=table) for table in TABLES),
    *(
        OF_ARTICLES.format(table=table, articles=articles, condition=condition)
        for table, (articles, condition) in TABLES_OF_ARTICLES.items()
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0011_periodic_work"),
        ("news", "0017_article_files"),
        ("indicators", "0007_source_example"),
        ("feedback", "0010_answers_shown"),
        ("flatpages", "0001_initial"),
        ("sites", "0002_alter_domain_unique"),
    ]
    operations = [
        migrations.RunSQL(ANNOUNCE, "DROP FUNCTION portal_announce() CASCADE"),
    ]
