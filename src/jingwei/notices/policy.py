"""Who may do what with notices: everybody with their own; the administrator sees how they go out."""

from jingwei.kernel.public import permit
from jingwei.notices.models import Notice, Robot
from jingwei.people.public import has_duty_anywhere, own

MANAGE = "notices.manage"

permit("notices.read", own("member"), Notice)
permit("notices.manage", has_duty_anywhere(MANAGE), Robot)
