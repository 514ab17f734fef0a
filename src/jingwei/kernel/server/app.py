"""What Granian loads in every worker process."""

import gc

gc.disable()  # what is loaded here stays: to look for garbage meanwhile would only make the start longer

from importlib import import_module  # noqa: E402

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()  # loads Django, which the modules below need

from jingwei.kernel.server.site import Site  # noqa: E402

app = Site(application)
import_module(settings.ROOT_URLCONF)  # now, and not while the first visitor waits
gc.freeze()
gc.enable()
