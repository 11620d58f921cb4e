"""
Response headers that fence the pages in.

The policy has the shape of Django 6's ``SECURE_CSP`` and ``csp_override``, so that moving
there deletes this module. There are no nonces: they do not go with kept pages.
"""

from functools import wraps

from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "media-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

# CKEditor 4 runs inline scripts and styles in its own frame; only the pages that hold the
# editor get this (tests/portal/test_security_headers.py lists them).
EDITOR_CSP = SECURE_CSP | {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}

# A chart made to be shown by other sites, and the only page that may be: it runs and sends nothing.
EMBED_CSP = SECURE_CSP | {
    "script-src": ["'none'"],
    "connect-src": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}

MEDIA_CSP = {"default-src": ["'none'"], "sandbox": [], "frame-ancestors": ["'none'"]}

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def shown_in_frames(view):
    """Let other sites show a view's page in a frame, and nothing be done in it but reading."""

    @wraps(view)
    def wrapped(*args, **kwargs):
        response = view(*args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return xframe_options_exempt(csp_override(EMBED_CSP)(wrapped))


def csp_override(policy: dict[str, list[str]]):
    """Give a view's responses another policy than SECURE_CSP."""

    def decorate(view):
        @wraps(view)
        def wrapped(*args, **kwargs):
            response = view(*args, **kwargs)
            response.csp_policy = policy
            return response

        return wrapped

    return decorate


def header_value(policy: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([directive, *sources]) for directive, sources in policy.items())


class SecurityHeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.usual = HEADERS | {"Content-Security-Policy": header_value(SECURE_CSP)}

    def __call__(self, request) -> HttpResponse:
        response = self.get_response(request)
        if policy := getattr(response, "csp_policy", None):
            response.headers.setdefault("Content-Security-Policy", header_value(policy))
        for name, value in self.usual.items():
            response.headers.setdefault(name, value)
        return response
