import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from tests.feedback.builders import make_article

pytestmark = pytest.mark.django_db


def render(template, **context):
    """Render as a page does: with the processors' values, the CSRF token among them."""
    from django.template import RequestContext

    request = RequestFactory().get("/")
    page = Template("{% load feedback %}" + template).render(RequestContext(request, context))
    return page, request


def test_the_form_under_an_article_is_complete(client):
    article = make_article()
    page = Template("{% load feedback %}{% feedback_form article %}").render(
        Context({"article": article})
    )
    assert 'method="post" action="/gop-y/"' in page
    for field in ("name", "title", "content", "code", "website", "challenge", "article"):
        assert f'name="{field}"' in page
    assert f'name="article" value="{article.slug}"' in page
    assert "<noscript>" in page


def test_the_form_under_an_article_holds_no_token_and_no_code():
    page, request = render("{% feedback_form article %}", article=make_article())
    assert "CSRF_COOKIE" not in request.META
    assert 'name="csrfmiddlewaretoken">' in page
    assert 'name="challenge">' in page
    assert "/gop-y/ma/" not in page


def test_the_form_under_an_article_is_the_same_each_time(django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(0):
        first, _ = render("{% feedback_form article %}", article=article)
        second, _ = render("{% feedback_form article %}", article=article)
    assert first == second


def test_the_browser_is_not_told_that_the_code_is_required():
    page, _ = render("{% feedback_form article %}", article=make_article())
    assert " required" not in page


def test_an_article_page_sets_no_cookie(client):
    response = client.get(make_article().get_absolute_url())
    assert response.status_code == 200
    assert not response.cookies
    assert reverse("feedback:send") in response.content.decode()
