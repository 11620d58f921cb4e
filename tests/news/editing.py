"""The article's form in the admin, as browsers open it and send it back."""

from django.test import Client
from django.urls import reverse
from lxml import html


def change(article):
    return reverse("admin:news_article_change", args=[article.pk])


def page_of(response):
    return html.document_fromstring(response.content.decode())


def posted(page):
    """Return what a browser would send of the article's form as it stands on a page."""
    form = next(form for form in page.forms if form.get("id") == "article_form")
    fields = {}
    for name, value in form.form_values():
        if "__prefix__" not in name:
            # As a browser does it: the line end after <textarea> is not part of the text.
            fields.setdefault(name, []).append(value.removeprefix("\n"))
    return fields | {"_save": "1"}


def open_form(client, article):
    return posted(page_of(client.get(change(article))))


def said(response):
    return " ".join(page_of(response).text_content().split())


def two_clients(*users):
    clients = [Client() for _ in users]
    for client, user in zip(clients, users, strict=True):
        client.force_login(user)
    return clients
