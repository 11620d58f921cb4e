"""How staff are called on the pages of the admin."""


def name_of(user) -> str:
    """Return somebody's name in the Vietnamese order; the name to sign in with if none is known."""
    if user is None:
        return "Không rõ"
    return f"{user.last_name} {user.first_name}".strip() or user.get_username()
