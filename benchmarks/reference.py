"""A bare WSGI application of 25 kB: what the same server can do at best on this machine."""

BODY = b"x" * 25_000
HEADERS = [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
