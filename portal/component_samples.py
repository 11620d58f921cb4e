"""
What the page of all components shows: made in memory, never stored.

Samples have no pages of their own; their links lead to the section they stand in.
"""

from datetime import date, datetime
from decimal import Decimal
from itertools import cycle

from django.urls import reverse
from django.utils import timezone

from feedback import challenge
from feedback.forms import SubmissionForm
from feedback.models import MonthResult, Opinion, Option, Poll, PollResults, Submission
from feedback.promises import Course, Promises, Record
from feedback.promises import Month as PromisedMonth
from feedback.standing import Standing, Step
from feedback.working_days import WorkingDays
from indicators.formulas import Direction
from indicators.headlines import Headline, Headlines
from indicators.models import (
    Figure,
    Indicator,
    IndicatorGroup,
    Revision,
    SeriesBreak,
    Territory,
)
from indicators.scoreboard import Board
from indicators.series import Series
from indicators.side_by_side import Table
from indicators.sources import Row, Source
from news.archive import Month, Year
from news.listening import Track
from news.models import Article, Category, Correction, Tag
from news.previews import About
from portal import search_views
from portal.models import Notice
from portal.search.marking import Marker
from portal.search.occurrences import Abbreviations
from portal.search.queries import parse

TITLE = "Sở Công Thương tập huấn thương mại điện tử cho hợp tác xã"
LONG_TITLE = (
    "Tập huấn nâng cao năng lực quản lý, ứng dụng thương mại điện tử và chuyển đổi số cho cơ sở "
    "công nghiệp nông thôn, hợp tác xã, làng nghề truyền thống trên địa bàn các xã ven năm 2026"
)
LEAD = "Trong ba ngày, 85 học viên học cách tính giá thành, viết mô tả và chụp ảnh sản phẩm."
STACKED_MARKS = "Ữ Ặ Ỗ Ẩ Ễ Ợ – Tỷ lệ hộ sử dụng điện đạt 99,61%, vượt kế hoạch"
RICH_TEXT = f"""
<h2>{STACKED_MARKS}</h2>
<h3>{STACKED_MARKS}</h3>
<p>{STACKED_MARKS}, <a href="#mau-chu">một liên kết</a>, <strong>chữ đậm</strong>,
<small>chữ nhỏ</small>.</p>
<ul><li>Mục thứ nhất</li><li>Mục thứ hai</li></ul>
<blockquote><p>{STACKED_MARKS}</p></blockquote>
<table><caption>Bảng trong bài viết</caption>
<thead><tr><th scope="col">Xã</th><th scope="col">Số hộ</th></tr></thead>
<tbody><tr><th scope="row">An Bình</th><td>1.250</td></tr></tbody></table>
"""
ANSWERS = ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng"]


def _linked(sample, section):
    sample.get_absolute_url = lambda: f"#{section}"
    return sample


def _day(day):
    return datetime(2026, 6, day, 8, tzinfo=timezone.get_current_timezone())


# -- news ------------------------------------------------------------------------------


def preview() -> About:
    """Return what stands above a preview of a form that has a mistake."""
    note = "Nội dung đang sửa, chưa lưu. Chỉ người có quyền mới thấy."
    return About(note, ("Tiêu đề: Vui lòng điền mục này.",), "#nut")


def categories() -> list[Category]:
    names = ["Khuyến công", "Công nghiệp", "Thương mại", "Năng lượng"]
    return [_linked(Category(name=name), "tim-duong") for name in names]


def stories(photo) -> list[Article]:
    """Return a story with its picture, one without, one whose title is long."""
    shared = {"lead": LEAD, "published_at": _day(11), "category": Category(name="Khuyến công")}
    covers = [(TITLE, photo), (TITLE, None), (LONG_TITLE, None)]
    return [_linked(Article(title=title, cover=cover, **shared), "tin") for title, cover in covers]


def search_rows(articles: list[Article]) -> list[search_views.Row]:
    """Return articles as a search for «tập huấn» shows them."""
    marker = Marker(parse("tập huấn"), Abbreviations([]))
    return [
        search_views.Row(
            kind="Tin bài",
            url=article.get_absolute_url(),
            title=marker.highlight(article.title),
            excerpt=marker.excerpt(article.lead),
            article=article,
        )
        for article in articles
    ]


