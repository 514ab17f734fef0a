"""The ways out of the house: for each channel a function that hands one envelope over, or raises NotTaken."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from jingwei.notices.channels.mail import send_mail
from jingwei.notices.channels.push import show_on_device
from jingwei.notices.channels.robot import tell_robot
from jingwei.notices.channels.sms import send_sms
from jingwei.notices.envelope import Envelope
from jingwei.notices.models import Channel

SENDERS: Mapping[str, Callable[[Envelope], None]] = MappingProxyType(
    {Channel.SMS: send_sms, Channel.PUSH: show_on_device, Channel.MAIL: send_mail, Channel.ROBOT: tell_robot}
)
