"""A client of others reads what we answer: `georeport` from PyPI, over a real port."""

import pytest
from georeport import GeoReport

from jingwei.cases.testing import a_case
from jingwei.publication.testing import published

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_services_and_requests(live_server, cast, form):
    cases = [published(a_case("filed", cast=cast)), published(a_case("closed", cast=cast))]
    client = GeoReport(f"{live_server.url}/open311/v2", output_format=form)

    services = client.get_service_list()
    definition = client.get_service_definition("0101")
    start = min(case.reported_at for case in cases).strftime("%Y-%m-%dT%H:%M:%SZ")
    listed = client.get_service_requests(start_date=start)
    one = client.get_service_request(cases[1].number)

    assert {"service_code", "service_name", "metadata", "type"} <= set(services[0])
    assert definition["service_code"] == "0101"
    assert {told["service_request_id"] for told in listed} == {case.number for case in cases}
    assert (one["service_request_id"], one["status"]) == (cases[1].number, "closed")