def category_news(articles: list[Article]) -> Category:
    category = _linked(Category(name="Thương mại", slug="mau"), "tin")
    category.latest = articles
    return category


def corrections() -> list[Correction]:
    texts = ["Số hộ được hỗ trợ là 85, không phải 58.", "Hạn nộp hồ sơ là ngày 30 tháng 9."]
    return [Correction(text=text, made_at=_day(13 - n)) for n, text in enumerate(texts)]


def tags() -> list[Tag]:
    names = ["Khuyến công", "Chuyển đổi số", "Thương mại điện tử"]
    return [_linked(Tag(name=name), "quanh-bai") for name in names]


def archive_year() -> Year:
    return Year(2026, [Month(date(2026, month, 1), 40 * month) for month in (11, 10, 9, 7)])


def most_read(articles: list[Article]) -> list[Article]:
    for place, article in enumerate(articles):
        article.views = 12_500 - 4_321 * place
    return articles


def notices() -> list[Notice]:
    text = "Cổng tạm dừng để bảo trì từ 22 giờ đến 24 giờ ngày 13/6/2026."
    return [Notice(text=text), Notice(text="Sở nghỉ Quốc khánh từ ngày 2/9 đến hết ngày 3/9.")]


def attachments() -> list[dict]:
    """Return a file that every portal has: the map of its addresses."""
    return [
        {
            "title": "Sơ đồ cổng",
            "kind": "xml",
            "size": 12_000,
            "address": reverse("sitemap"),
        }
    ]


def narration() -> dict:
    """Return a sound that needs no article: a confirmation code read aloud."""
    return {"duration": 12, "address": challenge_parts()["sound"]}


def tracks() -> list[Track]:
    """Return what a list that is listened to shows."""
    return [Track(article, narration(), 12_000) for article in stories(None)]


# -- indicators ------------------------------------------------------------------------


def headlines() -> Headlines:
    """Return a card for each assessment, the first with a plan for the year after, one old."""
    cards = {
        "Vượt kế hoạch": [(33_100, 32_000), (35_360, 33_857), (None, 38_000)],
        "Đạt kế hoạch": [(410, 400), (430, 430)],
        "Không đạt kế hoạch": [(520, 500), (480, 560)],
        "Chỉ có một năm": [(None, None), (777, None)],
    }
    home = _territory("trang-chu", "tỉnh Vĩnh An")
    series = [_years(_indicator(name), home, 2022, years) for name, years in cards.items()]
    series.append(_years(_indicator("Đã lâu chưa có số mới"), home, 2012, [(777, None)]))
    return Headlines([Headline(figures) for figures in series])


def board() -> Board:
    """Return a year's table with every assessment and every remark a line can have."""
    home = _territory("bang-nam", "tỉnh Vĩnh An")
    judged, others = IndicatorGroup(name="Có đánh giá"), IndicatorGroup(name="Chưa có đánh giá")

    def line(group, name, *numbers, direction=Direction.HIGHER, **fields):
        indicator = _indicator(name, group=group, direction=direction)
        return _figure(indicator, home, 2023, *numbers, **fields)

    figures = [
        line(judged, "Kế hoạch suy ra", 35_360, 33_857, before=31_555, target_is_derived=True),
        line(judged, "Tỷ lệ của nguồn không khớp", 430, 430, before=400, stated_growth=Decimal(9)),
        line(judged, "Số sơ bộ", 480, 560, before=520, stage=Figure.Stage.PRELIMINARY),
        line(judged, "Càng thấp càng tốt", 12, 10, before=11, direction=Direction.LOWER),
        line(judged, "Kế hoạch là một khoảng", 78, 75, 80, before=70),
        line(others, "Chưa có kết quả", None, 120),
        line(others, "Chưa giao kế hoạch", 777, None, before=750),
        line(others, "Không đánh giá", 50, 45, before=40, direction=Direction.NONE),
    ]
    return Board(home, 2023, _with_sources(figures), sources(), planned_next=3)


