"""
A page of the parts that pages are made of, in their states: for developers, staff and tests.

The samples are made here and never stored; what shows them are the partials of the public
pages themselves.
"""

from datetime import datetime
from decimal import Decimal

from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.forms import SubmissionForm
from feedback.models import OptionResult, Poll, PollResults
from indicators import charts
from indicators.formulas import Assessment
from indicators.headlines import Headline, Headlines
from indicators.models import Figure, Indicator, Territory
from news.models import Article, Attachment, Category, Photo
from portal.caching import personal_page
from portal.paging import NumberedPaginator

COLOURS = """
    ink ink-soft paper paper-soft line line-strong accent accent-strong accent-soft band
    national good good-soft bad bad-soft mark focus chart-result chart-target
""".split()
SECTIONS = [
    ("mau-chu", "Màu và chữ"),
    ("nut", "Nút, thông báo, nhãn"),
    ("tim-va-trang", "Tìm kiếm và chuyển trang"),
    ("tin", "Tin bài"),
    ("chi-tieu-chu-yeu", "Chỉ tiêu chủ yếu"),
    ("bieu-do", "Biểu đồ"),
    ("bang", "Bảng và kết quả đánh giá"),
    ("bieu-mau", "Biểu mẫu"),
]
TITLE = "Sở Công Thương tập huấn thương mại điện tử cho hợp tác xã"
LONG_TITLE = (
    "Tập huấn nâng cao năng lực quản lý, ứng dụng thương mại điện tử và chuyển đổi số cho cơ sở "
    "công nghiệp nông thôn, hợp tác xã, làng nghề truyền thống trên địa bàn các xã ven năm 2026"
)
LEAD = "Trong ba ngày, 85 học viên học cách tính giá thành, viết mô tả và chụp ảnh sản phẩm."
WORDS_ALOUD = "Ữ Ặ Ỗ Ẩ Ễ Ợ – Tỷ lệ hộ sử dụng điện đạt 99,61%, vượt kế hoạch"


@require_safe
@staff_member_required
@personal_page
def components(request):
    wrong = SubmissionForm({"sai-title": TITLE}, prefix="sai")
    wrong.is_valid()
    return render(
        request,
        "portal/components.html",
        {
            "colours": COLOURS,
            "stacked_marks": WORDS_ALOUD,
            "stories": [_story(TITLE, with_picture=True), _story(TITLE), _story(LONG_TITLE)],
            "category": _category(),
            "photo": Photo.objects.first(),
            "attachments": [Attachment(title="Kế hoạch năm", kind="pdf", size=1_536_000, file="x")],
            "sections": SECTIONS,
            "page": NumberedPaginator(range(300), 10).page(7),
            "form": SubmissionForm(prefix="trong"),
            "wrong_form": wrong,
            "code": "7K3Q-9M2P-X",
            "poll": Poll(question="Cổng thông tin có dễ dùng không?", slug="vi-du"),
            "results": _results([182, 64, 9, 0]),
            "no_results": _results([0, 0, 0, 0]),
            "assessments": list(Assessment),
            "headlines": Headlines(
                [
                    _headline("Vượt kế hoạch", [31_555, 33_100, 35_360], [None, 32_000, 33_857]),
                    _headline("Đạt kế hoạch", [400, 410, 430], [None, 410, 430]),
                    _headline("Không đạt kế hoạch", [None, 520, 480], [None, 500, 560]),
                    _headline("Chỉ có một năm", [None, None, 777], [None, None, None]),
                ]
            ),
            "chart": charts.chart(_series("Mẫu", [31_555, 33_100, 35_360], [None, 32_000, 33_857])),
        },
    )


def _story(title: str, *, with_picture: bool = False) -> Article:
    return Article(
        title=title,
        slug="vi-du",
        lead=LEAD,
        published_at=datetime(2026, 6, 11, 8, tzinfo=timezone.get_current_timezone()),
        category=Category(name="Khuyến công", slug="khuyen-cong"),
        cover=Photo.objects.first() if with_picture else None,
    )


def _category() -> Category:
    category = Category(name="Thương mại", slug="thuong-mai")
    category.latest = [_story(TITLE, with_picture=True), _story(LONG_TITLE), _story(TITLE)]
    return category


def _results(votes: list[int]) -> PollResults:
    labels = ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng"]
    total = sum(votes)
    shares = [round(Decimal(100 * number) / total, 1) if total else None for number in votes]
    return PollResults(map(OptionResult, labels, votes, shares))


def _headline(name: str, results: list[int | None], targets: list[int | None]) -> Headline:
    return Headline(_series(name, results, targets))


def _series(name: str, results: list[int | None], targets: list[int | None]) -> list[Figure]:
    """Return the figures of three years, without those that say nothing."""
    indicator = Indicator(name=name, slug="vi-du", unit="tỷ đồng")
    territory = Territory(code="vi-du", name="Vĩnh An", full_name="tỉnh Vĩnh An")
    series = []
    for year, result, target in zip((2021, 2022, 2023), results, targets, strict=True):
        figure = Figure(
            indicator=indicator,
            territory=territory,
            year=year,
            result=None if result is None else Decimal(result),
            target=None if target is None else Decimal(target),
        )
        figure.previous = series[-1].result if series else None
        figure.previous_qualifier = ""
        series.append(figure)
    return [figure for figure in series if figure.result or figure.target]
