"""A few real rows of the statistical divisions (modood/Administrative-divisions-of-China, 2023), odd ones among them.

Dongguan has no districts, so its only one has the city's own digits; Jinmen's street and community are all zeros;
the name of Gao village lacks a character in every font.
"""

DIVISIONS = {
    "provinces": 'code,name\n11,"北京市"\n35,"福建省"\n42,"湖北省"\n44,"广东省"\n',
    "cities": 'code,name,provinceCode\n1101,"市辖区",11\n3505,"泉州市",35\n4206,"襄阳市",42\n4419,"东莞市",44\n',
    "areas": (
        "code,name,cityCode,provinceCode\n"
        '110101,"东城区",1101,11\n350527,"金门县",3505,35\n420684,"宜城市",4206,42\n441900,"东莞市",4419,44\n'
    ),
    "streets": (
        "code,name,areaCode,provinceCode,cityCode\n"
        '110101001,"东华门街道",110101,11,1101\n110101002,"景山街道",110101,11,1101\n'
        '350527000,"金门县",350527,35,3505\n420684103,"小河镇",420684,42,4206\n441900003,"东城街道",441900,44,4419\n'
    ),
    "communities": (
        "code,name,streetCode,provinceCode,cityCode,areaCode\n"
        '110101001001,"多福巷社区居委会",110101001,11,1101,110101\n'
        '110101001002,"银闸社区居委会",110101001,11,1101,110101\n'
        '110101002001,"隆福寺社区居委会",110101002,11,1101,110101\n'
        '350527000000,"金门县",350527000,35,3505,350527\n'
        '420684103229,"高\ue170村委会",420684103,42,4206,420684\n'
        '441900003001,"岗贝社区居民委员会",441900003,44,4419,441900\n'
    ),
}
ROWS = sum(text.count("\n") - 1 for text in DIVISIONS.values())