def side_by_side() -> Table:
    """Return years side by side: a break, a derived plan, a year left out, numbers too long."""
    home = _territory("nhieu-nam", "tỉnh Vĩnh An, nhiều năm")
    value = _indicator("Giá trị sản xuất", group=IndicatorGroup(name="Công nghiệp"))
    figures = _years(value, home, 2022, [(33_100, 32_000), (31_000, 33_857), (None, 98_000)])
    figures[1].target_is_derived = True
    turnover = _indicator("Doanh thu, số rất dài", group=IndicatorGroup(name="Thương mại"))
    long = Decimal("1234567890.1234")
    figures += _years(turnover, home, 2022, [(long, long), (long + 9, long), (None, long)])
    return Table(home, figures, [_merger(2024)])


def series() -> list[Series]:
    """Return what makes each kind of chart: bars; many years, a gap, ranges; points, a break."""
    value, share = _indicator("Giá trị sản xuất"), _indicator("Tỷ lệ hộ có điện", unit="%")
    early = [(20_100 + 900 * n, 20_400 + 880 * n) for n in range(5)]
    late = [(25_300, 25_000, 26_500), (24_900, 26_000, 27_500), (27_100, None), (28_000, 27_900)]
    kinds = [
        ("cột và vạch kế hoạch", value, 2022, [(33_100, 32_000), (35_360, 33_857), (None, 38_000)]),
        ("nhiều năm, có năm khuyết", value, 2014, [*early, (None, None), *late]),
        ("điểm, trục không từ 0", share, 2021, [("97.1", 97), ("97.9", "98.5"), ("99.2", 99)]),
    ]
    found = []
    for number, (title, indicator, first, years) in enumerate(kinds, 1):
        territory = _territory(f"chuoi-{number}", title)
        rows = _with_sources(_years(indicator, territory, first, years))
        found.append(Series(territory, rows, [_merger(2023)] if indicator is share else []))
    broken = found[-1].figures[-1]
    broken.previous, broken.break_reason = None, _merger(2023).reason
    remarkable = found[0].latest
    _revise(remarkable, result=Decimal(35_000), stage=Figure.Stage.ESTIMATED)
    remarkable.stated_growth, remarkable.note = Decimal("8.5"), "Nguồn tính theo giá so sánh."
    return found


def quoted() -> list[tuple[str, list[Figure]]]:
    """Return figures as an article quotes them, under the place and year they are of."""
    return [("Vĩnh An, năm 2023", board().figures[:3])]


def sources() -> list[Source]:
    article = _linked(Article(title=TITLE, published_at=_day(11)), "tin")
    return [Source(1, article, "Báo cáo năm 2023"), Source(2, None, "Niên giám thống kê 2023")]


def _merger(year):
    return SeriesBreak(year=year, reason="hợp nhất hai tỉnh")


def _revise(figure, **earlier):
    """Give the figure an earlier statement, as the database would."""
    revision = Revision(updated_at=_day(2), replaced_at=_day(8), **earlier)
    figure._prefetched_objects_cache["revisions"] = [revision]


def _with_sources(figures):
    return [Row(*row) for row in zip(figures, cycle([*sources(), None]), strict=False)]


def _territory(code, full_name):
    return Territory(code=code, name="Vĩnh An", full_name=full_name)


def _indicator(name, unit="tỷ đồng", **fields):
    return _linked(Indicator(name=name, unit=unit, **fields), "bang")


def _years(indicator, territory, first, years):
    """Return the figures of (result, target, upper target) a year, without the empty ones."""
    befores = [None, *(result for result, *_ in years)]
    return [
        _figure(indicator, territory, first + place, *numbers, before=befores[place])
        for place, numbers in enumerate(years)
        if any(numbers)
    ]


