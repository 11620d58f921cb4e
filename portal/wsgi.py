"""The application a WSGI server loads."""

import os

from portal.processes import before_the_end, end_with_parent

end_with_parent()  # before the rest is loaded, which takes a second

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from django.conf import settings

# A page must not wait long for a database in trouble; commands may take their time.
options = settings.DATABASES["default"]["OPTIONS"]
options["options"] = (
    "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=30s "
    + options.get("options", "")
)

handler = get_wsgi_application()

from portal import visitors
from portal.front import Front

application = Front(handler)
before_the_end(visitors.counter.flush)
