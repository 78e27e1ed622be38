"""What guessers of Chinese passphrases try first, and the syllables of generated ones.

Syllables: Hanyu Pinyin without tones (ISO 7098). Surnames: the most frequent, in pinyin and characters.
"""


def _spelled(table: str) -> frozenset[str]:
    """Each line: an initial, then the finals it goes with."""
    rows = (line.split() for line in table.strip().splitlines())
    return frozenset(initial.strip("-") + final for initial, *finals in rows for final in finals)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SYLLABLES = _spelled("""
- a ai an ang ao e ei en er ou
b a ai an ang ao ei en eng i ian iao ie in ing o u
p a ai an ang ao ei en eng i ian iao ie in ing o ou u
m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f a an ang ei en eng o ou u
d a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo
t a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong u uan uo v ve
l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve
g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo
h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j i ia ian iang iao ie in ing iong iu u uan ue un
q i ia ian iang iao ie in ing iong iu u uan ue un
x i ia ian iang iao ie in ing iong iu u uan ue un
zh a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
ch a ai an ang ao e en eng i ong ou u uai uan uang ui un uo
sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
r an ang ao e en eng i ong ou u uan ui un uo
z a ai an ang ao e ei en eng i ong ou u uan ui un uo
c a ai an ang ao e en eng i ong ou u uan ui un uo
s a ai an ang ao e en eng i ong ou u uan ui un uo
y a an ang ao e i in ing o ong ou u uan ue un
w a ai an ang ei en eng o u
""")

# An initial and a final without a nasal: no word can be read in two ways, all are easy to say.
WORD_SYLLABLES = tuple(
    sorted(
        _spelled("""
b a ai ao i o u
p a ai ao i o u
m a ai ao i o u
f a ei o u
d a ai ao e i u
t a ai ao e i u
n a ai ao e i u
l a ai ao e i u
g a ai ao e u
k a ai ao e u
h a ai ao e u
j i ia u
q i ia u
x i ia u
zh a ao e u
ch a ao e u
sh a ao e u
z a ao e u
c a ao e u
s a ao e u
y a e i u
w a ai o u
""")
    )
)

SURNAMES = _words("""
wang li zhang liu chen yang huang zhao zhou wu xu sun zhu ma hu guo lin he gao liang zheng luo song xie
tang han cao deng xiao feng zeng cheng cai peng pan yuan dong yu su ye lv wei jiang tian du ding shen
ren yao lu fu zhong cui tan liao fan wan jin shi jia xia qiu fang hou zou xiong meng qin bai yan xue yin
duan lei long tao shao qian mao dai gu lai hao mo gong wen ouyang sima zhuge shangguan 王 李 张 刘 陈 杨
黄 赵 周 吴 徐 孙 朱 马 胡 郭 林 何 高 梁 郑 罗 宋 谢 唐 韩 曹 许 邓 萧 冯 曾 程 蔡 彭 潘 袁 于 董 余 苏
叶 吕 魏 蒋 田 杜 丁 沈 姜 范 江 傅 钟 卢 汪 戴 崔 任 陆 廖 姚 方 金 邱 夏 谭 韦 贾 邹 石 熊 孟 秦 阎 薛
侯 雷 白 龙 段 郝 孔 邵 史 毛 常 万 顾 赖 武 康 贺 严 尹 钱 施 牛 洪 龚 欧阳 司马 诸葛 上官
""")

NUMBERS = _words("""
520 521 1314 5201314 1314520 666 6666 666666 888 8888 888888 168 518 123 1234 12345 123456 1234567
12345678 123456789 1234567890 654321 987654321 110 119 120 10086 147258 147258369 159357 789456 112233
121212 123123 456 789 000 007 996 233 2333
""")

PHRASES = _words("""
woaini woaiwojia woaibeijing woaibeijingtiananmen woaizhongguo zhongguo zhonghua beijing shanghai
guangzhou shenzhen woshishui wobuzhidao nihao nihaoma xiexie mima wodemima woshi shenghuo kuaile
shengrikuaile xinnianhao xinniankuaile gongxifacai haohaoxuexi tiantianxiangshang laopo laogong baobei
qinaide xiaobao mama baba yijia yijiaren pingan jiankang caishen facai zhifubao weixin taobao qianbao
yinhang yinhangka kushen kushenqianbao wallet password passwd passw0rd admin root letmein welcome
iloveyou qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc 1qaz2wsx abc abcd abc123 qwe
asd zxc a123456 love forever dragon monkey sunshine princess football baseball master hello 我爱你
我爱我家 我爱北京 我爱北京天安门 中国 密码 我的密码 生日快乐 恭喜发财 好好学习 天天向上 你好 谢谢 钱包
酷神 酷神钱包 老婆 老公 宝贝 平安 健康 新年快乐 万事如意 一帆风顺 身体健康
""")
