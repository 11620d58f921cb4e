#!/usr/bin/env python
"""Django's command line, with the embedded database running while a command does."""

import contextlib
import os
import signal
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if "runserver" in sys.argv[1:2]:
        os.environ.setdefault("PORTAL_DEBUG", "true")

    from django.conf import settings
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from portal import embedded, succession
    from portal.postgresql import cannot_connect

    # Ending by SIGTERM is an ending like any other: what was started is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    server = contextlib.nullcontext()
    if settings.EMBEDDED:
        server = embedded.running(settings.DATA, start=not succession.is_on())
    try:
        with server:
            execute_from_command_line(sys.argv)
    except embedded.EmbeddedServerError as error:
        sys.exit(f"Không chạy được: {error}.")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except OperationalError as error:
        sys.exit(cannot_connect(error))


if __name__ == "__main__":
    main()
