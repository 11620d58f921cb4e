"""
A page of the parts that pages are made of, in their states: for developers, staff and tests.

What shows the samples are the partials of the public pages themselves.
"""

from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.forms import SubmissionForm
from indicators.formulas import Assessment
from indicators.models import Figure
from news.models import Article, Photo
from portal import component_samples as samples
from portal.caching import personal_page
from portal.paging import NumberedPaginator
from portal.search_forms import SearchForm

COLOURS = """
    ink ink-soft paper paper-soft line line-strong accent accent-strong accent-soft band
    national good good-soft bad bad-soft mark focus chart-result chart-target
""".split()
SECTIONS = [
    ("mau-chu", "Màu và chữ"),
    ("nut", "Nút, thông báo, nhãn"),
    ("tim-duong", "Tìm đường và tìm kiếm"),
    ("tin", "Tin bài"),
    ("quanh-bai", "Quanh bài viết, danh sách tin"),
    ("chi-tieu-chu-yeu", "Chỉ tiêu chủ yếu"),
    ("bang", "Bảng của một năm"),
    ("bieu-do", "Biểu đồ và chuỗi nhiều năm"),
    ("bieu-mau", "Biểu mẫu"),
    ("gop-y", "Góp ý và đánh giá"),
]


@require_safe
@staff_member_required
@personal_page
def components(request):
    photo = Photo.objects.first()
    stories = samples.stories(photo)
    context = {
        "sections": SECTIONS,
        "colours": COLOURS,
        "rich_text": samples.RICH_TEXT,
        "assessments": list(Assessment),
        "preview": samples.preview(),
        "categories": samples.categories(),
        "years": Figure.objects.years(),
        "page": NumberedPaginator(range(300), 10).page(7),
        "search_form": SearchForm({}, categories=[], years=[2026, 2025]),
        "found": samples.search_rows(stories[:2]),
        "stories": stories,
        "category": samples.category_news(stories),
        "photo": photo,
        "corrections": samples.corrections(),
        "tags": samples.tags(),
        "archive_year": samples.archive_year(),
        "most_read": samples.most_read(samples.stories(None)),
        "notices": samples.notices(),
        "attachments": samples.attachments(),
        "narration": samples.narration(),
        "tracks": samples.tracks(),
        "quoted": samples.quoted(),
        "headlines": samples.headlines(),
        "board": samples.board(),
        "side_by_side": samples.side_by_side(),
        "series": samples.series(),
        "sources": samples.sources(),
        "form": SubmissionForm(prefix="trong"),
        "wrong_form": samples.wrong_form(),
        "challenge": samples.challenge_parts(),
        "submission": samples.submission(),
        "standing": samples.standing(),
        "promises": samples.promises(),
        "polls": samples.polls(),
        "options": samples.options(1),
        "chosen": {1},
        "unanswered_options": samples.options(11),
        "results": samples.results(182, 64, 9, 0, awaiting=40, set_aside=12),
        "rated": samples.results(182, 64, 9, 0, points=(5, 4, 3, 2)),
        "months": samples.months(),
        "rated_months": samples.months(points=(5, 4, 3, 2)),
        "opinion_about": Article(slug="mau"),
        "opinion": samples.opinion(),
        "no_results": samples.results(0, 0, 0, 0),
    }
    return render(request, "portal/components.html", context)
