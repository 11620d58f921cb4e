"""What can be done to many articles at once; a page in between asks for what is needed."""

from functools import partial

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.response import TemplateResponse

from news import checklist, pronunciations, rights, workflow
from news.models import Article, Category, Tag
from news.narration import asking
from portal import admin_bulk
from portal.admin_widgets import SeveralOf
from portal.text import uncapped


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Lý do",
        help_text="Ghi vào nhật ký và báo cho người soạn.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        error_messages={"required": "Hãy ghi lý do."},
    )


class CategoryForm(forms.Form):
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label="Chuyên mục mới",
        empty_label="Chọn chuyên mục",
        error_messages={"required": "Hãy chọn chuyên mục."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = rights.categories(user)


class TagsForm(forms.Form):
    tags = forms.ModelMultipleChoiceField(
        Tag.objects.all(),
        label="Chủ đề",
        help_text="Được thêm vào các chủ đề đã có của từng bài.",
        widget=SeveralOf(Article._meta.get_field("tags"), admin.site),
        error_messages={"required": "Hãy chọn ít nhất một chủ đề."},
    )


class BulkAdmin(admin.ModelAdmin):
    """A list of articles whose actions are the workflow's steps and what sorts articles."""

    actions = ["change_category", "add_tags", "feature", "unfeature", "narrate_again"]

    def get_actions(self, request):
        """Offer the steps first; in a pop-up, where one article is chosen, nothing."""
        others = super().get_actions(request)
        if "change_category" not in others:
            return others
        may_publish = request.user.has_perm(rights.PUBLISH)
        steps = {
            step.name: (_action_of(step), step.name, step.many)
            for step in workflow.STEPS.values()
            if may_publish or not step.is_for_publishers
        }
        return steps | others

    @admin.action(description="Đổi chuyên mục các bài đã chọn", permissions=["change"])
    def change_category(self, request, queryset):
        form = CategoryForm(_answers(request), user=request.user)
        if not form.is_valid():
            return self._ask(request, queryset, form, "Đổi chuyên mục", "change_category")

        fields = {"category": form.cleaned_data["category"]}
        return self._edit_each(request, queryset, "Đổi chuyên mục", fields)

    @admin.action(description="Gắn chủ đề cho các bài đã chọn", permissions=["change"])
    def add_tags(self, request, queryset):
        form = TagsForm(_answers(request))
        if not form.is_valid():
            return self._ask(request, queryset, form, "Gắn chủ đề", "add_tags")

        return self._edit_each(request, queryset, "Gắn chủ đề", tags=form.cleaned_data["tags"])

    @admin.action(description="Đánh dấu tin nổi bật cho các bài đã chọn", permissions=["change"])
    def feature(self, request, queryset):
        return self._edit_each(request, queryset, "Đánh dấu tin nổi bật", {"is_featured": True})

    @admin.action(description="Bỏ đánh dấu tin nổi bật của các bài đã chọn", permissions=["change"])
    def unfeature(self, request, queryset):
        title = "Bỏ đánh dấu tin nổi bật"
        return self._edit_each(request, queryset, title, {"is_featured": False})

    @admin.action(description="Tạo lại bản đọc của các bài đã chọn", permissions=["change"])
    def narrate_again(self, request, queryset):
        def ask(article):
            _refuse_unless_editable(request.user, article)
            asking.make_again(article, priority=pronunciations.PRIORITY)

        return self._do_to_each(request, queryset, ask, "Yêu cầu tạo lại bản đọc")

    def take_step(self, request, queryset, step):
        """Take one step with each article that is fit for it; name the others with the reason."""
        asks = step is workflow.SUBMIT and _answers(request) is None
        if asks and (unready := _unready(queryset)):
            return self._ask(request, queryset, forms.Form(), step.title, step.name, unready)
        reason = ""
        if step.needs_reason:
            form = ReasonForm(_answers(request))
            if not form.is_valid():
                return self._ask(request, queryset, form, step.title, step.name)
            reason = form.cleaned_data["reason"]
        move = partial(workflow.move, step=step, by=request.user, reason=reason)
        return self._do_to_each(request, queryset, move, step.title)

    def _ask(self, request, queryset, form, title, action, unready=()):
        """Show the page in between, which sends the same choice again with the answers."""
        return TemplateResponse(
            request,
            "admin/news/article/bulk_action.html",
            {
                **self.admin_site.each_context(request),
                "title": title,
                "opts": self.opts,
                "media": self.media + form.media,
                "form": form,
                "action": action,
                "unready": unready,
                "chosen": queryset.values_list("title", flat=True)[: admin_bulk.NAMED],
                "count": (count := queryset.count()),
                "more": max(count - admin_bulk.NAMED, 0),
                "most": admin_bulk.MOST,
                "selected": request.POST.getlist("_selected_action"),
                "all_pages": request.POST.get("select_across", "0"),
            },
        )

    def _edit_each(self, request, queryset, title, fields=None, tags=()):
        def edit(article):
            _refuse_unless_editable(request.user, article)
            for name, value in (fields or {}).items():
                setattr(article, name, value)
            article.save(by=request.user, note=title)
            if tags:
                article.tags.add(*tags)
                article.parts_saved()

        return self._do_to_each(request, queryset, edit, title)

    def _do_to_each(self, request, queryset, do, title):
        done, refused = 0, []
        for pk in admin_bulk.few_enough(request, queryset.values_list("pk", flat=True), "bài"):
            article, refusal = _done_to(pk, do)
            if refusal:
                refused.append(f"“{article}”: {refusal}")
            elif article:
                self.log_change(request, article, f"{title}.")
                done += 1
        admin_bulk.tell(request, uncapped(title), "bài", done=done, refused=refused)


def _action_of(step):
    def action(model_admin, request, queryset):
        return model_admin.take_step(request, queryset, step)

    return action


def _refuse_unless_editable(user, article) -> None:
    if not rights.may_edit(user, article):
        raise PermissionDenied


def _unready(queryset) -> list:
    """Return the drafts that could not be published as they are, with what keeps them from it."""
    drafts = queryset.filter(state=Article.State.DRAFT).select_related("cover")
    found = (
        (article, checklist.refusals(article))
        for article in drafts.order_by("pk")[: admin_bulk.MOST]
    )
    return [(article, findings) for article, findings in found if findings]


def _answers(request):
    """Return what was sent by the page in between; None on the way to it."""
    return request.POST if "_answered" in request.POST else None


@transaction.atomic
def _done_to(pk, do):
    """Return the article, held and done to, and why it was refused if it was."""
    article = Article.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if article is None:  # deleted meanwhile
        return None, ""
    try:
        with transaction.atomic():
            do(article)
    except ValidationError as refusal:
        return article, " ".join(refusal.messages)
    except PermissionDenied:
        return article, "Tài khoản này không có quyền làm việc này."
    return article, ""
