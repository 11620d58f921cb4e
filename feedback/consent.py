"""
What a sender reads and agrees to before sending: purpose, readers, how long it is kept.

A submission keeps which wording it was. Another wording, another edition.
"""

from typing import NamedTuple

from django.conf import settings

EDITION = "202611"  # year and month; with the months kept it fits its column


class Point(NamedTuple):
    about: str
    says: str


def points() -> list[Point]:
    """Return what is said before sending."""
    return [
        Point("Để làm gì", "xem xét, xác minh và trả lời góp ý; không dùng vào việc khác."),
        Point(
            "Ai đọc",
            "cán bộ được giao xử lý góp ý. Nội dung thuộc thẩm quyền của cơ quan khác thì được "
            "chuyển đến cơ quan đó.",
        ),
        Point(
            "Giữ bao lâu",
            "họ tên, thông tin liên hệ, tệp gửi kèm và nội dung không đăng công khai được xóa sau "
            f"{settings.FEEDBACK_KEPT} tháng kể từ khi xử lý xong.",
        ),
        Point(
            "Đăng công khai",
            "tiêu đề, nội dung và câu trả lời có thể được đăng ở mục Hỏi đáp sau khi che dữ liệu "
            "cá nhân. Họ tên chỉ được đăng nếu ông/bà cho phép ở ô dưới cùng.",
        ),
    ]


def summary() -> str:
    """Return the same in short, where there is little room."""
    return (
        "Họ tên, thông tin liên hệ và nội dung chỉ dùng để xem xét và trả lời góp ý. Nội dung có "
        "thể được đăng ở mục Hỏi đáp sau khi che dữ liệu cá nhân. Dữ liệu cá nhân được xóa sau "
        f"{settings.FEEDBACK_KEPT} tháng kể từ khi xử lý xong."
    )


def version() -> str:
    """Return what a submission keeps: the edition and the months that it spoke of."""
    return f"{EDITION}/{settings.FEEDBACK_KEPT}"
