"""Django's settings, all derived from `environment.py`, the one typed place that reads the environment."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jingwei.kernel.environment import environment

env = environment()
ROOT = Path(__file__).resolve().parents[3]

DEBUG = env.debug
SECRET_KEY = env.secret_key
ALLOWED_HOSTS = list(env.allowed_hosts)
DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "jingwei.kernel",
    "jingwei.ui",
    "jingwei.places",
    "jingwei.people",
    "jingwei.calendars",
    "jingwei.notices",
    "jingwei.attachments",
    "jingwei.offline",
    "jingwei.cases",
    "jingwei.cases.routing",
    "jingwei.conversations",
    "jingwei.publication",
    "jingwei.counter",
    "jingwei.mediation",
    "jingwei.worklists",
    "jingwei.repeats",
    "jingwei.emergency",
    "jingwei.exchange.records",
    "jingwei.exchange.configuration",
    "jingwei.exchange.open311",
    "jingwei.exchange.webhooks",
    "jingwei.portals",
    "jingwei.demo",
]

MIDDLEWARE = [
    "jingwei.kernel.watch.middleware.WatchMiddleware",
    "jingwei.kernel.watch.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jingwei.people.web.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "jingwei.people.web.middleware.MemberMiddleware",
    "jingwei.people.web.floods.FloodMiddleware",
    "jingwei.offline.queued.QueuedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jingwei.ui.middleware.ErrorMiddleware",
]

ROOT_URLCONF = "jingwei.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "jingwei.ui.context.page",
            ],
            "builtins": ["jingwei.ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["jingwei.people.signin.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "portals:start"
SESSION_ENGINE = "jingwei.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = env.https
CSRF_COOKIE_SECURE = env.https
CSRF_FAILURE_VIEW = "jingwei.ui.errors.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 7 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
TIME_ZONE = env.time_zone
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = env.home / "static"
MEDIA_ROOT = env.home / "attachments"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.static_storage},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
        "report-uri": ["/policy-reports/"],
        "report-to": ["policy"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if env.https else 0

LOGGING_CONFIG = None
