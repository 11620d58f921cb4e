"""The list of articles: its columns, and filters that answer an editor's questions."""

from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from news import workflow
from news.models import Article, Category
from news.narration import states
from portal.people import name_of
from portal.templatetags.portal import duration

State = Article.State
LONG = ("body", "lead", "narration__sentences", "narration__clips")


class WorkFilter(admin.SimpleListFilter):
    title = "việc của tôi"
    parameter_name = "viec"
    CASES = {
        "cho-toi": ("Chờ tôi xử lý", workflow.waiting_for),
        "can-duyet": ("Chờ tôi duyệt", workflow.to_decide),
        "tra-lai": ("Trả lại cho tôi", workflow.sent_back_to),
        "toi-soan": ("Tôi soạn", lambda user: Article.objects.filter(created_by=user)),
    }

    def lookups(self, request, model_admin):
        return [(value, name) for value, (name, _) in self.CASES.items()]

    def queryset(self, request, queryset):
        case = self.CASES.get(self.value())
        return queryset.filter(pk__in=case[1](request.user).values("pk")) if case else queryset


class StateFilter(admin.SimpleListFilter):
    """Where articles stand for a reader: approved is not yet, or no longer, on the page."""

    title = "trạng thái"
    parameter_name = "trang-thai"
    CASES = {
        "nhap": ("Nháp", lambda articles: articles.filter(state=State.DRAFT)),
        "cho-duyet": ("Chờ duyệt", lambda articles: articles.filter(state=State.SUBMITTED)),
        "hen-gio": ("Hẹn giờ", lambda articles: articles.scheduled()),
        "da-dang": ("Đã đăng", lambda articles: articles.published()),
        "het-han": ("Đã hết hạn", lambda articles: articles.expired()),
        "da-go": ("Đã gỡ", lambda articles: articles.filter(state=State.WITHDRAWN)),
    }

    def lookups(self, request, model_admin):
        return [(value, name) for value, (name, _) in self.CASES.items()]

    def queryset(self, request, queryset):
        case = self.CASES.get(self.value())
        return case[1](queryset) if case else queryset


class CategoryFilter(admin.SimpleListFilter):
    """A category with its children, which are indented below it."""

    title = "chuyên mục"
    parameter_name = "chuyen-muc"

    def lookups(self, request, model_admin):
        self.below = {}
        for category in Category.objects.only("name", "parent"):
            self.below.setdefault(category.parent_id, []).append(category)
        return [
            choice
            for top in self.below.get(None, [])
            for choice in [
                (top.pk, top.name),
                *((child.pk, f"– {child.name}") for child in self.below.get(top.pk, [])),
            ]
        ]

    def queryset(self, request, queryset):
        chosen = _known(self.value(), self.lookup_choices)
        if chosen is None:
            return queryset
        children = [child.pk for child in self.below.get(chosen, [])]
        return queryset.filter(category__in=[chosen, *children])


class AuthorFilter(admin.SimpleListFilter):
    title = "người soạn"
    parameter_name = "nguoi-soan"

    def lookups(self, request, model_admin):
        wrote = Exists(Article.objects.filter(created_by=OuterRef("pk")))
        authors = get_user_model().objects.filter(wrote)
        return sorted(((author.pk, name_of(author)) for author in authors), key=lambda row: row[1])

    def queryset(self, request, queryset):
        chosen = _known(self.value(), self.lookup_choices)
        return queryset.filter(created_by=chosen) if chosen else queryset


class SoundFilter(admin.SimpleListFilter):
    """Where articles stand for a listener, so that what failed can be made again at once."""

    title = "bản đọc"
    parameter_name = "ban-doc"
    CASES = {
        "loi": ("Lỗi", lambda: Article.objects.with_failed_narration()),
        "chua-co": ("Chưa có", lambda: Article.objects.silent()),
        "ghi-am": ("Bản ghi âm", lambda: Article.objects.filter(narration__is_recording=True)),
    }

    def lookups(self, request, model_admin):
        return [(value, name) for value, (name, _) in self.CASES.items()]

    def queryset(self, request, queryset):
        case = self.CASES.get(self.value())
        return queryset.filter(pk__in=case[1]().values("pk")) if case else queryset


