import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from jingwei.offline.assets import ASSETS, IMPORTED, assets

pytestmark = pytest.mark.django_db
IMPORT = re.compile(r'^import .* from "\.\./([^"]+)";', re.MULTILINE)


def test_every_asset_is_there():
    assert [name for name in ASSETS if finders.find(name) is None] == []


def test_what_an_asset_imports_is_kept_under_its_plain_name():
    scripts = [name for name in ASSETS if name.endswith(".js") and not name.startswith(("offline/", "django_htmx/"))]
    imported = {found for name in scripts for found in IMPORT.findall(read(name))}

    assert imported == set(IMPORTED)


def test_an_asset_without_a_telling_name_has_a_revision():
    assert all(one["revision"] for one in assets())  # under test names do not follow content


def test_worker_sees_the_whole_field_and_is_the_same_twice(client):
    answers = [client.get(reverse("field:worker")) for _ in range(2)]
    told = json.loads(answers[0].content.split(b";\n")[0].removeprefix(b"self.jingwei = "))

    assert reverse("field:worker").rpartition("/")[0] == "/field"
    assert answers[0]["Content-Type"].startswith("text/javascript")
    assert answers[0].content == answers[1].content
    assert told["shell"] == reverse("field:offline")
    assert {one["url"].partition("?")[0].removeprefix("/static/") for one in told["assets"]} == set(ASSETS)


def test_page_for_no_signal_needs_only_what_is_kept(client):
    page = client.get(reverse("field:offline"), headers={"accept-language": "en"})
    named = set(re.findall(r'(?:href|src)="/static/([^"#?]+)', page.content.decode()))

    assert "This page is not on your phone" in page.content.decode()
    assert named - set(ASSETS) == set()


@pytest.mark.parametrize(("portal", "start"), [("field", "/field/"), ("resident", "/")])
def test_manifest_begins_at_its_portal_and_its_icons_are_there(client, portal, start):
    told = json.loads(client.get(reverse(f"{portal}:manifest")).content)

    assert told["start_url"] == told["scope"] == start
    assert [finders.find(icon["src"].removeprefix("/static/")) is None for icon in told["icons"]] == [False] * 3


def read(name: str) -> str:
    return Path(finders.find(name)).read_text("utf-8")
