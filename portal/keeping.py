"""
Long forms of the admin whose text survives a crash, a lost network and a session's end.

The browser keeps what is typed as a draft (static/js/keep-draft.js) and asks before it sends
whether the session still lives (static/js/session.js). The server's part is small: to say who
is signed in, and which drafts are saved and may be thrown away. Drafts outlive a sign-out; the
page after it offers to throw them away (static/js/signed-out.js).
"""

import re

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.decorators import staff_member_required
from django.forms import Media
from django.forms.widgets import Script
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.caching import personal_page
from portal.people import name_of

SAVED_COOKIE = "saved_drafts"  # read by keep-draft.js, which forgets the drafts named in it
MOST_NAMED = 5
_DRAFT = re.compile(r"[0-9a-f-]{8,40}")


@personal_page
@require_safe
def session(request):
    """Tell a form about to be sent who is signed in, with a token that is valid now."""
    if not (request.user.is_active and request.user.is_staff):
        return JsonResponse({"user": None})
    return JsonResponse(
        {"user": request.user.pk, "name": name_of(request.user), "token": get_token(request)}
    )


@personal_page
@require_safe
@staff_member_required
def signed_in(request):
    """End a sign-in made in a tab of its own: the page that asked for it goes on by itself."""
    return render(request, "admin/signed_in.html", {"title": "Đã đăng nhập"})


class KeptFormAdmin(ModelAdmin):
    """A model whose form extends admin/kept_form.html and loses nothing that was typed."""

    change_form_template = "admin/kept_form.html"

    @property
    def media(self):
        return super().media + scripts()

    def render_change_form(self, request, context, *args, **kwargs):
        context.setdefault("is_returned", request.method == "POST")  # nothing was saved
        context["draft"] = draft_of(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return saved(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return saved(request, super().response_change(request, obj))


def scripts() -> Media:
    """Return what a page with admin/_keeping.html has to load."""
    path = {"data-cookie-path": reverse("admin:index")}
    keep_draft = Script("js/keep-draft.js", type="module", **path)
    return Media(js=[keep_draft, Script("js/session.js", type="module")])


def draft_of(request) -> str:
    """Return the name of the draft a form was sent with; nothing without JavaScript."""
    name = request.POST.get("_draft", "")
    return name if _DRAFT.fullmatch(name) else ""


def saved(request, response):
    """Have the browser forget the draft of what is stored now."""
    if draft := draft_of(request):
        waiting = request.COOKIES.get(SAVED_COOKIE, "").split(".")
        named = [name for name in [draft, *waiting] if _DRAFT.fullmatch(name)]
        response.set_cookie(
            SAVED_COOKIE,
            ".".join(named[:MOST_NAMED]),
            path=reverse("admin:index"),
            secure=settings.HTTPS,
            samesite="Lax",
        )
    return response
