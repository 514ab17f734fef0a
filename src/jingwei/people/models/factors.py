"""What besides a password shows who a member is. Nothing here can be used by whoever reads the tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import EncryptedField, clock
from jingwei.people.models.accounts import Member


class Authenticator(models.Model):
    """An app that shows a code every 30 seconds (RFC 6238). Without `confirmed_at` it is being set up.

    `last_step` numbers the last 30 seconds whose code was taken: neither it nor an earlier one is taken again.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="authenticators")
    secret = EncryptedField()
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "authenticator"
        constraints = [
            models.UniqueConstraint("member", name="member_has_one_authenticator", condition=~Q(confirmed_at=None)),
            models.UniqueConstraint("member", name="member_sets_up_one_authenticator", condition=Q(confirmed_at=None)),
        ]


class Passkey(models.Model):
    """A key pair in a device of the member (WebAuthn); only its public half is here."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(_("name"), max_length=60)
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    counter = models.BigIntegerField()
    transports = ArrayField(models.CharField(max_length=20), default=list)
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "passkey"


class SpareCode(models.Model):
    """One of the codes on paper, each good once. Kept as a keyed hash."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="spare_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "spare_code"
        constraints = [models.UniqueConstraint("member", "digest", name="spare_code_is_one_of_its_member")]


class TrustedBrowser(models.Model):
    """A browser where the second factor is not asked for until `expires_at`. Found by the SHA-256 of its cookie."""

    digest = models.CharField(max_length=64, primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="trusted_browsers")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "trusted_browser"
        indexes = [models.Index("expires_at", name="trusted_browser_by_expiry")]
