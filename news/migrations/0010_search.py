"""Search moves to the table of the whole portal; what an article's row says of it follows there."""

from django.db import migrations

DOCUMENT = """
CREATE FUNCTION news_article_document(title text, lead text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector('simple'::regconfig, portal_fold(title)), 'A')
    || setweight(to_tsvector('simple'::regconfig, portal_fold(lead)), 'B')
    || setweight(to_tsvector('simple'::regconfig,
                             portal_fold(regexp_replace(body, '<[^>]*>', ' ', 'g'))), 'C');
"""

# The moment and the category of what is public follow every change, by SQL as well, and what is
# withdrawn is not found any more. What else SQL changes waits for `manage.py reindex`.
FOLLOW = """
CREATE FUNCTION news_search_follow() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'approved' THEN
        DELETE FROM portal_searchentry WHERE kind = 'article' AND object_id = NEW.id;
    ELSE
        UPDATE portal_searchentry SET
            shown_from = NEW.published_at,
            shown_until = NEW.expires_at,
            category_id = NEW.category_id,
            version = CASE WHEN (OLD.title, OLD.lead, OLD.body, OLD.category_id, OLD.published_at)
                = (NEW.title, NEW.lead, NEW.body, NEW.category_id, NEW.published_at)
                THEN version ELSE 0 END
        WHERE kind = 'article' AND object_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER portal_search_article_changed
AFTER UPDATE OF title, lead, body, state, category_id, published_at, expires_at ON news_article
FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION news_search_follow();
CREATE TRIGGER portal_search_article AFTER DELETE ON news_article
FOR EACH ROW EXECUTE FUNCTION portal_search_forget('article');
CREATE TRIGGER portal_search_category AFTER DELETE ON news_category
FOR EACH ROW EXECUTE FUNCTION portal_search_forget('category');
CREATE TRIGGER portal_search_tag AFTER DELETE ON news_tag
FOR EACH ROW EXECUTE FUNCTION portal_search_forget('tag');
"""
STAY = """
DROP TRIGGER portal_search_tag ON news_tag;
DROP TRIGGER portal_search_category ON news_category;
DROP TRIGGER portal_search_article ON news_article;
DROP TRIGGER portal_search_article_changed ON news_article;
DROP FUNCTION news_search_follow();
"""


class Migration(migrations.Migration):
    dependencies = [("news", "0009_month_counts"), ("portal", "0007_search")]
    operations = [
        migrations.RemoveIndex(model_name="article", name="article_search"),
        migrations.RemoveField(model_name="article", name="search"),
        migrations.RunSQL("DROP FUNCTION news_article_document(text, text, text);", DOCUMENT),
        migrations.RunSQL(FOLLOW, STAY),
    ]
