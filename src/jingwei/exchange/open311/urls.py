"""Addresses of Open311, as GeoReport v2 and the update extension have them."""

from django.urls import path, register_converter

from jingwei.exchange.open311 import web


class Form:
    """`xml` or `json`; there is nothing else."""

    regex = "xml|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Word(Form):
    """A code, number or token: what stands before the last point."""

    regex = r"[A-Za-z0-9_-]{1,64}"


register_converter(Form, "open311_form")
register_converter(Word, "open311_word")

app_name = "open311"
urlpatterns = [
    path("discovery.<open311_form:form>", web.discovery, name="discovery"),
    path("v2/discovery.<open311_form:form>", web.discovery, name="discovery-v2"),
    path("v2/services.<open311_form:form>", web.services, name="services"),
    path("v2/services/<open311_word:code>.<open311_form:form>", web.service, name="service"),
    path("v2/requests.<open311_form:form>", web.requests, name="requests"),
    path("v2/requests/<open311_word:number>.<open311_form:form>", web.one_request, name="request"),
    path("v2/tokens/<open311_word:token>.<open311_form:form>", web.token, name="token"),
    path("v2/servicerequestupdates.<open311_form:form>", web.updates, name="updates"),
]
