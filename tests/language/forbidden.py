"""Words our own texts must not use (wording.md, section 1).

A hard word is wrong wherever it stands. The others are looked for after the longer words that may hold them have been
taken out; two of them are right in one place only, and the English beside the Chinese says which place it is.
"""

import re

HARD = ["议员", "提案", "信访件", "上访", "举报人", "投诉人", "积分", "排行榜", "打卡", "代表为您解决", "静坐"]
ALLOWED = [
    "代表工作委员会",
    "常委会委员",
    "待反馈",
    "反馈单",
    "群众意见建议处理反馈制度",
    "一站一品牌特色",
    r"\w+街道人大代表联络站",
    "议案转建议",
    "提出议案建议",  # the kinds of duty of domain.md 2.10, as the law calls them
    "列席常委会会议",
]
WHOLE = [
    "人民委员",
    "委员(?!会)",
    "议案",
    "投诉",
    "诉求件",
    "工单",
    "访问",
    "拜访",
    "八个有",
    "八项拥有",
    "办公经费",
    "补助",
    "资金",
    "列席",
    "参观",
    "本站已解决",
    "一站一品",
    "排名",
    "街道人大",
    "国徽",
    "国旗",
    "党徽",
]
IN_ITS_PLACE = {
    "反馈": re.compile(
        r"\b(fed|feed)[ -]back\b|\b(told|tell)\b", re.IGNORECASE
    ),  # telling the reporter, or who received them
    "已办结": re.compile(r"\bproposals?\b", re.IGNORECASE),
}


def found_in(chinese: str, english: str = "") -> list[str]:
    """The words that must not stand there. `english` says what is meant; without it nothing is in its place."""
    rest = re.sub("|".join(ALLOWED), " ", chinese)
    hard = [word for word in HARD if word in chinese]
    whole = [match[0] for pattern in WHOLE for match in re.finditer(pattern, rest)]
    misplaced = [word for word, place in IN_ITS_PLACE.items() if word in rest and not place.search(english)]
    return hard + whole + misplaced
