"""What an action on many rows of a list of the admin takes, and what it says afterwards."""

from django.contrib import messages

MOST = 200  # rows at a time: each is handled for itself
NAMED = 10  # refusals told one by one


def few_enough(request, chosen, thing: str) -> list:
    """Return what a queryset chose, or nothing, having said so, when it is too much at a time."""
    rows = list(chosen.order_by("pk")[: MOST + 1])
    if len(rows) <= MOST:
        return rows
    text = f"Mỗi lần chỉ xử lý được {MOST} {thing}; hãy chọn ít hơn hoặc lọc thêm."
    messages.error(request, text)
    return []


def tell(request, doing: str, thing: str, *, done: int, refused: list[str]) -> None:
    """Say how many were done, and which were not, each with its reason."""
    for text in refused[:NAMED]:
        messages.warning(request, f"Chưa {doing} được {text}")
    if len(refused) > NAMED:
        text = f"Còn {len(refused) - NAMED} {thing} khác chưa {doing} được."
        messages.warning(request, text)
    if done:
        messages.success(request, f"Đã {doing}: {done} {thing}.")
