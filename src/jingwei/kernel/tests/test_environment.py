"""Settings from outside: defaults, nonsense, and what must not be."""

from base64 import b64encode

import pytest
from django.core.exceptions import ImproperlyConfigured

from jingwei.kernel.environment import OPEN_RING, read_environment
from jingwei.kernel.readers import OPEN_SECRET

SECRET = "s" * 40
FIELD_KEY = b64encode(b"f" * 32).decode()


def read(**given: str):
    known = {"SECRET_KEY": SECRET, "FIELD_KEYS": f"a:{FIELD_KEY}", **given}
    return read_environment({f"JINGWEI_{name}": value for name, value in known.items()})


def test_nothing_set_is_a_site_of_ones_own_machine():
    env = read(ALLOWED_HOSTS="")

    assert (env.debug, env.is_demo, env.https, env.sms_sender) == (False, False, False, "none")
    assert env.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert env.static_storage == "whitenoise.storage.CompressedManifestStaticFilesStorage"


HTTP_PROVIDER = (
    '[{"key": "g", "label": "", "label_en": "", "issuer": "http://127.0.0.1:9", "client_id": "", "client_secret": ""}]'
)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "perhaps", "JINGWEI_DEBUG 'perhaps' cannot be used: say 1 or 0."),
        ("TIME_ZONE", "Wuhan", "JINGWEI_TIME_ZONE 'Wuhan' cannot be used: say a time zone of the IANA list"),
        ("LARGEST_BODY", "0", "JINGWEI_LARGEST_BODY '0' cannot be used: say a whole number above 0."),
        ("LOG_FORMAT", "xml", "JINGWEI_LOG_FORMAT 'xml' cannot be used: say one of: json, text."),
        ("TRUSTED_PROXIES", "10.0.0.1, proxy", "JINGWEI_TRUSTED_PROXIES '10.0.0.1, proxy' cannot be used: say addr"),
        ("HOME", __file__, "this is a file; say a folder."),
        (
            "DATABASE_URL",
            "postgresql://me:hush@host/?colour=1",
            "JINGWEI_DATABASE_URL cannot be used: say an address",
        ),
        ("SECRET_KEY", "hush", "JINGWEI_SECRET_KEY cannot be used: say at least 32 characters"),
        ("SECRET_KEY", "", "JINGWEI_SECRET_KEY is not set. Give it 32 or more characters"),
        ("SECRET_KEY", OPEN_SECRET, "JINGWEI_SECRET_KEY is not set."),
        ("FIELD_KEYS", "", "JINGWEI_FIELD_KEYS is not set. Without the key that encrypted them"),
        ("FIELD_KEYS", "hush", "JINGWEI_FIELD_KEYS cannot be used: say id:key, with commas"),
        ("FIELD_KEYS", "a:hush", "JINGWEI_FIELD_KEYS cannot be used: say id:key, with commas"),
        ("FIELD_KEYS", f"a b:{FIELD_KEY}", "JINGWEI_FIELD_KEYS cannot be used: say id:key, with commas"),
        ("FIELD_KEYS", f"a:{FIELD_KEY},a:{FIELD_KEY}", "JINGWEI_FIELD_KEYS cannot be used: each key has an id of its"),
        ("FIELD_KEYS_FILE", "/nowhere", "JINGWEI_FIELD_KEYS_FILE '/nowhere' cannot be used: no such file can be read."),
        ("OIDC", HTTP_PROVIDER, "JINGWEI_OIDC names an issuer without https."),
        ("SMS_SENDER", "console", "JINGWEI_SMS_SENDER=console would print sign-in codes into the log of a real site."),
    ],
)
def test_nonsense_is_refused_with_a_sentence(name, value, said):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(**{name: value})

    assert said in str(refused.value)
    assert "hush" not in str(refused.value)


def test_secret_is_open_only_where_nobody_else_comes():
    assert read(SECRET_KEY="", DEBUG="1").secret_key == OPEN_SECRET
    assert read(SECRET_KEY="", TESTING="1").secret_key == OPEN_SECRET
    assert read(SMS_SENDER="console", DEMO="1").sms_sender == "console"
    assert read(FIELD_KEYS="", DEBUG="1").ring == OPEN_RING


def test_field_keys_come_from_a_variable_or_a_file(tmp_path):
    file = tmp_path / "ring"
    file.write_text(f"a:{FIELD_KEY}\nb:{FIELD_KEY}\n")

    assert [key for key, _secret in read(FIELD_KEYS=f"a:{FIELD_KEY}, b:{FIELD_KEY}").ring] == ["a", "b"]
    assert read(FIELD_KEYS="", FIELD_KEYS_FILE=str(file)).ring == (("a", b"f" * 32), ("b", b"f" * 32))
    with pytest.raises(ImproperlyConfigured, match="not both"):
        read(FIELD_KEYS_FILE=str(file))
    file.write_text("\n")
    with pytest.raises(ImproperlyConfigured, match="this file holds no key"):
        read(FIELD_KEYS="", FIELD_KEYS_FILE=str(file))


def test_environment_does_not_print_its_secrets():
    assert SECRET not in repr(read())
    assert FIELD_KEY not in repr(read())


def test_database_address_becomes_djangos_settings():
    database = read(DATABASE_URL="postgresql://web:p%40ss@/jingwei?host=/run/db&sslmode=require").database()

    assert {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "jingwei",
        "USER": "web",
        "PASSWORD": "p@ss",
        "HOST": "/run/db",
        "PORT": "",
    }
    assert database["OPTIONS"] == {"application_name": "jingwei", "prepare_threshold": 0, "sslmode": "require"}
