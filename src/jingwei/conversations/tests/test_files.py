"""Files of messages, and messages that become cases."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jingwei.attachments import testing as made
from jingwei.attachments.uploading import add_piece, begin_upload
from jingwei.cases.public import Case, Photo, reject_case
from jingwei.cases.testing import report_of, words_of
from jingwei.conversations.actions import look_again, make_case, say
from jingwei.conversations.models import Attachment, Conversation, Message
from jingwei.conversations.retention import forget
from jingwei.conversations.testing import a_message
from jingwei.kernel.public import NotPermitted, Refused, clock, environment
from jingwei.people.public import erase_member
from jingwei.people.testing import a_resident, let_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept(folder):
    return sorted(path.name for path in (folder / "attachments").rglob("*") if path.is_file())


def get(member, name, key, **headers):
    return let_in(Client(), member).get(reverse(f"conversations:{name}", args=[key]), headers=headers)


def test_files_come_with_a_message_and_are_shown_to_both_sides_only(cast, conversation):
    client = let_in(Client(), cast.resident)
    files = [
        SimpleUploadedFile("a.jpg", made.a_jpeg(size=(1200, 900))),
        SimpleUploadedFile("b.m4a", made.a_voice(), "image/png"),
    ]
    sent = {"text": "", "key": uuid4(), "attached": files}
    assert client.post(reverse("conversations:send", args=[conversation.pk]), sent).status_code == 302
    photo, voice = Attachment.objects.order_by("pk")
    assert (photo.kind, voice.content_type) == ("photo", "audio/mp4")

    for member in (cast.resident, cast.grid_worker):
        small, whole = get(member, "small-file", photo.pk), get(member, "file", photo.pk)
        assert whole.headers["Content-Type"] == "image/jpeg"
        assert len(b"".join(small)) < len(b"".join(whole))
        assert whole.headers["Cache-Control"].startswith("private")
    for member in (a_resident(), cast.community_officer, cast.dispatcher):
        assert get(member, "file", photo.pk).status_code == 404
    assert (
        "audio"
        in let_in(Client(), cast.grid_worker)
        .get(reverse("conversations:thread", args=[conversation.pk]))
        .content.decode()
    )


def test_a_player_gets_the_stretch_that_it_asks_for(cast, conversation):
    message = say(conversation, "", key=uuid4(), files=[made.a_voice()], by=cast.resident)
    key = message.attachments.get().pk
    whole = b"".join(get(cast.resident, "file", key))
    part = get(cast.resident, "file", key, range="bytes=4-7")
    assert (part.status_code, part.content) == (206, whole[4:8])
    assert part.headers["Content-Range"] == f"bytes 4-7/{len(whole)}"
    assert get(cast.resident, "file", key, range="bytes=-5").content == whole[-5:]
    assert get(cast.resident, "file", key, range="bytes=10-").content == whole[10:]
    assert get(cast.resident, "file", key, range=f"bytes={len(whole)}-").status_code == 416


def test_what_browsers_do_not_play_is_offered_for_saving(cast, conversation):
    key = say(conversation, "", key=uuid4(), files=[made.AMR], by=cast.resident).attachments.get().pk

    assert get(cast.grid_worker, "file", key).headers["Content-Disposition"].startswith("attachment; ")


def test_an_upload_is_used_once(cast, conversation):
    data = made.a_jpeg()
    key = begin_upload(uuid4(), len(data), by=cast.resident).pk
    add_piece(key, 0, data, by=cast.resident)
    message = say(conversation, "See", key=uuid4(), uploads=[key], by=cast.resident)

    assert message.attachments.count() == 1
    with pytest.raises(Refused):
        say(conversation, "Again", key=uuid4(), uploads=[key], by=cast.resident)
    with pytest.raises(Refused):
        say(conversation, "Not mine", key=uuid4(), uploads=[key], by=cast.grid_worker)


def test_where_one_file_is_refused_none_stays(cast, conversation, tmp_path):
    with pytest.raises(Refused):
        say(conversation, "x", key=uuid4(), files=[made.a_jpeg(), b"%PDF-1.7"], by=cast.resident)
    assert (kept(tmp_path), Message.objects.count()) == ([], 0)
    with pytest.raises(Refused):
        say(conversation, "x", key=uuid4(), files=[made.OGG] * 7, by=cast.resident)


def test_a_held_file_is_shown_to_nobody_until_the_scanner_has_seen_it(cast, conversation, monkeypatch):
    monkeypatch.setenv("JINGWEI_SCANNER", "127.0.0.1:9")
    environment.cache_clear()
    message = say(conversation, "", key=uuid4(), files=[made.OGG], by=cast.resident)
    row = message.attachments.get()
    assert (row.state, look_again()) == ("held", 0)
    assert get(cast.grid_worker, "file", row.pk).status_code == 404

    monkeypatch.setenv("JINGWEI_SCANNER", "")
    environment.cache_clear()
    assert (look_again(), look_again()) == (1, 0)
    assert get(cast.grid_worker, "file", row.pk).status_code == 200
    monkeypatch.undo()
    environment.cache_clear()


def test_a_message_becomes_one_case_of_the_resident(cast, conversation):
    message = say(conversation, "The lamp is out", key=uuid4(), files=[made.a_jpeg()], by=cast.resident)
    client = let_in(Client(), cast.grid_worker)
    for _again in range(2):
        assert client.post(reverse("conversations:case", args=[message.pk])).status_code == 302

    case = Case.objects.get()
    assert (case.code, case.channel, case.status) == (cast.grid, "message", "reported")
    assert case.reports.get().member_id == cast.resident.pk
    assert case.words.get().text == "The lamp is out"
    assert Photo.objects.filter(case=case).count() == 1
    page = let_in(Client(), cast.resident).get(reverse("conversations:mine")).content.decode()
    assert reverse("resident:case", args=[case.number]) in page


def test_a_voice_message_becomes_a_case_that_says_where_to_hear_it_and_a_removed_one_none(cast, conversation):
    voice = say(conversation, "", key=uuid4(), files=[made.OGG], by=cast.resident)
    voice.attachments.update(state=Attachment.State.REMOVED)
    with pytest.raises(Refused):
        make_case(voice, by=cast.grid_worker)

    voice.attachments.update(state=Attachment.State.THERE)
    assert make_case(voice, by=cast.grid_worker).words.get().text


def test_only_what_a_resident_wrote_becomes_a_case_by_whoever_answers(cast, conversation):
    asked, answered = a_message(conversation, cast.resident), a_message(conversation, cast.grid_worker)
    with pytest.raises(Refused):
        make_case(answered, by=cast.grid_worker)
    for other in (cast.resident, cast.community_officer):
        with pytest.raises(NotPermitted):
            make_case(asked, by=other)


def test_old_messages_go_with_their_files(cast, conversation, tmp_path):
    now = clock.now()
    old = now - timedelta(days=366)
    say(conversation, "old", key=uuid4(), files=[made.a_jpeg(), made.OGG], by=cast.resident, now=old)
    say(conversation, "new", key=uuid4(), files=[made.AMR], by=cast.resident, now=now)
    assert len(kept(tmp_path)) == 4
    assert sum(forget(now)) == 1

    assert [name.rsplit(".", 1)[1] for name in kept(tmp_path)] == ["amr"]
    assert list(Message.objects.values_list("text", flat=True)) == ["new"]


def test_erasure_takes_threads_and_files(cast, conversation, tmp_path):
    say(conversation, "mine", key=uuid4(), files=[made.a_jpeg()], by=cast.resident)
    erase_member(cast.resident, by=cast.resident)

    assert (kept(tmp_path), Message.objects.count(), Conversation.objects.count()) == ([], 0, 0)


def test_erasure_takes_the_resident_s_words_and_photos_out_of_the_case_that_they_became(cast, conversation):
    told = {"files": [made.a_jpeg()], "key": uuid4(), "by": cast.resident}
    message = say(conversation, "My father fell on the stairs", **told)
    case = make_case(message, by=cast.grid_worker)
    assert words_of(case) == ["My father fell on the stairs"]
    reject_case(case, reason="already_solved", words="We spoke on the telephone", by=cast.grid_worker)

    erase_member(cast.resident, by=cast.resident)
    assert "My father fell on the stairs" not in words_of(case)
    assert report_of(case).member_id is None
    assert not Photo.objects.filter(case=case).exists()
