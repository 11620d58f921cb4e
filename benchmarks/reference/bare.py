"""A WSGI application that returns what it was handed."""

from benchmarks.reference import handed_over

PAGES = {
    path: ([*headers, ("Content-Length", str(len(body)))], [body])
    for path, (headers, body) in handed_over().items()
}


def application(environ, start_response):
    headers, body = PAGES[environ["PATH_INFO"]]
    start_response("200 OK", headers)
    return body
