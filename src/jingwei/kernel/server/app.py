"""What Granian loads in every worker process."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()  # loads Django, which the modules below need

from jingwei.kernel.server.site import Site  # noqa: E402

app = Site(application)
