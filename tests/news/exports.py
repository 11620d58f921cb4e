"""Exports of other portals, made of the parts that matter to tests."""

import csv
from io import StringIO
from xml.sax.saxutils import escape

_WXR_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Cổng cũ</title><link>http://cu.example.vn</link>
<wp:author><wp:author_login>lean</wp:author_login>
<wp:author_display_name><![CDATA[Lê An]]></wp:author_display_name></wp:author>
<wp:category><wp:category_nicename>cong-nghiep</wp:category_nicename>
<wp:category_parent></wp:category_parent><wp:cat_name>Công nghiệp</wp:cat_name></wp:category>
<wp:category><wp:category_nicename>dien</wp:category_nicename>
<wp:category_parent>cong-nghiep</wp:category_parent><wp:cat_name>Điện</wp:cat_name></wp:category>
"""
ATTACHMENT = """<item><title>{file}</title><wp:post_id>{number}</wp:post_id>
<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:post_parent>7</wp:post_parent>
<wp:attachment_url>http://cu.example.vn/wp-content/uploads/{file}</wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>
<wp:meta_value>{alt}</wp:meta_value></wp:postmeta></item>"""
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tin</title>
<item><title>Hội chợ &amp; triển lãm</title><link>https://cu.example.vn/hoi-cho/</link>
<guid>https://cu.example.vn/?p=5</guid><description>Khai mạc sáng 5/3.</description>
<content:encoded><![CDATA[<p>Nội dung.</p>]]></content:encoded><dc:creator>Lê An</dc:creator>
<category>Thương mại</category><category>OCOP</category>
<pubDate>Thu, 05 Mar 2020 01:30:00 +0000</pubDate></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Tin</title>
<entry><title type="html">Hội chợ &amp;amp; triển lãm</title><id>tag:cu.example.vn,5</id>
<link href="https://cu.example.vn/hoi-cho/"/><summary>Khai mạc sáng 5/3.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Nội dung.</p></div></content>
<author><name>Lê An</name></author><category term="Thương mại"/><category term="OCOP"/>
<published>2020-03-05T08:30:00+07:00</published></entry></feed>"""


def table(*rows, delimiter=",") -> str:
    written = StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def wxr(*items: str) -> str:
    return f"{_WXR_HEAD}{''.join(items)}</channel></rss>"


def wxr_item(
    *,
    number,
    title,
    slug,
    content="Nội dung",
    excerpt="",
    terms="",
    meta=None,
    status="publish",
    kind="post",
    password="",
    link=None,
) -> str:
    about = "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value>"
        "</wp:postmeta>"
        for key, value in (meta or {}).items()
    )
    return f"""<item><title>{escape(title)}</title>
<link>http://cu.example.vn/{slug + "/" if link is None else link}</link>
<dc:creator>lean</dc:creator><wp:post_id>{number}</wp:post_id>
<wp:post_date>2019-05-01 09:00:00</wp:post_date>
<wp:post_date_gmt>2019-05-01 02:00:00</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<wp:post_password>{password}</wp:post_password>{terms}{about}
<content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded></item>"""
