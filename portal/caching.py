"""How long a page may be kept on its way to a reader."""

from django.views.decorators.cache import cache_control

# The same for everybody (no cookie, no token): kept a minute by shared caches, shown stale
# while a new copy is fetched, and for a day while the portal cannot answer.
public_page = cache_control(
    public=True, max_age=0, s_maxage=60, stale_while_revalidate=60, stale_if_error=86_400
)

# Holds something personal: a token, a code, somebody's message.
personal_page = cache_control(private=True, no_store=True)
