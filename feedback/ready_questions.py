"""Questions about a public portal as ministries ask them: five points each, ready to be added."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from feedback.models import Option, Poll


class ReadyQuestion(NamedTuple):
    slug: str  # by which it is known again
    question: str
    introduction: str
    options: tuple[str, ...]  # from five points down to one


READY = (
    ReadyQuestion(
        "muc-do-kip-thoi",
        "Thông tin trên cổng được cập nhật có kịp thời không?",
        "Tin bài, văn bản, số liệu có được đăng kịp lúc ông/bà cần không?",
        ("Rất kịp thời", "Kịp thời", "Tương đối kịp thời", "Chưa kịp thời", "Rất chậm"),
    ),
    ReadyQuestion(
        "muc-do-de-tim",
        "Ông/bà tìm thông tin trên cổng dễ hay khó?",
        "Tính cả việc dùng ô tìm kiếm, chuyên mục và các liên kết trong bài.",
        ("Rất dễ tìm", "Dễ tìm", "Bình thường", "Khó tìm", "Rất khó tìm"),
    ),
    ReadyQuestion(
        "toc-do-mo-trang",
        "Các trang của cổng mở nhanh hay chậm?",
        "Trên máy tính hoặc điện thoại ông/bà thường dùng.",
        ("Rất nhanh", "Nhanh", "Bình thường", "Chậm", "Rất chậm"),
    ),
    ReadyQuestion(
        "bo-cuc-trinh-bay",
        "Bố cục và cách trình bày của cổng có hợp lý không?",
        "Cỡ chữ, màu sắc, cách sắp xếp các mục trên trang.",
        ("Rất hợp lý", "Hợp lý", "Bình thường", "Chưa hợp lý", "Rất không hợp lý"),
    ),
)


def missing() -> list[ReadyQuestion]:
    """Return the ready questions that are not there yet."""
    known = set(Poll.objects.filter(slug__in=[one.slug for one in READY]).values_list("slug"))
    return [one for one in READY if (one.slug,) not in known]


@transaction.atomic
def add() -> list[Poll]:
    """Add the ready questions that are missing, after all others and open at once."""
    last = Poll.objects.aggregate(last=Max("position"))["last"] or 0
    added = []
    for position, ready in enumerate(missing(), last + 1):
        poll, is_new = Poll.objects.get_or_create(
            slug=ready.slug,
            defaults={
                "question": ready.question,
                "introduction": ready.introduction,
                "position": position,
            },
        )
        if is_new:
            Option.objects.bulk_create(
                Option(poll=poll, text=text, points=len(ready.options) - place, position=place)
                for place, text in enumerate(ready.options)
            )
            added.append(poll)
    return added
