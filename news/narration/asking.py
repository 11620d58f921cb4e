"""Having sound made anew because staff ask for it: it failed, or sounds otherwise by now."""

from django.core.exceptions import ValidationError

from news.models import Article
from news.tasks import narrate


def make_again(article: Article, *, priority: int = 0) -> None:
    """Queue the reading aloud; raise ValidationError, in words, where none is to be made."""
    if article.state != Article.State.APPROVED:
        raise ValidationError("Bản đọc chỉ được tạo khi bài đã duyệt.")
    narration = getattr(article, "narration", None)
    if narration and narration.is_recording:
        raise ValidationError("Bài đang dùng bản ghi âm; hãy xóa bản ghi âm trước.")
    narrate.using(priority=priority).enqueue(article.pk, again=True)
