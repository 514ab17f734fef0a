"""The robot of a group chat, as WeCom speaks with it (群机器人): a text by POST, and `errcode` 0 for yes.

https://developer.work.weixin.qq.com/document/path/91770
"""

from jingwei.kernel.public import NotTaken, post_to, read_object
from jingwei.notices.envelope import Envelope

GONE = frozenset({93000, 40001})
"""The robot was taken out of the chat, or its key is no longer one. All other refusals may pass, such as too many."""


def tell_robot(envelope: Envelope) -> None:
    said = envelope.said
    content = f"{said.title}\n{said.body}\n{envelope.link}"
    answer = read_object(post_to(envelope.address, json={"msgtype": "text", "text": {"content": content}}))
    code = answer.get("errcode")
    if code != 0:
        raise NotTaken(f"robot_{code}"[:20], is_final=code in GONE)