class PeriodFilter(admin.ListFilter):
    """The days articles appeared on: some usual ones as links, any by its first and last day."""

    title = "ngày đăng"
    template = "admin/news/article/_period_filter.html"
    SINCE, UNTIL = "tu", "den"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for name in self.expected_parameters():
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]
        self.since = _day(self.used_parameters.get(self.SINCE))
        self.until = _day(self.used_parameters.get(self.UNTIL))

    def has_output(self):
        return True

    def expected_parameters(self):
        return [self.SINCE, self.UNTIL]

    def queryset(self, request, queryset):
        if self.since:
            queryset = queryset.filter(published_at__gte=_midnight(self.since))
        if self.until:
            queryset = queryset.filter(published_at__lt=_midnight(self.until) + timedelta(days=1))
        return queryset

    def choices(self, changelist):
        # What the form of the template carries along: the other filters and the search.
        self.others = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name not in self.expected_parameters()
            for value in values
        ]
        if changelist.query:
            self.others.append(("q", changelist.query))
        yield {
            "selected": not (self.since or self.until),
            "query_string": changelist.get_query_string(remove=self.expected_parameters()),
            "display": "Tất cả",
        }
        today = timezone.localdate()
        for display, since in (
            ("7 ngày qua", today - timedelta(days=7)),
            ("Tháng này", today.replace(day=1)),
            ("Năm nay", today.replace(month=1, day=1)),
        ):
            yield {
                "selected": (self.since, self.until) == (since, None),
                "query_string": changelist.get_query_string({self.SINCE: since}, [self.UNTIL]),
                "display": display,
            }


class ArticleList(ChangeList):
    def get_results(self, request):
        """Offer to show all only where something is left out; look up what is being read aloud."""
        super().get_results(request)
        if not self.query and not self.filter_params:
            self.full_result_count = self.result_count
        shown = list(self.result_list)
        approved = [article for article in shown if article.state == State.APPROVED]
        unfinished = states.unfinished(approved) if approved else {}
        for article in shown:
            article.narration_is = unfinished.get(article.pk, "")
        self.result_list = shown


class ArticleListAdmin(admin.ModelAdmin):
    """A list quick with many thousand articles: no text is loaded, nothing counted twice."""

    list_display = ["title", "state_on_page", "filing", "moments", "sound"]
    list_filter = [
        WorkFilter,
        StateFilter,
        CategoryFilter,
        AuthorFilter,
        PeriodFilter,
        SoundFilter,
        "is_featured",
    ]
    list_select_related = ["category", "created_by", "narration"]
    list_per_page = 50
    ordering = ["-updated_at", "-pk"]
    search_fields = ["title", "lead"]  # shows the box; see get_search_results
    search_help_text = "Tìm theo từ ở tiêu đề và sapo, không cần gõ dấu."
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request, **kwargs):
        return ArticleList

    def get_search_results(self, request, queryset, search_term):
        """Leave the texts behind, in the list as in the boxes that offer articles."""
        return queryset.with_words(search_term).defer(*LONG), False

    @admin.display(description="chuyên mục", ordering="category")
    def filing(self, article):
        author = name_of(article.created_by) if article.created_by else ""
        return _two_lines(article.category, author)

    @admin.display(description="đăng, sửa lúc", ordering="published_at")
    def moments(self, article):
        published = article.published_at
        return _two_lines(_short(published) if published else "–", _short(article.updated_at))

    @admin.display(description="bản đọc")
    def sound(self, article):
        """Say whether there is sound; whether it is that of the present words, the form says."""
        narration = getattr(article, "narration", None)
        if article.narration_is:
            return article.narration_is
        if narration and narration.error:
            page = reverse("admin:news_article_narration", args=[article.pk])
            return format_html('<a href="{}">Lỗi</a>', page)
        if narration and narration.file:
            words = "Bản ghi âm" if narration.is_recording else "Nghe"
            about = duration(narration.duration) if narration.duration else ""
            return _two_lines(format_html('<a href="{}">{}</a>', narration.file.url, words), about)
        return None


def _two_lines(first, second):
    return format_html('{}<br><span class="quiet">{}</span>', first, second)


def _short(moment) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _known(value, choices) -> int | None:
    """Return the key an address names if it is one of the choices."""
    return next((key for key, _ in choices if str(key) == value), None)


def _day(written) -> date | None:
    """Return a day as the calendar of the filter gives it, with a day before and one after it."""
    try:
        day = date.fromisoformat(written or "")
    except ValueError:
        return None
    return day if date.min < day < date.max else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
