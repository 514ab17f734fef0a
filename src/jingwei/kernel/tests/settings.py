"""Settings of the processes that the kernel's tests start: the kernel alone, with the sample fact and pages."""

from jingwei.kernel.environment import environment

env = environment()
SECRET_KEY = env.secret_key
ALLOWED_HOSTS = list(env.allowed_hosts)
DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "procrastinate.contrib.django",
    "jingwei.kernel",
    "jingwei.kernel.tests.apps.LampsConfig",
]
MIDDLEWARE = ["jingwei.kernel.watch.middleware.WatchMiddleware"]
ROOT_URLCONF = "jingwei.kernel.tests.urls"
USE_TZ = True
LOGGING_CONFIG = None
