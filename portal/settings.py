"""
Settings of the portal, all from the environment (see portal/environment.py).

An unknown or unreadable setting stops the start with one sentence.
"""

import contextlib
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.utils.crypto import get_random_string

from portal import embedded
from portal.environment import SettingError, read

BASE_DIR = Path(__file__).resolve().parent.parent

try:
    ENVIRONMENT = read(os.environ, BASE_DIR / ".env")
except SettingError as error:
    sys.exit(f"Thiết lập sai: {error}.")


def _kept_secret(path: Path) -> str:
    """Return the secret in ``path``, made at first use and readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(get_random_string(64))
        # Linking fails where another process was first, so all read the same secret.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
    return path.read_text().strip()


# -- the server ------------------------------------------------------------------------

DATA = BASE_DIR / ENVIRONMENT["PORTAL_DATA"]
PORT = ENVIRONMENT["PORT"]
DEBUG = ENVIRONMENT["PORTAL_DEBUG"]
SECRET_KEY = ENVIRONMENT["PORTAL_SECRET_KEY"] or _kept_secret(DATA / "secret_key")

# Absolute links come from here, never from a request's Host header.
BASE_URL = ENVIRONMENT["PORTAL_BASE_URL"] or f"http://127.0.0.1:{PORT}"
HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname, *ENVIRONMENT["PORTAL_ALLOWED_HOSTS"]]
if not HTTPS:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
TRUSTED_PROXIES = ENVIRONMENT["PORTAL_TRUSTED_PROXIES"]

DEPARTMENT = {
    "name": ENVIRONMENT["PORTAL_DEPARTMENT"],
    "authority": ENVIRONMENT["PORTAL_AUTHORITY"],
    "address": ENVIRONMENT["PORTAL_ADDRESS"],
    "phone": ENVIRONMENT["PORTAL_PHONE"],
    "email": ENVIRONMENT["PORTAL_EMAIL"],
    "editor_in_chief": ENVIRONMENT["PORTAL_EDITOR_IN_CHIEF"],
}

# What reads articles aloud; the arguments of portal.speech.engines.chosen.
SPEECH = {
    "command": ENVIRONMENT["PORTAL_SPEECH_COMMAND"],
    "voice": ENVIRONMENT["PORTAL_VOICE"],
    "speed": ENVIRONMENT["PORTAL_SPEECH_SPEED"],
}
ANSWER_DAYS = ENVIRONMENT["PORTAL_ANSWER_DAYS"]  # working days, counted in feedback/deadlines.py
CODE_IS_ALWAYS_ASKED = ENVIRONMENT["PORTAL_CODE"]  # else only in doubt, see feedback/suspicion.py
FEEDBACK_KEPT = ENVIRONMENT["PORTAL_FEEDBACK_KEPT"]  # months, see feedback/erasure.py

INSTALLED_APPS = [
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "portal.apps.PortalStaticFilesConfig",
    "axes",
    "ckeditor",
    "django_tasks",
    "django_tasks_db",
    "portal.apps.PortalConfig",
    "news",
    "indicators",
    "feedback",
]

MIDDLEWARE = [
    "portal.security.SecurityHeadersMiddleware",
    "portal.requests.RefusalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "portal.signed_in.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.signed_in.AuthenticationMiddleware",
    "portal.signed_in.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.signed_in.AxesMiddleware",
    "portal.away.AwayMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.department",
            ],
            "builtins": ["portal.templatetags.portal"],
        },
    }
]

# -- database and background work ------------------------------------------------------

EMBEDDED = not ENVIRONMENT["DATABASE_URL"]
try:
    DATABASES = {
        "default": dj_database_url.parse(
            ENVIRONMENT["DATABASE_URL"] or embedded.database_url(DATA),
            engine="portal.postgresql",
            conn_max_age=60,
            conn_health_checks=True,
        )
    }
except ValueError:
    sys.exit("Thiết lập sai: DATABASE_URL không đọc được; xem .env.example.")
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 2  # seconds
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 0  # of those in portal/compiled.py alone
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Letters to staff; without a server none is queued.
DEFAULT_FROM_EMAIL = ENVIRONMENT["PORTAL_MAIL_FROM"] or ENVIRONMENT["PORTAL_EMAIL"]
MAIL_IS_SENT = ENVIRONMENT["PORTAL_MAIL_SERVER"] is not None
if MAIL_IS_SENT:
    _mail = ENVIRONMENT["PORTAL_MAIL_SERVER"]
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starts_tls, _mail.is_tls
    EMAIL_TIMEOUT = 20  # seconds
    if not DEFAULT_FROM_EMAIL:
        sys.exit("Thiết lập sai: PORTAL_MAIL_SERVER cần có PORTAL_MAIL_FROM hoặc PORTAL_EMAIL.")

# -- language --------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]  # words Django has no Vietnamese for

# -- files -----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "portal.staticfiles.ShippedFilesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
SNAPSHOTS = DATA / "pages"  # finished pages for the time the database is away
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.staticfiles.HashedFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# -- signing in ------------------------------------------------------------------------

LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# A name alone is never locked: that would let anybody shut an editor out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_TEMPLATE = "admin/lockout.html"
AXES_CLIENT_IP_CALLABLE = "portal.visitors.client_network"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# -- cookies, headers ------------------------------------------------------------------

SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    # Sibling departments under gov.vn are the same site; the prefix keeps their cookies out.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
CSRF_COOKIE_AGE = None  # ends with the browser
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Preloading is the province's decision: the parent domain is not the department's.
SILENCED_SYSTEM_CHECKS = [
    "security.W021",
    # CKEditor 4 gets no fixes; why each of its weaknesses is out of reach stands in
    # SECURITY.md ("The editor") and tests/portal/test_editor_fence.py.
    "ckeditor.W001",
    "axes.W002",  # its middleware is there, for signed-in pages alone (portal/signed_in.py)
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000  # the admin's inlines need more than a public form
# Without files: a text with a picture pasted into it gets to its form, which says what is wrong.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # bytes; the public is held to less (requests.py)

CKEDITOR_BASEPATH = "/static/ckeditor/ckeditor/"
CKEDITOR_CONFIGS = {
    "default": {
        "skin": "moono-lisa",
        "language": "vi",
        "applicationTitle": "Khung soạn thảo",
        "width": "100%",
        "height": 420,
        "fullPage": False,
        "versionCheck": False,
        # What is written looks as readers will see it.
        "contentsCss": ["/static/css/site.css", "/static/css/editor-content.css"],
        "bodyClass": "prose",
        "entities": False,
        "allowedContent": (
            "p h2 h3 h4 blockquote pre br hr strong em b i u s sub sup small code cite q;"
            "ul ol li dl dt dd; table caption thead tbody tfoot tr;"
            "th td[colspan,rowspan,scope]; figure figcaption;"
            "a[!href,title,target]; data[!value];"
            "img[!src,alt,width,height,data-widget]"  # while it is uploaded
        ),
        "disallowedContent": "script style iframe object embed form input; *[on*]",
        "removePlugins": (
            "scayt,wsc,exportpdf,about,iframe,forms,save,newpage,print,preview,templates,"
            "smiley,flash,image,language,bidi,font,colorbutton,colordialog,stylescombo,copyformatting"
        ),
        "extraPlugins": "image2,uploadimage",
        "clipboard_handleImages": False,  # uploadimage takes pasted pictures
        "image2_captionedClass": "",
        "format_tags": "p;h2;h3;h4;pre",
        "toolbar": [
            ["Format", "Bold", "Italic", "Underline", "Subscript", "Superscript"],
            ["NumberedList", "BulletedList", "Outdent", "Indent", "Blockquote"],
            ["Link", "Unlink", "Image", "Table", "Figure", "HorizontalRule", "SpecialChar"],
            ["PasteText", "PasteFromWord", "RemoveFormat"],
            ["Undo", "Redo", "Find", "Maximize", "Source"],
        ],
        "filebrowserUploadMethod": "xhr",
        "filebrowserImageUploadUrl": "/quan-tri/tep/tai-len/",
        "imageUploadUrl": "/quan-tri/tep/tai-len/",
        "filebrowserImageBrowseUrl": "/quan-tri/tep/",
        "figureListUrl": "/quan-tri/indicators/figure/chen/",
    }
}

SITE_ID = 1

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page refused or not found is the reader's news, not the operator's.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},  # likewise, and machines' by the thousand
    },
}
