"""What the forms' views have in common."""


def wants_json(request) -> bool:
    """Say whether a script asks, which shows the answer within its own page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
