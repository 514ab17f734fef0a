import os
import signal
import time
from dataclasses import replace

import pytest

from jingwei.command import binaries
from jingwei.command import cluster as clusters
from jingwei.command.cluster import SOCKET_FOLDER_BYTES, Cluster, end_server
from jingwei.command.database import Database, SqlError, check_server, quoted, replace_login, run_sql
from jingwei.command.environment import check_space
from jingwei.command.keys import ADMIN, OWNER, ROLES, WEB, WORKER, Keys
from jingwei.command.layout import Home
from jingwei.command.processes import Mark, wait_until
from jingwei.command.trouble import Trouble

MAY_NOT = "42501"


@pytest.fixture
def elsewhere(server, home):
    """An empty database of the same server, as one that somebody names in JINGWEI_DATABASE_URL."""
    name = f"elsewhere_{os.getpid()}_{time.monotonic_ns()}"
    run_sql(server.admin, f"CREATE DATABASE {name}", apart=True)
    return Database(server.admin_url(name), name, Keys.of(home), None)


@pytest.mark.parametrize("role", [WEB, WORKER])
def test_web_and_worker_get_nothing_but_what_migrating_gives_them(server, role):
    run_sql(server.url(OWNER), "CREATE TABLE IF NOT EXISTS kept (number int)")

    for forbidden in (
        "SELECT * FROM kept",
        "ALTER TABLE kept ADD other int",
        "DROP TABLE kept",
        "CREATE TABLE mine (number int)",
        f"SET ROLE {OWNER}",
    ):
        with pytest.raises(SqlError) as caught:
            run_sql(server.url(role), forbidden)
        assert caught.value.state == MAY_NOT


def test_roles_own_nothing_and_pass_nothing_by(server):
    asked = f"SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname IN ('{WEB}', '{WORKER}')"

    assert run_sql(server.admin, asked) == [[[False, False, False]] * 2]


def test_server_opens_to_no_one_without_a_password(server):
    with pytest.raises(SqlError):
        run_sql(replace_login(server.admin, OWNER, "wrong", server.name), "SELECT 1")


def test_server_does_not_listen_on_tcp(server):
    assert run_sql(server.admin, "SHOW listen_addresses") == [[[""]]]


def test_sorting_is_by_code_point_and_case_is_unicode(server):
    asked = "SELECT string_agg(x, '' ORDER BY x), upper('é') FROM unnest(ARRAY['é', 'a', 'Z', '中']) AS x"

    assert run_sql(server.url(OWNER), asked) == [[["Zaé中", "É"]]]


def test_given_database_with_roles_of_somebody_else_is_refused(elsewhere):
    with pytest.raises(Trouble, match="a role jw_owner already"):
        elsewhere.stamps()


def test_given_database_with_our_roles_is_made_ready(server, elsewhere):
    ours = replace(elsewhere, keys=server.keys)

    assert ours.stamps() == {}
    ours.stamp("demo", "none")

    assert ours.stamps() == {"demo": "none"}
    run_sql(ours.url(OWNER), "CREATE TABLE there (number int)")
    with pytest.raises(SqlError, match="permission denied"):  # every migrate tells the rights, table by table
        run_sql(ours.url(WEB), "SELECT * FROM there")


def test_given_user_without_rights_is_told_the_sql_to_run(server, elsewhere):
    run_sql(server.admin, "DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN PASSWORD 'guest'")
    guest = replace(
        elsewhere,
        admin=replace_login(server.admin, "guest", "guest", elsewhere.name),
        keys=replace(server.keys, passwords={**server.keys.passwords}),
    )

    with pytest.raises(Trouble, match="may not create roles") as caught:
        guest.stamps()

    statements = [line.strip() for line in str(caught.value).splitlines() if line.endswith(";")]
    assert len(statements) == len(ROLES) + 4
    run_sql(elsewhere.admin, *(line for line in statements if not line.startswith("CREATE ROLE")))
    assert guest.stamps() == {}


def test_given_database_that_does_not_answer_is_named_as_the_cause(home):
    absent = Database(f"postgresql://nobody@/jingwei?host={home.path}", "jingwei", Keys.of(home), None)

    with pytest.raises(Trouble, match="JINGWEI_DATABASE_URL"):
        absent.stamps()


def test_given_database_that_cannot_hold_chinese_is_refused(server, home):
    name = f"ascii_{time.monotonic_ns()}"
    make = f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
    run_sql(server.admin, make, apart=True)

    with pytest.raises(Trouble, match="encoded in SQL_ASCII"):
        Database(server.admin_url(name), name, Keys.of(home), None).stamps()


def test_old_server_is_refused():
    with pytest.raises(Trouble, match="PostgreSQL 14; 15 or newer"):
        check_server("140011")
    check_server("150000")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://a:b@h:5/d", "postgresql://u:p@h:5/n"),
        ("postgresql:///d?host=/tmp&user=a&password=b", "postgresql://u:p@/n?host=/tmp"),
        ("postgres://h1:1,h2:2/d?target_session_attrs=any", "postgres://u:p@h1:1,h2:2/n?target_session_attrs=any"),
    ],
)
def test_login_of_an_address_is_replaced_and_the_rest_kept(url, expected):
    assert replace_login(url, "u", "p", "n") == expected


