"""Many photos at once: uploaded together, then described one under the other."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import path

from news.library import NOTHING_CHOSEN
from news.models import Photo
from portal import images, text

AT_ONCE = 20  # photos on the page of descriptions


class DescriptionForm(forms.ModelForm):
    """What a photo shows; one left as it is may wait."""

    class Meta:
        model = Photo
        fields = ["alt_text", "is_decorative", "caption", "credit"]


class BatchAdmin(admin.ModelAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("tai-nhieu/", view(self.upload_many), name="news_photo_upload_many"),
            path("mo-ta/", view(self.describe), name="news_photo_describe"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        waiting = _to_describe(request.user).count()
        return super().changelist_view(request, {"waiting": waiting} | (extra_context or {}))

    def upload_many(self, request):
        """Store what is photos among the files chosen and name the others with the reason."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and self._receive(request):
            return redirect("admin:news_photo_describe")
        limits = {"accepted": images.ACCEPTED, "most_bytes": images.MAX_BYTES}
        return self._page(request, "upload", "Tải nhiều ảnh", **limits)

    def describe(self, request):
        """Ask for the descriptions that photos of one's own lack."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        forms = [
            DescriptionForm(request.POST or None, instance=photo, prefix=str(photo.pk))
            for photo in self._photos_to_describe(request)
        ]
        if request.method == "POST":
            described = [form for form in forms if form.has_changed() and form.is_valid()]
            for form in described:
                form.save()
            if described:
                messages.success(request, f"Đã lưu mô tả của {len(described)} ảnh.")
            forms = [form for form in forms if form.has_changed() and not form.is_valid()]
            if not forms:
                return redirect("admin:news_photo_changelist")
        return self._page(request, "describe", "Mô tả ảnh", forms=forms)

    def _receive(self, request) -> int:
        """Return how many photos were stored."""
        stored = 0
        files = request.FILES.getlist("images")
        if not files:
            messages.error(request, NOTHING_CHOSEN)
        for file in files:
            try:
                Photo.objects.receive(file, by=request.user)
            except ValidationError as error:
                messages.error(request, f"“{file.name}”: {' '.join(error.messages)}")
            else:
                stored += 1
        return stored

    def _photos_to_describe(self, request):
        photos = _to_describe(request.user)
        if request.method == "POST":
            # Those the page showed: meanwhile others may have come.
            shown = map(text.whole_number, request.POST.getlist("photo"))
            photos = photos.filter(pk__in=[pk for pk in shown if pk is not None])
        return photos[:AT_ONCE]

    def _page(self, request, name, title, **context):
        return render(
            request,
            f"admin/news/photo/{name}.html",
            self.admin_site.each_context(request)
            | {"title": title, "opts": self.opts, "media": self.media, **context},
        )


def _to_describe(user):
    """Return the photos whose description somebody owes and may still give."""
    return Photo.objects.undescribed().uploaded_by(user).changeable_by(user)
