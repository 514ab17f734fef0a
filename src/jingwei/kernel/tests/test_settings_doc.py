"""The page about settings."""

from dataclasses import fields

import pytest
from django.core.management import CommandError, call_command

from jingwei.kernel import settings_doc
from jingwei.kernel.environment import Environment
from jingwei.kernel.management.commands import write_settings_doc


@pytest.fixture
def page(tmp_path, monkeypatch):
    path = tmp_path / "operate" / "settings.md"
    monkeypatch.setattr(write_settings_doc, "PAGE", path)
    return path


def test_page_names_every_setting_once(page):
    call_command("write_settings_doc")

    text = page.read_text(encoding="utf-8")
    assert all(text.count(f"| `{item.metadata['name']}` |") == 1 for item in fields(Environment))
    assert "| `JINGWEI_TIME_ZONE` | The district's time zone. | `Asia/Shanghai` |" in text


def test_page_that_is_out_of_date_fails_the_check(page):
    with pytest.raises(CommandError, match="out of date"):
        call_command("write_settings_doc", "--check")
    call_command("write_settings_doc")
    call_command("write_settings_doc", "--check")
    page.write_text("# Settings\n", encoding="utf-8")
    with pytest.raises(CommandError, match="out of date"):
        call_command("write_settings_doc", "--check")


def test_page_in_the_repository_is_where_it_is_looked_for():
    assert settings_doc.PAGE.exists()
