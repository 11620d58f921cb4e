"""The list of how to say words, and a page to hear what readers would hear."""

from io import BytesIO

from django import forms
from django.contrib import admin
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from news.models import Pronunciation
from news.narration import making
from news.spoken import spoken
from portal import speech
from portal.admin_search import FoldedSearch
from portal.caching import personal_page
from portal.ranges import ranged_response

LONGEST = 300  # characters; about half a minute of speech
PATIENCE = 20  # seconds for an operator's own engine to answer
HEARD_WITHIN = 3600  # seconds; how long the address of a sound holds
_signer = signing.TimestampSigner(salt="news.admin.pronunciations")


def _words(sentence: str) -> str:
    return spoken(sentence, Pronunciation.objects.readings())


class ListeningForm(forms.Form):
    cau = forms.CharField(
        label="Từ hoặc câu cần nghe",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        error_messages={
            "required": "Hãy nhập một từ hoặc một câu.",
            "max_length": f"Chỉ nghe thử được {LONGEST} chữ cái mỗi lần; hãy rút ngắn câu.",
        },
    )

    def clean_cau(self):
        """Say no to what gives no sound."""
        sentence = self.cleaned_data["cau"]
        if not _words(sentence):
            raise forms.ValidationError("Câu này không có chữ nào để đọc.")
        return sentence


@admin.register(Pronunciation)
class PronunciationAdmin(FoldedSearch, admin.ModelAdmin):
    change_list_template = "admin/news/pronunciation/change_list.html"
    list_display = ["word", "reading", "listen"]
    search_fields = ["word__folded", "reading__folded"]
    search_help_text = "Tìm theo từ hoặc cách đọc, không cần dấu"

    def get_urls(self):
        listening = require_http_methods(["GET", "HEAD", "POST"])(self.listening)
        sound = require_safe(self.sound)
        return [
            path(
                "nghe-thu/",
                self.admin_site.admin_view(personal_page(listening)),
                name="news_pronunciation_listening",
            ),
            path(
                "nghe-thu/<str:signed>.wav",
                self.admin_site.admin_view(personal_page(sound)),
                name="news_pronunciation_sound",
            ),
            *super().get_urls(),
        ]

    def delete_queryset(self, request, queryset):
        """Delete one by one: each has the articles with its word read anew."""
        for pronunciation in queryset:
            pronunciation.delete()

    @admin.display(description="nghe thử")
    def listen(self, pronunciation):
        page = reverse("admin:news_pronunciation_listening")
        asked = urlencode({"cau": pronunciation.word})
        return format_html('<a href="{}?{}">Nghe thử</a>', page, asked)

    def listening(self, request):
        """Show how what was typed is said, and a player for it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        form = ListeningForm(asked if "cau" in asked else None)
        context = {
            **self.admin_site.each_context(request),
            "title": "Nghe thử",
            "opts": self.opts,
            "form": form,
            "may_add": self.has_add_permission(request),
        }
        if form.is_bound and form.is_valid():
            context |= self._heard(form.cleaned_data["cau"])
        return TemplateResponse(request, "admin/news/pronunciation/listening.html", context)

    def _heard(self, sentence: str) -> dict:
        # Signed: nobody else can have somebody signed in synthesise what they like.
        signed = _signer.sign_object(sentence, compress=True)
        address = reverse("admin:news_pronunciation_sound", args=[signed])
        return {"words": _words(sentence), "address": address}

    def sound(self, request, signed):
        """Answer the sound of words that this page has offered."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            sentence = _signer.unsign_object(signed, max_age=HEARD_WITHIN)
        except signing.BadSignature:
            raise Http404 from None
        try:
            sound = speech.encode_wav(making.engine().say(_words(sentence), PATIENCE))
        except speech.SpeechError as error:
            refusal = f"Hiện chưa đọc được: {error}."
            return HttpResponse(refusal, status=503, content_type="text/plain; charset=utf-8")
        return ranged_response(request, BytesIO(sound), len(sound), content_type="audio/wav")
