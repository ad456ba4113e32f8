"""Settings: everything that differs between installations comes from the environment."""

import secrets
from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from samrad import __version__
from samrad.core.embedded import database_urls

env = environ.Env()

SRC = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("SAMRAD_DATA", default=".samrad")).resolve()
DEMO = env.bool("SAMRAD_DEMO", default=False)
VERSION = __version__
DEBUG = env.bool("SAMRAD_DEBUG", default=False)


def _secret_key() -> str:
    """One key for each data directory, made at the first start and kept beside the data."""
    given = str(env.str("SAMRAD_SECRET_KEY", default=""))
    if given:
        return given
    path = DATA_DIR / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(64)
        try:
            with path.open("x") as f:
                path.chmod(0o600)
                f.write(key)
        except FileExistsError:
            return path.read_text()
        return key


SECRET_KEY = _secret_key()
BASE_URL = env.str("SAMRAD_BASE_URL", default="http://127.0.0.1:8000")
SECURE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("SAMRAD_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []

# Rooms in process order, later first: a room may import only those below it (ARCHITECTURE.md).
ROOMS = [
    "overview",
    "archive",
    "portfolio",
    "benefits",
    "council",
    "secretariat",
    "anchoring",
    "cases",
    "initiatives",
    "systems",
    "strategy",
    "governance",
    "documents",
    "organisation",
    "eventlog",
    "core",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_filters",
    "csp",
    "procrastinate.contrib.django",
    *(f"samrad.{room}" for room in ROOMS),
    "samrad.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samrad.organisation.middleware.ActingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samrad.organisation.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "samrad.config.urls"
WSGI_APPLICATION = "samrad.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samrad.organisation.context.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "samrad.core.templatetags.samrad",
            ],
        },
    }
]

# Two roles on one database: the application role, which row security binds, and the owner, which migrates.
_app_url, _owner_url = database_urls(DATA_DIR)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **environ.Env.db_url_config(env.str("DATABASE_URL", default=_app_url)),
        "ENGINE": "django.db.backends.postgresql",
        # Whose rows are let through is set for one transaction at a time, so a connection can be kept.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIRROR": "owner"},
    },
    "owner": {
        **environ.Env.db_url_config(env.str("SAMRAD_OWNER_URL", default=_owner_url)),
        "ENGINE": "django.db.backends.postgresql",
        "TEST": {"DEPENDENCIES": []},
    },
}
APPLICATION_ROLE = DATABASES["default"]["USER"]
DATABASE_ROUTERS = ["samrad.core.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisation.Account"
AUTHENTICATION_BACKENDS = ["samrad.organisation.middleware.AccountBackend"]
LOGIN_URL = "organisation:sign_in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "samrad.core.views.csrf_failed"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["samrad.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILES_DIR = DATA_DIR / "files"
# Folders outside the data directory that a records manager may let documents be filed to.
ARCHIVE_FOLDERS: list[str] = env.list("SAMRAD_ARCHIVE_FOLDERS", default=[])
MAX_UPLOAD_BYTES = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

DEFAULT_FROM_EMAIL = env.str("SAMRAD_MAIL_FROM", default="samrad@localhost")
# No mail server named: mail is written to files one can read, never lost without a trace.
_mail = env.str("SAMRAD_MAIL_URL", default="")
if _mail:
    EMAIL_CONFIG = env.email_url_config(_mail)
    vars().update(EMAIL_CONFIG)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")

PROCRASTINATE_ON_APP_READY = "samrad.config.worker.on_app_ready"
PROCRASTINATE_DATABASE_ALIAS = "default"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {
        "handlers": ["console"],
        "level": env.str("SAMRAD_LOG_LEVEL", default="WARNING"),
    },
}
