"""What an article is found by: title, then lead, then body, all without marks."""

from django.db import migrations

CREATE = """
CREATE FUNCTION news_article_document(title text, lead text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector('simple'::regconfig, portal_fold(title)), 'A')
    || setweight(to_tsvector('simple'::regconfig, portal_fold(lead)), 'B')
    || setweight(to_tsvector('simple'::regconfig,
                             portal_fold(regexp_replace(body, '<[^>]*>', ' ', 'g'))), 'C');
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("portal", "0001_fold")]
    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION news_article_document(text, text, text);")
    ]
