"""Names in the invented town: places, roads, compounds, people. All made up from ordinary words."""

from random import Random

DISTRICT = ("澄江区", "Chengjiang District")
STREET = ("柳岸街道", "Liu'an Street")
# From the river upwards, row by row; how many grids each has.
COMMUNITIES = (
    ("滨河", "Binhe", 11),
    ("荷塘", "Hetang", 10),
    ("绿柳", "Lüliu", 10),
    ("翠屏", "Cuiping", 10),
    ("华灯", "Huadeng", 11),
    ("向阳", "Xiangyang", 10),
    ("云栖", "Yunqi", 10),
    ("杏花", "Xinghua", 10),
    ("桃园", "Taoyuan", 10),
)
ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")
AVENUES = ("澄江大道", "柳岸路", "观澜路", "望江路")
COMPOUNDS = (
    "花园",
    "里",
    "苑",
    "新村",
    "家园",
    "佳园",
    "华庭",
    "雅居",
    "景苑",
    "公寓",
    "小区",
    "名邸",
)
_LANE_WORDS = (
    "桂花 梧桐 石榴 枇杷 水井 书院 铁匠 米市 棉花 竹器 渡口 鼓楼 钟楼 染坊 豆腐 茶馆 戏台 银杏 海棠 紫藤 "
    "芙蓉 牡丹 玉兰 青石 白鹭 黄鹂 燕子 鲤鱼 荷叶 菱角 莲蓬 柳絮 松涛 听雨 新桥 兰草 雪松 月季 蔷薇 木棉 "
    "香樟 红枫 丁香 茉莉 朝霞 晚晴 清风 明月 星光 春晓 秋实 夏荷 冬青 古井 石桥 磨坊 糖坊 花市 鱼市 灯笼 "
    "油坊 伞店 瓷器 箍桶 茶场 麻石 榆树 皂角 乌桕 芦花"
)
LANES = tuple(f"{word}巷" for word in _LANE_WORDS.split())

# By how common they are in the country: the first are drawn more often.
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_ELDER = (
    "秀英 桂兰 玉珍 淑华 凤英 素珍 玉兰 桂英 秀珍 淑芳 建国 建华 国庆 志强 德明 永福 长根 福生 金水 庆云 "
    "文彬 光明 树生 贵生 爱华 美华 春梅 翠花 月娥 惠芳"
)
_MIDDLE = (
    "丽 敏 静 艳 娟 霞 燕 玲 萍 红梅 伟 强 军 勇 磊 涛 斌 波 辉 刚 海燕 志伟 建平 小红 晓燕 俊杰 海涛 立新 "
    "文静 雪梅 国强 永刚 丽娜 晓东 春燕 卫东 向东 金凤 志刚 红霞"
)
_YOUNG = (
    "子涵 雨桐 欣怡 浩然 宇轩 思琪 佳怡 梓萱 俊熙 晨曦 嘉豪 雅婷 梦洁 一鸣 明哲 诗雨 天佑 若曦 子墨 可欣 "
    "泽宇 奕辰 婉清 书瑶 睿 颖 琳 倩 鑫 凯"
)
GIVEN_NAMES = {"elder": _ELDER.split(), "middle": _MIDDLE.split(), "young": _YOUNG.split()}


class NameBook:
    """Draws full names, none twice."""

    def __init__(self, rng: Random, taken: set[str] | None = None) -> None:
        self._rng = rng
        self._taken = set(taken or ())

    def draw(self, generation: str) -> str:
        """A name as people of that generation (`elder`, `middle`, `young`) bear it."""
        while True:
            # The smaller of two draws: common surnames come more often, as they do.
            surname = _SURNAMES[min(self._rng.randrange(len(_SURNAMES)) for _draw in range(2))]
            name = surname + self._rng.choice(GIVEN_NAMES[generation])
            if name not in self._taken:
                self._taken.add(name)
                return name
