"""The sentences of wording.md stand on the pages word for word, as far as they are built."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse
from PIL import Image

from feedback.handling.models import OUTCOME_CHOICES
from feedback.opinions import workflow
from feedback.opinions.models import SCORE_CHOICES, SOURCE_CHOICES
from liaison.accounts.roles import ROLES
from liaison.rulebook.models import CalendarYear
from liaison.tools import files
from representatives.models import Mandate
from stations.register.models import STAFFING_CHOICES
from stations.visits.models import FORM_CHOICES
from tests.language import reading, world
from tests.support import factories as make

EMERGENCY = "遇到紧急情况，请直接拨打110、119、120；水电气热报修请拨打12345。"
NO_RECEPTION = "近期没有接待安排，可拨打联络站电话0451-00000000咨询。"
EVERYWHERE = [
    "演示数据：机构、人物、事项均为虚构，与现实中的单位和个人无关。",
    "道里区人大代表联络站",
    "主办：哈尔滨市道里区人大常委会",
    "电话：0451-00000000",
]
PAGES = {
    "/": [
        "有话对人大代表说",
        "提意见建议",
        "查办理结果",
        "找联络站",
        "人大代表听取、反映群众意见，推动有关单位办理，不直接办理具体问题。",
        EMERGENCY,
        "看接待日",
        "近期代表接待日",
        NO_RECEPTION,
    ],
    "/receptions/": ["接待日", NO_RECEPTION],
    "/results/": ["推动解决的事"],
    "/notices/": ["公告"],
    "/opinions/new/": [
        EMERGENCY,
        "提意见建议",
        "不用注册，可以不留姓名。一次说一件事：什么事、在哪里、您的建议。",
        "您要反映的事（必填）",
        "比如：哪栋楼、从什么时候开始、影响了多少人",
        "地点或小区（必填）",
        "联系电话（选填）",
        "留电话便于回访；不留也能用查询码看结果",
        "怎么称呼您（选填）",
        "谁可以知道是您反映的",
        "保密：只有联络站知道，不告诉承办单位",
        "实名：联络站留存我的姓名、电话",
        "同意把我的姓名、电话告诉承办单位（仅实名有效）",
        "匿名：不保存我的姓名和电话",
        "办理结果可以公开（不含个人信息）",
        "照片（选填，最多3张）",
        "本站由哈尔滨市道里区人大常委会代表工作委员会负责。您填写的内容只用于登记、交办、答复和统计。姓名、电话只有联络站和"
        "代表工委经办人能看到，未经您同意不提供给承办单位，办结后保存3年。查询、更正、删除请拨打0451-00000000。"
        "请不要填写身份证号、银行卡号。",
        "提交",
    ],
    "/opinions/track/": [
        "查办理结果",
        "编号",
        "查询码（11位数字）",
        "查询",
        "丢了可到联络站，或拨打0451-00000000，由工作人员打回您登记的电话补发。",
    ],
    "/stations/": ["找联络站", world.STATION],
    "/accounts/login/": ["登录"],
    "/nothing/": ["没有找到这条记录"],
}
FOR_RESIDENTS = {
    "submitted": "已收到，联络站正在核实",
    "accepted": "已受理，正在确定由谁办理",
    "assigned": f"已交{world.DEPARTMENT}办理，预计6月30日前答复",
    "handling": f"{world.DEPARTMENT}正在办理，预计6月30日前答复",
    "replied": f"{world.DEPARTMENT}已答复，联络站正在核对，很快告诉您",
    "fed_back": "已向您反馈结果，请您评价",
    "evaluated": "谢谢您的评价",
    "archived": "已归档。结果：已解决",
}
IN_HOUSE = {
    "submitted": "待核实",
    "accepted": "已受理",
    "refused": "不予受理（已引导）",
    "withdrawn": "已撤回",
    "assigned": "已交办",
    "handling": "办理中",
    "replied": "已答复待反馈",
    "fed_back": "已反馈",
    "evaluated": "已评价",
    "archived": "已归档",
    "merged": "已合并",
    "rehandling": "重新办理",
    "answered_on_spot": "当场答复",
    "closed_with_explanation": "说明后结束",
    "passed_on": "外转跟进",
}
REFUSAL = (
    "您反映的事要走法院诉讼渠道，人大代表联络站不能代办。请找：道里区人民法院，电话0451-00000000，地址建国街1号。"
    "我们已登记您的来访。"
)
GROUPS = {
    "日常工作": "进站活动 接待日 接待日规则 群众意见建议 交办与催办 代表建议 承诺事项",
    "台账与报表": "人大代表接待人民群众登记簿 人大代表联络站活动记录簿 人大代表履职档案 "
    "群众意见建议台账 代表建议台账 经费使用台账",
    "“八有”标准": "自查与认定 整改事项 标准版本",
    "基础信息": "联络站 站内人员 规章制度 活动经费 对口联系 人大代表 代表资格 代表小组 双联系 承办单位 行政区划",
    "系统设置": "账号与权限 事项分类 办理时限 节假日 答复类别 操作记录",
}
BESIDE_THEM = {
    *("代表活动台账", "走访联系台账", "学习培训台账", "代表值班（轮值）签到表", "承诺事项台账"),  # domain.md 3.9
    *("来访引导（不予受理）登记", "规章制度台账", "工作人员与代表通讯录", "经费支出登记", "台账栏目"),
    "编组进站",
    "年度检查",
    "现场认定",
    "主办机构",
    "推动解决的事",
    "公告",
    "对本网站的意见",
    "“八有”达标",
    "我的履职",
    "预算文件",
    "年度计划",
    "经费标准",
    "人民代表大会",
    "届次",
    "常委会职务",
    "年度履职情况",
    "代表资格变动原因",
    "换届",
    *("履职登记", "代表述职", "更正申请", "联系安排", "联系群众小组", "履职类型", "年度履职清单"),
}  # entries wording.md does not name
ROLE_NAMES = (
    "联络站工作人员 站长 人大代表 乡镇（街道）人大工作人员 代表工委工作人员 对口联系委室工作人员 "
    "政府办（督查室）交办人员 承办单位经办人 领导（只读） 审计员 系统管理员"
)
FORMS = "接待日 坐诊接待 会诊商讨 巡诊督办 走访 约见 培训 专题调研 视察 座谈 政策宣讲 上级调研指导 走流程 述职"
VISIT = [
    "日期",
    "时间",
    "地点",
    "进站类型（可多选）",
    "代表进站",
    "政府部门进站",
    "领导干部进站",
    "人大工作进站",
    "活动形式",
    *FORMS.split(),
    "参加代表",
    "全部到齐",
    "其他参加人员（单位、姓名、职务）",
    "接待群众（人）",
    "主要内容",
    "成果",
    "承诺事项（谁、什么事、什么时候前）",
    "本次收到的意见建议",
    "本次研究的已有意见建议",
    "记录人",
    "保存",
    "保存并录下一次",
]
BOARD = [
    "工作看板",
    "区域",
    "口径",
    "明细",
    "导出",
    "群众意见建议",
    "办理质效",
    "超期未答复",
    "按期答复率",
    "反馈率",
    "满意率（满意）",
    "满意率（满意＋基本满意）",
]


def missing(answer, sentences):
    """The sentences a page does not say."""
    said = reading.said(answer.content.decode())
    return [sentence for sentence in sentences if reading.plain(sentence) not in said]


def words(choices):
    return [str(label) for _key, label in choices]


def picture(kind="JPEG"):
    image = BytesIO()
    Image.new("RGB", (8, 8), "red").save(image, kind)
    return SimpleUploadedFile("灯.jpg", image.getvalue(), "image/jpeg")


@pytest.fixture
def station():
    return world.build()


@pytest.fixture
def road(station):
    return world.Road(station)


@pytest.mark.parametrize("address", PAGES)
def test_the_page_says_it_word_for_word(client, station, address):
    assert missing(client.get(address), EVERYWHERE + PAGES[address]) == []


def test_another_word_is_missed(client, station):
    assert missing(client.get("/"), ["提意见建议", "提个意见"]) == ["提个意见"]


def test_a_reception_day_is_told_word_for_word(client, station):
    CalendarYear.objects.create(year=2100, is_official=True)
    make.reception(station, date(2100, 5, 11), planned_on=date(2100, 5, 10), receiving=Mandate.objects.all())
    make.reception(station, date(2100, 6, 10), receiving=Mandate.objects.all())
    shifted = ["5月11日（周二）9:00—11:00", "（原定5月10日，遇休息日顺延）"]
    line = "6月10日（周四）9:00—11:00"
    for address in ("/", "/receptions/"):
        answer = client.get(address)
        assert missing(answer, [*shifted, f"{line}{world.STATION}接待代表：卜庆林"]) == [], address
    assert missing(client.get(f"/stations/{station.code}/"), [*shifted, f"{line}接待代表：卜庆林"]) == []


def test_what_was_solved_and_notices_have_their_headings(client, road):
    make.publication(road.until("fed_back"), title="楼道灯修好了")
    make.announcement(title="接待安排", text="请看公告")
    answer = client.get("/")
    assert missing(answer, ["推动解决的事", "楼道灯修好了", "我们的人大代表", "公告", "接待安排"]) == []


def test_the_form_names_the_station(client, station):
    answer = client.get(f"/opinions/new/?station={station.code}")
    assert missing(answer, [f"您正在向 {world.STATION} 反映", "换一个联络站"]) == []


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"matter": ""}, "请写下您要反映的事"),
        ({"place": ""}, "请写明地点或小区名"),
        ({"phone": "138"}, "手机号应为11位数字，也可以不填"),
        ({"matter": "灯" * 10_001}, "内容太长，请控制在1万字以内"),
        ({"station": "nowhere"}, "没找到这个联络站，请重新选"),
        ({"token": "old"}, "页面打开太久了，请再点一次提交"),
        ({"photos": [SimpleUploadedFile("灯.jpg", b"no photo", "image/jpeg")]}, "这不是照片，请换一张"),
        ({"photos": [SimpleUploadedFile(f"{n}.jpg", b"x", "image/jpeg") for n in range(4)]}, "一次最多传3张照片"),
    ],
)
def test_the_form_says_what_to_mend(client, station, answers, error):
    answer = client.post("/opinions/new/", world.form(**answers))
    assert answer.status_code == 422
    assert missing(answer, [error]) == []


def test_the_form_says_that_a_photo_is_too_big(client, station, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    assert missing(client.post("/opinions/new/", world.form(photos=[picture()])), ["照片太大，请换一张或不传"]) == []


def test_an_unknown_station_is_told_at_once(client, station):
    assert missing(client.get("/opinions/new/?station=nowhere"), ["没找到这个联络站，请重新选"]) == []


def test_the_receipt_says_it_word_for_word(client, station):
    answer = client.post("/opinions/new/", world.form(phone="13800000000"))
    receipt = answer.context["receipt"]
    sentences = [
        "已收到您的意见建议",
        f"编号{receipt['number']}",
        f"查询码{receipt['code']}",
        "请截图、拍照或抄下来，查询码只显示这一次。",
        "丢了可到联络站，或拨打0451-00000000，由工作人员打回您登记的电话补发。",
        "身份：保密，不告诉承办单位",
        "联络站会在5个工作日内核实，告诉您是否受理、由谁办理。",
        "打印",
        "查看办理情况",
        "再反映一件事",
    ]
    assert missing(answer, EVERYWHERE + sentences) == []


def test_the_receipt_says_that_nothing_is_kept_of_the_anonymous(client, station):
    answer = client.post("/opinions/new/", world.form(identity_mode="anonymous", phone="13800000000"))
    assert missing(answer, ["您选了匿名，电话和称呼没有保存。"]) == []


@pytest.mark.parametrize("number", ["YJ-2026-9999", "nothing"])
def test_a_wrong_number_or_code_is_told_in_one_sentence(client, station, number):
    answer = client.post("/opinions/track/", {"number": number, "code": "12345678901"})
    assert missing(answer, ["编号或查询码不对，请核对后再试"]) == []


@pytest.mark.parametrize("state", FOR_RESIDENTS)
def test_the_resident_reads_the_state_word_for_word(client, road, state):
    answer = world.tracked(client, road.until(state))
    assert missing(answer, ["现在到哪一步", FOR_RESIDENTS[state], "经过"]) == []


def test_a_withdrawn_opinion_says_so(client, road):
    road.opinion.move(workflow.WITHDRAW, by=world.RESIDENT)
    assert missing(world.tracked(client, road.opinion), ["您已撤回"]) == []


def test_a_refused_opinion_is_guided_word_for_word(client, road):
    road.refuse()
    state = "不属于联络站受理范围，请按下面的指引办理"
    assert missing(world.tracked(client, road.opinion), [state, REFUSAL]) == []


def test_the_tracking_page_has_its_headings_and_its_actions(client, road):
    headings = ["由谁办理", "预计答复时间", "补充情况", "撤回"]
    assert missing(world.tracked(client, road.until("handling")), headings) == []
    rating = ["答复内容", "您对办理结果满意吗？", *words(SCORE_CHOICES), "请告诉我们哪里不满意（必填）", "评价"]
    assert missing(world.tracked(client, road.until("fed_back")), rating) == []


def test_who_is_not_satisfied_is_asked_why(client, road):
    world.tracked(client, road.until("fed_back"))
    ticket = world.tokens.ticket_for(road.opinion.pk)
    answer = client.post("/opinions/track/", {"ticket": ticket, "action": "rate", "score": "dissatisfied"})
    assert missing(answer, ["请告诉我们哪里不满意"]) == []


def test_the_words_of_results_ratings_and_staffing():
    assert words(OUTCOME_CHOICES) == ["已解决", "部分解决", "已列入计划", "已解释说明", "暂不能解决"]
    assert words(SCORE_CHOICES) == ["满意", "基本满意", "不满意"]
    assert words(SOURCE_CHOICES) == ["本人网上评价", "电话回访（工作人员代录）", "当面（工作人员代录）"]
    assert words(STAFFING_CHOICES) == ["编制内调剂", "临聘", "政府雇员", "代表轮流担任", "其他"]
    assert words(FORM_CHOICES) == FORMS.split()


def test_staff_read_the_states_in_their_own_words():
    assert {key: str(state.label) for key, state in workflow.STATES.items()} == IN_HOUSE


def test_the_roles_have_their_names():
    assert [str(label) for label, _permissions in ROLES.values()] == ROLE_NAMES.split()


def test_the_work_platform_is_grouped_and_named(client, station):
    request = RequestFactory().get("/admin/")
    request.user = world.User.objects.create_superuser("管理员", name="管理员")
    groups = {str(group["name"]): entries_of(group) for group in admin.site.get_app_list(request)}
    assert list(groups) == [name for name in GROUPS if name in groups]
    for name, entries in groups.items():
        assert entries == [entry for entry in GROUPS[name].split() if entry in entries]
    assert {"进站活动", "群众意见建议", "交办与催办", "代表建议"} <= set(groups["日常工作"])
    books = {"人大代表接待人民群众登记簿", "人大代表联络站活动记录簿"}
    books |= {"人大代表履职档案", "群众意见建议台账", "代表建议台账", "经费使用台账"}
    assert books == set(groups["台账与报表"])
    assert {"自查与认定"} <= set(groups["“八有”标准"])
    assert {"规章制度", "活动经费", "对口联系"} <= set(groups["基础信息"])
    assert {"联络站", "站内人员", "人大代表", "代表资格", "双联系", "承办单位", "行政区划"} <= set(groups["基础信息"])
    assert set(groups["系统设置"]) == {"账号与权限", "事项分类", "办理时限", "节假日", "答复类别", "操作记录"}


def entries_of(group):
    names = [str(entry["name"]) for entry in group["models"]]
    return [name for name in names if name not in BESIDE_THEM]


def test_the_work_platform_says_who_it_is(client, station):
    client.force_login(world.account("officer", "陆启明"))
    assert missing(client.get(reverse("admin:index")), ["人大代表联络站工作平台", "工作台", "退出", *GROUPS]) == []


def test_the_visit_page_says_it_word_for_word(client, station):
    client.force_login(world.account("officer", "陆启明"))
    assert missing(client.get(f"{reverse('admin:visits_visit_add')}?station={station.pk}"), VISIT) == []


def test_a_refused_act_says_why(client, road):
    client.force_login(road.clerk)
    road.until("assigned")
    address = reverse("admin:opinions_opinion_move", args=(road.opinion.pk, "archive"))
    assert missing(client.get(address), ["不能这样操作"]) == []


def test_the_dashboard_has_its_names(client, station):
    client.force_login(world.account("officer", "陆启明"))
    assert missing(client.get("/dashboard/"), BOARD) == []
