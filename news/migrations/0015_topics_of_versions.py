"""
Versions keep a topic by its key, beside its name, so that a renamed one is still found.

A topic that had gone or been renamed before keeps its name alone.
"""

from django.db import migrations

BY_KEY = """
UPDATE news_version SET content = jsonb_set(content, '{tags}', (
    SELECT jsonb_agg(
        jsonb_build_object('tag_id', tag.id, 'name', kept.name) ORDER BY tag.id, kept.name
    )
    FROM jsonb_array_elements_text(content -> 'tags') AS kept (name)
    LEFT JOIN news_tag AS tag ON tag.name = kept.name
))
WHERE content -> 'tags' <> '[]';
"""

BY_NAME = """
UPDATE news_version SET content = jsonb_set(content, '{tags}', (
    SELECT jsonb_agg(kept ->> 'name' ORDER BY kept ->> 'name')
    FROM jsonb_array_elements(content -> 'tags') AS kept
))
WHERE content -> 'tags' <> '[]';
"""


class Migration(migrations.Migration):
    dependencies = [("news", "0014_once_public")]

    operations = [migrations.RunSQL(BY_KEY, BY_NAME)]