def test_address_keeps_its_login_where_none_is_given():
    assert replace_login("postgresql://a:b@h/d?x=1", None, None, "postgres") == "postgresql://a:b@h/postgres?x=1"


def test_quoted_name_cannot_end_early():
    assert quoted('a"b') == '"a""b"'


def test_passwords_are_not_in_what_a_process_list_shows(server):
    url, environment = server.login(OWNER)

    assert server.keys.passwords[OWNER] not in url
    assert environment["PGPASSWORD"] == server.keys.passwords[OWNER]


def lasting(home: Home) -> tuple[Cluster, Keys]:
    cluster = Cluster.within(home.path, home.logs / "postgres.log", is_lasting=False)
    keys = Keys.of(home)
    cluster.make(keys.passwords[ADMIN], home.logs / "setup.log")
    return cluster, keys


def test_server_killed_under_its_keeper_starts_again_at_once(home):
    cluster, keys = lasting(home)
    first = cluster.start()
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()

    second = cluster.start()
    try:
        assert run_sql(cluster.url(ADMIN, keys.passwords[ADMIN], "postgres"), "SELECT 1") == [[[1]]]
    finally:
        second.end()


def test_server_left_behind_is_ended_by_its_folder(home):
    cluster, _ = lasting(home)
    child = cluster.start()
    mark = child.mark

    end_server(home.cluster)

    assert wait_until(lambda: not mark.is_alive(), 5)
    child.process.wait()


def test_pid_file_of_a_stranger_ends_nobody(home):
    home.cluster.mkdir()
    (home.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n")

    end_server(home.cluster)

    assert Mark.of(os.getpid())


def test_data_of_another_major_version_is_refused(home):
    home.cluster.mkdir()
    (home.cluster / "PG_VERSION").write_text("13\n")
    cluster = Cluster.within(home.path, home.logs / "postgres.log")

    with pytest.raises(Trouble, match=r"is of PostgreSQL 13.*backup"):
        cluster.make("secret", home.logs / "setup.log")


def test_interrupted_initdb_leaves_no_half_made_data(home):
    half = home.path / "postgres.new"
    half.mkdir()
    (half / "rubbish").write_text("cut short")

    cluster, _ = lasting(home)

    assert (cluster.folder / "PG_VERSION").exists()
    assert not half.exists()
    assert not list(home.path.glob("initdb-*"))


def test_socket_of_a_long_home_lies_in_a_private_short_folder(tmp_path):
    long = Home(tmp_path / ("x" * SOCKET_FOLDER_BYTES))
    long.prepare()
    cluster, keys = lasting(long)
    child = cluster.start()
    try:
        assert len(os.fsencode(cluster.sockets)) <= SOCKET_FOLDER_BYTES
        assert cluster.sockets.stat().st_mode & 0o077 == 0
        assert run_sql(cluster.url(ADMIN, keys.passwords[ADMIN], "postgres"), "SELECT 1") == [[[1]]]
    finally:
        child.end()
        cluster.sockets.rmdir()


def test_socket_folder_open_to_others_is_refused(home):
    cluster, _ = lasting(home)
    cluster.sockets.mkdir()
    cluster.sockets.chmod(0o777)

    with pytest.raises(Trouble, match="open to others"):
        cluster.start()


def test_keys_lost_beside_data_are_not_made_anew(home):
    Keys.of(home)
    home.cluster.mkdir()
    home.secrets.unlink()

    with pytest.raises(Trouble, match="is missing"):
        Keys.of(home)


def test_keys_are_for_their_owner_alone_and_stay(home):
    made = Keys.of(home)

    assert home.secrets.stat().st_mode & 0o777 == 0o600
    assert Keys.of(home) == made
    assert len({made.signing, *made.passwords.values()}) == len(ROLES) + 2


def test_disk_without_room_is_said_before_anything_begins(tmp_path):
    with pytest.raises(Trouble, match="MB are needed"):
        check_space(tmp_path, 1 << 60)


def test_machine_without_postgres_is_told_what_to_install(monkeypatch):
    binaries.server_binaries.cache_clear()
    monkeypatch.setattr(binaries, "VENV", binaries.Path("/nowhere"))
    monkeypatch.setattr(binaries, "INSTALLED", ())
    monkeypatch.setenv("PATH", "/nowhere")
    try:
        with pytest.raises(Trouble, match="apt-get install postgresql"):
            binaries.server_binaries()
    finally:
        binaries.server_binaries.cache_clear()


def test_settings_of_a_lasting_server_never_give_up_durability(home):
    flags = " ".join(Cluster.within(home.path, home.logs / "log").program().command)

    assert not [name for name in clusters.THROW_AWAY if name in flags]


def test_log_of_the_server_quotes_nothing_of_a_statement_that_failed(server):
    secret = "13812345678"
    run_sql(server.url(OWNER), "CREATE TABLE IF NOT EXISTS called (phone text PRIMARY KEY)")
    run_sql(server.url(OWNER), f"INSERT INTO called VALUES ('{secret}')")
    for statement in (
        f"INSERT INTO called VALUES ('{secret}')",
        f"SELECT '{secret} in words'::integer",
        f"SELECT nothing FROM called WHERE phone = '{secret}'",
    ):
        with pytest.raises(SqlError, match=secret):
            run_sql(server.url(OWNER), statement)

    said = server.cluster.log.read_text("utf-8")
    assert "ready to accept connections" in said
    assert secret not in said