def _figure(indicator, territory, year, result, target, upper=None, *, before=None, **fields):
    """Return a figure with the result of the year before; None is what is not known."""
    numbers = (result, target, upper, before)
    result, target, upper, before = (n if n is None else Decimal(n) for n in numbers)
    fields |= {"result": result, "target": target, "target_upper": upper}
    figure = Figure(indicator=indicator, territory=territory, year=year, **fields)
    figure.previous, figure.previous_qualifier, figure.break_reason = before, "", None
    # It has no revisions, which are only asked of what was stored.
    figure.pk, figure._prefetched_objects_cache = year, {"revisions": []}
    return figure


# -- feedback --------------------------------------------------------------------------


def wrong_form() -> SubmissionForm:
    form = SubmissionForm({"sai-title": TITLE, "sai-consent": "on"}, prefix="sai")
    form.is_valid()
    return form


def challenge_parts() -> dict:
    """Return picture and sound of a code; nothing is kept until one is answered."""
    token = challenge.issue()
    return {
        part: reverse(f"feedback:challenge-{part}", args=[token]) for part in ("image", "sound")
    }


def submission() -> Submission:
    """Return what a citizen asked and the answer."""
    return Submission(
        code="7K3QWZ9HPT",
        title="Thời gian tiếp nhận hồ sơ khuyến công",
        content="Cơ sở của tôi muốn đổi mới máy móc.\n\nXin cho biết hạn nộp hồ sơ năm nay.",
        state=Submission.State.ANSWERED,
        received_at=_day(9),
        answer="Hồ sơ được tiếp nhận đến hết ngày 30 tháng 9.",
        answered_at=_day(11),
    )


def standing() -> Standing:
    """Return where a submission stands that was answered late, as its sender sees it."""
    steps = [
        Step(_day(9), "Đã nhận góp ý"),
        Step(_day(10), "Đã gia hạn trả lời đến ngày 02/07/2026", "Chờ hướng dẫn của Bộ."),
        Step(_day(11), "Đã trả lời"),
    ]
    return Standing(submission(), steps, ["don-dang-ky.pdf"], today=date(2026, 7, 7))


def promises() -> Promises:
    """Return three months of promises: one running, one kept, one with nothing received."""
    today, calendar = date(2026, 6, 30), WorkingDays()
    begun = [
        Course(date(2026, 6, 2), date(2026, 6, 23), date(2026, 6, 9)),
        Course(date(2026, 6, 4), date(2026, 6, 25), None),
        Course(date(2026, 6, 22), date(2026, 7, 13), None),
    ]
    kept = [Course(date(2026, 5, 4), date(2026, 5, 25), date(2026, 5, 12))]
    months = zip((6, 5, 4), (begun, kept, []), strict=True)
    return Promises(
        whole=Record(begun + kept, today, calendar),
        months=[
            PromisedMonth(date(2026, month, 1), Record(courses, today, calendar), month < 6, room=3)
            for month, courses in months
        ],
        altogether=41,
        oldest_open=date(2026, 6, 4),
        today=today,
        calendar=calendar,
    )


def polls() -> list[Poll]:
    """Return a question as it is asked, and one that was sent without a choice."""
    question = "Ông/bà thấy cổng thông tin có dễ dùng không?"
    introduction = "Chọn một phương án gần nhất với ý kiến của ông/bà."
    return [
        Poll(question=question, introduction=introduction, slug=slug) for slug in ("hoi", "nhac")
    ]


def options(first: int) -> list[Option]:
    """Return the options of a question, numbered from ``first``: ids are unique in the page."""
    return [Option(pk=number, text=answer) for number, answer in enumerate(ANSWERS, first)]


def results(*votes: int, points=(None,) * 4, **apart: int) -> PollResults:
    return PollResults.of(zip(ANSWERS, points, votes, strict=True), **apart)


def months(points=(None,) * 4) -> list[MonthResult]:
    """Return three months of results, one without a ballot."""
    counted = [(82, 30, 4, 0), (0, 0, 0, 0), (100, 34, 5, 0)]
    return [
        MonthResult(date(2026, month, 1), results(*votes, points=points))
        for month, votes in zip((9, 8, 7), counted, strict=True)
    ]


def opinion() -> Opinion:
    """Return what a reader said of an article."""
    return Opinion(is_helpful=False, remark="Chưa thấy nêu hạn nộp hồ sơ.")
