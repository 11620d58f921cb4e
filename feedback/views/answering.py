"""What the forms' views have in common."""


def wants_json(request) -> bool:
    """Say whether a script asks, which shows the answer within its own page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def is_from_elsewhere(request) -> bool:
    """Say whether a page of another site, a sibling department's say, made the browser send."""
    return request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}
