"""All settings. What differs between machines comes from the environment (django-environ; `.env` is read)."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from liaison.tools.secrets import FILE, NAMES, demo_secrets, has_demo_secrets

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

# The demo may make its own secrets, which every later command on it finds; everybody else must bring them.
IS_DEMO = sys.argv[1:2] == ["demo"]
SHOWS_DEMO_DATA = IS_DEMO or has_demo_secrets(VAR_DIR)
if SHOWS_DEMO_DATA:
    for name, value in demo_secrets(VAR_DIR).items():
        os.environ.setdefault(name, value)


SECRET_FILES = [BASE_DIR / ".env", VAR_DIR / FILE]  # where they may stand; nobody else may read them
SECRETS = {name: env(name, default="") for name in NAMES}
if missing := [name for name, value in SECRETS.items() if len(value) < 32]:
    raise ImproperlyConfigured(
        f"{'、'.join(missing)} 没有设置，或者不足32个字符，系统不能启动。请在环境变量或 .env 中写入随机字符串，"
        f"例如运行 python3 -c 'import secrets; print(secrets.token_hex(32))' 的结果。"
    )
SECRET_KEY = SECRETS["SECRET_KEY"]
FIELD_KEY = SECRETS["FIELD_KEY"]
RECEIPT_KEY = SECRETS["RECEIPT_KEY"]
AUDIT_KEY = SECRETS["AUDIT_KEY"]
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = urlsplit(SITE_URL).scheme == "https"
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)  # proxies of our own in front of us
DIVISION_CODE = env("DIVISION_CODE", default="")
BOUNDARY_FILE = env("BOUNDARY_FILE", default="")  # GeoJSON of the operator's own, drawn on the page of coverage
BOUNDARY_APPROVAL = env("BOUNDARY_APPROVAL", default="")  # its approval number (审图号), without which it is not shown
ORGANISATION_NAME = env("ORGANISATION_NAME", default="")

INSTALLED_APPS = [
    "liaison.tools.apps.OneAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    # ground
    "liaison.keys",
    "liaison.divisions",
    "liaison.organisations",
    "liaison.audit",
    "liaison.accounts",
    "liaison.rulebook",
    "liaison.notices",
    "liaison.remarks",
    # subjects
    "representatives",
    "stations.register",
    "stations.receptions",
    "stations.visits",
    "stations.eight_haves",
    "stations.assessment",
    "feedback.submissions",
    "feedback.handling",
    "feedback.opinions",
    "feedback.proposals",
    # roof
    "liaison.duty",
    "liaison.public",
    "liaison.dashboard",
    "liaison.demo",
    "liaison",
]

MIDDLEWARE = [
    # Those that put headers on stand first, so that static files and refusals carry them too.
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "liaison.tools.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "liaison.tools.guard.Guard",
    "liaison.tools.preferences.Preferences",
    "liaison.views.WithWords",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "stations.visits.draft_pages.KeptTyping",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "liaison.accounts.duties.Duties",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "liaison.urls"
# No WSGI_APPLICATION: runserver (the demo) checks the environment itself; gunicorn comes in by liaison.wsgi.
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
                "liaison.rulebook.office.office",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
POSTGRESQL = {
    "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "options": "-c statement_timeout=30000",
}


def database(variable: str, file: str) -> dict:
    """The database a variable names; without it, an embedded one of its own under var/."""
    config = env.db_url(variable, default=f"sqlite:///{VAR_DIR / file}")
    if config["ENGINE"].endswith("sqlite3"):
        Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        return config | {"OPTIONS": SQLITE}
    return config | {"OPTIONS": config.get("OPTIONS", {}) | POSTGRESQL, "CONN_HEALTH_CHECKS": True}


DATABASES = {
    "default": database("DATABASE_URL", "liaison.sqlite3"),
    "keys": database("KEYS_DATABASE_URL", "keys.sqlite3"),
}
DATABASE_ROUTERS = ["liaison.keys.router.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The haves are worked out by functions of these modules, whichever room they stand in.
EIGHT_HAVES_MEASURES = ["stations.eight_haves.measures", "feedback.opinions.measures", "feedback.proposals.measures"]
# What a station's inspection binder holds beside its scorecard.
BINDER_SECTIONS = ["feedback.opinions.binder"]

AUTH_USER_MODEL = "accounts.User"
# Whoever has guessed too often is refused before any password is looked at; who may do what is asked of roles.py.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "liaison.accounts.backends.RoleBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "entrance"
LOGOUT_REDIRECT_URL = "account_login"

SECOND_FACTOR = env("SECOND_FACTOR", default="off" if SHOWS_DEMO_DATA else "optional")
PASSWORD_PROFILE = env("PASSWORD_PROFILE", default="default")
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=120)
for name, value, known in (
    ("SECOND_FACTOR", SECOND_FACTOR, ("off", "optional", "required")),
    ("PASSWORD_PROFILE", PASSWORD_PROFILE, ("default", "mlps")),
):
    if value not in known:
        raise ImproperlyConfigured(f"{name} 只能是 {'、'.join(known)} 之一，现在是“{value}”，系统不能启动。")

PASSWORD_HASHERS = [
    "liaison.accounts.passwords.ModestArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # hashes made before, made anew at the next sign-in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "liaison.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "liaison.accounts.passwords.NotOurWords"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "liaison.accounts.passwords.MixedClasses"},
]

ACCOUNT_ADAPTER = "liaison.accounts.adapters.Door"
ACCOUNT_FORMS = {
    "login": "liaison.accounts.forms.SignInForm",
    "change_password": "liaison.accounts.forms.NewPasswordForm",
    "reauthenticate": "liaison.accounts.forms.AgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # computers in offices are shared: the session ends with the browser
ACCOUNT_RATE_LIMITS = False  # its locks are per account, so that a stranger could shut an owner out; axes counts
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # of all other sessions, not of this one
MFA_ADAPTER = "liaison.accounts.adapters.Factors"
MFA_FORMS = {
    "authenticate": "liaison.accounts.forms.CodeForm",
    "reauthenticate": "liaison.accounts.forms.CodeAgainForm",
    "activate_totp": "liaison.accounts.forms.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off

AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # never the account alone: a stranger could shut its owner out
AXES_CLIENT_IP_CALLABLE = "liaison.accounts.network.network_of"
AXES_FAILURE_LIMIT = "liaison.accounts.guessing.tries"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "liaison.accounts.guessing.refused"
AXES_ENABLE_ADMIN = False  # its pages know no scope; the trail tells the auditor
AXES_VERBOSE = False

LANGUAGE_CODE = env("LANGUAGE_CODE", default="zh-hans")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "liaison" / "locale"]
TIME_ZONE = env("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True  # an embedded demo needs no collectstatic
WHITENOISE_ALLOW_ALL_ORIGINS = False  # else it would invite every site to read them
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "liaison.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = False  # the proxy in front does it, so that probes on loopback still answer
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # the proxy redirects (see SECURE_SSL_REDIRECT)
    "security.W021",  # the browsers' preload list is the operator's to ask for: it cannot be taken back
]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = {name: [] for name in ("camera", "microphone", "geolocation", "payment", "usb")}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": env("API_RATE", default="120/min"), "user": env("API_RATE", default="600/min")},
    "NUM_PROXIES": TRUSTED_PROXY_COUNT,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Liaison",
    "DESCRIPTION": "人大代表联络站：联络站、人大代表、接待日、公开的办理结果，以及按权限查看的统计数字。只读。",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
