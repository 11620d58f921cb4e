"""What is wrong in the other fields of an article and with what belongs to it."""

from django.utils import timezone

from news.checklist.finding import Finding, Level, Place, is_shouted, quoted
from news.models import Article
from news.models.photos import says_nothing
from portal.moments import said_at

TITLE_LENGTH = 120  # characters
LEAD_LENGTH = 80  # words, as a space parts them


# -- title and lead --------------------------------------------------------------------


def title_is_long(checked):
    length = len(checked.article.title)
    if length > TITLE_LENGTH:
        yield Finding(
            f"Tiêu đề dài {length} ký tự; nên gọn trong {TITLE_LENGTH} ký tự.", Place("title")
        )


def title_is_shouted(checked):
    if is_shouted(checked.article.title):
        yield Finding("Tiêu đề viết toàn chữ in hoa, khó đọc.", Place("title"))


def text_is_missing(checked):
    if not checked.article.text_under_title():
        message = "Bài chưa có sapo và nội dung nên chưa đăng được."
        yield Finding(message, Place("lead"), Level.MUST)


def lead_is_missing(checked):
    if checked.words and not checked.article.lead.strip():
        yield Finding("Chưa có sapo: danh sách tin chỉ hiện được tiêu đề.", Place("lead"))


def lead_is_long(checked):
    words = len(checked.article.lead.split())
    if words > LEAD_LENGTH:
        yield Finding(f"Sapo dài {words} từ; nên gọn trong {LEAD_LENGTH} từ.", Place("lead"))


# -- classification, pictures, times ---------------------------------------------------


def category_is_missing(checked):
    if checked.article.category_id is None:
        yield Finding("Chưa chọn chuyên mục.", Place("category"))


def topics_are_missing(checked):
    if not checked.article.tags.all():
        yield Finding("Chưa gắn chủ đề nào.", Place("tags"))


def source_is_missing(checked):
    article = checked.article
    if not (article.byline or article.issuing_unit or article.source):
        yield Finding("Chưa ghi tác giả, đơn vị phát hành hay nguồn.", Place("byline"))


def publication_time_is_past(checked):
    article = checked.article
    is_new = article.state in {Article.State.DRAFT, Article.State.SUBMITTED}
    if is_new and article.published_at and article.published_at < timezone.now():
        yield Finding(
            f"Thời điểm đăng {said_at(article.published_at)} đã qua: bài sẽ hiện ngay; ngày ghi "
            "trên bài là thời điểm này.",
            Place("published_at"),
        )


def expiry_is_past(checked):
    expires_at = checked.article.expires_at
    if expires_at and expires_at < timezone.now():
        yield Finding("Thời điểm hết hạn đã qua: bài sẽ không hiện.", Place("expires_at"))


def cover_is_undescribed(checked):
    cover = checked.article.cover
    if cover:
        yield from _about_photo(cover, "Ảnh đại diện", Place("cover"))


def photos_are_undescribed(checked):
    for number, shown in _photos(checked.article).items():
        if shown.photo:
            yield from _about_photo(
                shown.photo, f"Ảnh kèm bài thứ {number + 1}", Place("photos", number=number)
            )


def photos_are_awaited(checked):
    for number, shown in _photos(checked.article).items():
        if shown.photo is None:
            yield Finding(
                f"Chú thích {quoted(shown.caption)} chưa có ảnh: hãy chọn ảnh hoặc xóa dòng này.",
                Place("photos", number=number),
            )


def _photos(article) -> dict:
    """Return the photos below the text, each under the number of its row in the form."""
    if article.photos_to_be is not None:
        return article.photos_to_be
    stored = article.photos.select_related("photo") if article.pk else []
    return dict(enumerate(stored))


def _about_photo(photo, name: str, place: Place):
    if photo.is_decorative:
        return
    how = "hãy mở ảnh trong thư viện ảnh rồi mô tả, hoặc đánh dấu “Ảnh trang trí”."
    if not photo.alt_text:
        yield Finding(f"{name} chưa được mô tả: {how}", place, Level.MUST)
    elif says_nothing(photo.alt_text):
        what = f"Mô tả {quoted(photo.alt_text)} của {name.lower()} không nói ảnh có gì"
        yield Finding(f"{what}: {how}", place, Level.MUST)
