"""A site with ways out that lead to this machine."""

import json

import pytest

from jingwei.kernel.public import environment
from jingwei.notices.sealing import to_base64
from jingwei.notices.testing import a_gateway, a_mail_server, a_push_service, a_text


@pytest.fixture
def settings_of_site(monkeypatch):
    """Sets what the environment says, for this test alone."""

    def say(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"JINGWEI_{name}", value)
        environment.cache_clear()

    yield say
    monkeypatch.undo()
    environment.cache_clear()


@pytest.fixture
def gateway(settings_of_site):
    with a_gateway() as there:
        place = there.url.split("/")[2]
        settings_of_site(
            SMS_GATEWAY=json.dumps({"url": there.url}), OUTGOING_HOSTS=place, SITE="https://jingwei.example.gov.cn"
        )
        yield there


@pytest.fixture
def mailbox(settings_of_site):
    with a_mail_server() as box:
        settings_of_site(
            MAIL_SERVER=f"smtp+plain://127.0.0.1:{box.port}",
            MAIL_FROM="Jingwei <notices@example.gov.cn>",
            SITE="https://jingwei.example.gov.cn",
        )
        yield box


@pytest.fixture
def push(settings_of_site):
    with a_push_service() as service:
        settings_of_site(
            PUSH_KEY=to_base64(bytes(range(1, 33))),
            OUTGOING_HOSTS=service.url.split("/")[2],
            MAIL_FROM="Jingwei <notices@example.gov.cn>",
        )
        yield service


@pytest.fixture
def news():
    with a_text() as text:
        yield text
