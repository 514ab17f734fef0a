"""Accounts of other sites by which a member signs in here."""

from django.db import models
from django.db.models import Q

from jingwei.kernel.public import clock
from jingwei.people.models.accounts import Member


class OutsideAccount(models.Model):
    """An account at `issuer`, known by its `subject`. Without one it is awaited: whoever comes first from there with
    the name in `awaited` is taken for the member, as an officer has said.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="outside_accounts")
    provider = models.CharField(max_length=20)
    issuer = models.CharField(max_length=250)
    subject = models.CharField(max_length=255, null=True)
    awaited = models.CharField(max_length=120, null=True)
    created_at = models.DateTimeField(default=clock.now)
    linked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outside_account"
        constraints = [
            models.UniqueConstraint("issuer", "subject", name="outside_account_is_one_member_s"),
            models.UniqueConstraint("issuer", "awaited", name="outside_account_is_awaited_once"),
            models.UniqueConstraint("member", "provider", name="member_has_one_account_a_provider"),
            models.CheckConstraint(
                name="outside_account_is_linked_or_awaited",
                condition=Q(subject=None, awaited__isnull=False, linked_at=None)
                | Q(subject__isnull=False, awaited=None, linked_at__isnull=False),
            ),
        ]
