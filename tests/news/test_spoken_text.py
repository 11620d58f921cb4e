"""Written Vietnamese and what is heard."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.spoken import sentences, spoken

# At the margin what is written, indented below it what is spoken.
PAIRS = """
# Figures and dates of the year 2023 report
Năm 2024
    Năm hai nghìn không trăm hai mươi tư
trên 40.000 tỷ đồng
    trên bốn mươi nghìn tỷ đồng
Lượt xem: 6541
    Lượt xem: sáu nghìn năm trăm bốn mươi mốt
Chiều ngày 2/1, Sở Công Thương
    Chiều ngày hai tháng một, Sở Công Thương
công tác năm 2023
    công tác năm hai nghìn không trăm hai mươi ba
ước tăng 26,08% so cùng kỳ
    ước tăng hai mươi sáu phẩy không tám phần trăm so cùng kỳ
đạt trên 35.360 tỷ đồng
    đạt trên ba mươi lăm nghìn ba trăm sáu mươi tỷ đồng
tăng 12,06% so cùng kỳ
    tăng mười hai phẩy không sáu phần trăm so cùng kỳ
vượt 4,44% kế hoạch
    vượt bốn phẩy bốn mươi bốn phần trăm kế hoạch
đạt trên 56.180 tỷ đồng
    đạt trên năm mươi sáu nghìn một trăm tám mươi tỷ đồng
tăng 15,05% so với cùng kỳ
    tăng mười lăm phẩy không năm phần trăm so với cùng kỳ
vượt 7,08% so kế hoạch
    vượt bảy phẩy không tám phần trăm so kế hoạch
đạt trên 430 triệu USD
    đạt trên bốn trăm ba mươi triệu đô la Mỹ
giảm 4,81% so với năm 2022
    giảm bốn phẩy tám mươi mốt phần trăm so với năm hai nghìn không trăm hai mươi hai
đạt trên 777 triệu USD
    đạt trên bảy trăm bảy mươi bảy triệu đô la Mỹ
tăng 17,76% so với cùng kỳ
    tăng mười bảy phẩy bảy mươi sáu phần trăm so với cùng kỳ
trên 3.150 km đường dây trung thế
    trên ba nghìn một trăm năm mươi ki lô mét đường dây trung thế
trên 5.340 km đường dây hạ thế
    trên năm nghìn ba trăm bốn mươi ki lô mét đường dây hạ thế
gần 6.650 trạm biến thế
    gần sáu nghìn sáu trăm năm mươi trạm biến thế
đạt 99,61%, vượt kế hoạch
    đạt chín mươi chín phẩy sáu mươi mốt phần trăm, vượt kế hoạch
gần 59.350 tỷ đồng
    gần năm mươi chín nghìn ba trăm năm mươi tỷ đồng
phát triển mới 3.600 hộ
    phát triển mới ba nghìn sáu trăm hộ
đạt 99,7%/tổng số hộ dân
    đạt chín mươi chín phẩy bảy phần trăm trên tổng số hộ dân
ước đạt 99%.
    ước đạt chín mươi chín phần trăm.
UBND tỉnh
    ủy ban nhân dân tỉnh
quy hoạch điện VIII
    quy hoạch điện tám
0:00 / 0:00
    không giờ trên không giờ

# Figures and dates of the year 2021 report
Ngày 10/01/2022, Sở Công Thương
    Ngày mười tháng một năm hai nghìn không trăm hai mươi hai, Sở Công Thương
công tác ngành năm 2021
    công tác ngành năm hai nghìn không trăm hai mươi mốt
234 nhiệm vụ
    hai trăm ba mươi tư nhiệm vụ
hoàn thành 100% nhiệm vụ
    hoàn thành một trăm phần trăm nhiệm vụ
dịch bệnh Covid-19
    dịch bệnh cô vít mười chín
ước tăng 8,82%;
    ước tăng tám phẩy tám mươi hai phần trăm
đạt 45.228 tỷ đồng, tăng 7,28%
    đạt bốn mươi lăm nghìn hai trăm hai mươi tám tỷ đồng, tăng bảy phẩy hai mươi tám phần trăm
so với năm 2020 (vượt 2,52% so với kế hoạch);
    so với năm hai nghìn không trăm hai mươi, vượt hai phẩy năm mươi hai phần trăm so với kế
    hoạch
đạt 5.167 triệu USD, tăng 14,82%
    đạt năm nghìn một trăm sáu mươi bảy triệu đô la Mỹ, tăng mười bốn phẩy tám mươi hai phần
    trăm
(vượt 7,64% so với kế hoạch).
    vượt bảy phẩy sáu mươi tư phần trăm so với kế hoạch.
kinh tế - xã hội
    kinh tế xã hội
tổng sản phẩm trên địa bàn tỉnh (GRDP) tăng 6,52%
    tổng sản phẩm trên địa bàn tỉnh, giê e rờ đê pê, tăng sáu phẩy năm mươi hai phần trăm
tỷ trọng 63,67% - Thương mại, dịch vụ chiếm 21,28% - Nông nghiệp chiếm 8,68%
    tỷ trọng sáu mươi ba phẩy sáu mươi bảy phần trăm, Thương mại, dịch vụ chiếm hai mươi mốt
    phẩy hai mươi tám phần trăm, Nông nghiệp chiếm tám phẩy sáu mươi tám phần trăm
bình quân đầu người (GRDP/người) đạt 87,43 triệu đồng
    bình quân đầu người, giê e rờ đê pê mỗi người, đạt tám mươi bảy phẩy bốn mươi ba triệu đồng
18.660 tỷ đồng, đạt 137,27% kế hoạch
    mười tám nghìn sáu trăm sáu mươi tỷ đồng, đạt một trăm ba mươi bảy phẩy hai mươi bảy phần
    trăm kế hoạch
năm thứ 4 liên tiếp
    năm thứ tư liên tiếp
chỉ số (IIP): tăng 8,7%
    chỉ số, i i pê: tăng tám phẩy bảy phần trăm
5.600 triệu USD, tăng trưởng 8,38%
    năm nghìn sáu trăm triệu đô la Mỹ, tăng trưởng tám phẩy ba mươi tám phần trăm
48.000 tỷ đồng, tăng trưởng 7,14%
    bốn mươi tám nghìn tỷ đồng, tăng trưởng bảy phẩy mười bốn phần trăm
Tỉnh ủy, HĐND tỉnh
    Tỉnh ủy, hội đồng nhân dân tỉnh
2 tập thể và 5 cá nhân
    hai tập thể và năm cá nhân
nhiệm vụ năm 2021./.
    nhiệm vụ năm hai nghìn không trăm hai mươi mốt.
85 người đang online
    tám mươi lăm người đang online

# Whole numbers
0, 1, 4, 5
    không, một, bốn, năm
10, 11, 14, 15
    mười, mười một, mười bốn, mười lăm
20, 21, 24, 25
    hai mươi, hai mươi mốt, hai mươi tư, hai mươi lăm
44, 54, 91, 95
    bốn mươi bốn, năm mươi tư, chín mươi mốt, chín mươi lăm
100, 101, 104, 105
    một trăm, một trăm linh một, một trăm linh bốn, một trăm linh năm
110, 115, 121
    một trăm mười, một trăm mười lăm, một trăm hai mươi mốt
1.000, 1.001, 1.015
    một nghìn, một nghìn không trăm linh một, một nghìn không trăm mười lăm
1975, 2000, 2005
    một nghìn chín trăm bảy mươi lăm, hai nghìn, hai nghìn không trăm linh năm
1.000.000
    một triệu
1.000.005
    một triệu không trăm linh năm
2.005.000.000
    hai tỷ không trăm linh năm triệu
12.345.678.901
    mười hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm linh một
1,234,567
    một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy

# Decimals
7,5
    bảy phẩy năm
8,0
    tám phẩy không
0,05
    không phẩy không năm
12,10
    mười hai phẩy mười
1,125 lần
    một phẩy một hai năm lần
gấp 1,38 lần
    gấp một phẩy ba mươi tám lần
1.234.567,8
    một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy phẩy tám
Công nghiệp 4.0
    Công nghiệp bốn chấm không
các năm 2021,2022
    các năm hai nghìn không trăm hai mươi mốt, hai nghìn không trăm hai mươi hai
1,2,3
    một, hai, ba

# Signs and ranges
-4,81%
    âm bốn phẩy tám mươi mốt phần trăm
− 4,81 %
    âm bốn phẩy tám mươi mốt phần trăm
(-4,81%)
    âm bốn phẩy tám mươi mốt phần trăm
+12,06 %
    cộng mười hai phẩy không sáu phần trăm
< 7,6
    dưới bảy phẩy sáu
≥ 5%
    ít nhất năm phần trăm
7,5-8,0
    bảy phẩy năm đến tám phẩy không
tăng 5% - 10%
    tăng năm phần trăm đến mười phần trăm
giai đoạn 2021-2025
    giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm hai mươi lăm
giai đoạn 2021 – 2025
    giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm hai mươi lăm
từ 05-10 ngày
    từ năm đến mười ngày
1.000-2.000 đồng
    một nghìn đến hai nghìn đồng
3 x 400
    ba nhân bốn trăm
10² m
    mười mũ hai mét

# Fractions and slashes
1/2 số hộ
    một phần hai số hộ
½ số hộ
    một phần hai số hộ
3/4
    ba phần tư
Đến nay, 10/12 xã
    Đến nay, mười trên mười hai xã
234/234 nhiệm vụ
    hai trăm ba mươi tư trên hai trăm ba mươi tư nhiệm vụ
110/22 kV
    một trăm mười trên hai mươi hai ki lô vôn
doanh nghiệp/hợp tác xã
    doanh nghiệp, hợp tác xã
TH/KH (%)
    thực hiện trên kế hoạch, phần trăm
năm 2023/2022
    năm hai nghìn không trăm hai mươi ba trên hai nghìn không trăm hai mươi hai

# Dates
10/01/2022
    ngày mười tháng một năm hai nghìn không trăm hai mươi hai
10-01-2022
    ngày mười tháng một năm hai nghìn không trăm hai mươi hai
10.01.2022
    ngày mười tháng một năm hai nghìn không trăm hai mươi hai
2022-01-10
    ngày mười tháng một năm hai nghìn không trăm hai mươi hai
từ 10/01/2022 - 15/01/2022
    từ ngày mười tháng một năm hai nghìn không trăm hai mươi hai đến ngày mười lăm tháng một năm
    hai nghìn không trăm hai mươi hai
10-01-2022 - 15-01-2022
    ngày mười tháng một năm hai nghìn không trăm hai mươi hai đến ngày mười lăm tháng một năm
    hai nghìn không trăm hai mươi hai
ngày 10-12/5/2023
    ngày mười đến ngày mười hai tháng năm năm hai nghìn không trăm hai mươi ba
Sáng 2/1 và chiều 5/1
    Sáng ngày hai tháng một và chiều ngày năm tháng một
sáng nay (2/1), Sở
    sáng nay, ngày hai tháng một, Sở
dịp lễ 30/4 và 1/5
    dịp lễ ngày ba mươi tháng tư và ngày một tháng năm
Quốc khánh 2/9
    Quốc khánh ngày hai tháng chín
mùng 2/1
    mùng hai tháng một
ngày 05 tháng 01 năm 2022
    ngày năm tháng một năm hai nghìn không trăm hai mươi hai
ngày 35/13/2022
    ngày ba mươi lăm trên mười ba trên hai nghìn không trăm hai mươi hai
tháng 4
    tháng tư
tháng 12/2023
    tháng mười hai năm hai nghìn không trăm hai mươi ba
tháng 4/2024
    tháng tư năm hai nghìn không trăm hai mươi tư
tháng 6-2023
    tháng sáu năm hai nghìn không trăm hai mươi ba
tháng 1-2/2024
    tháng một đến tháng hai năm hai nghìn không trăm hai mươi tư
tháng 11, 12/2023
    tháng mười một, tháng mười hai năm hai nghìn không trăm hai mươi ba
cùng kỳ 9/2022
    cùng kỳ tháng chín năm hai nghìn không trăm hai mươi hai
9 tháng đầu năm
    chín tháng đầu năm
6 tháng/2023
    sáu tháng năm hai nghìn không trăm hai mươi ba
quý III/2023
    quý ba năm hai nghìn không trăm hai mươi ba
quý 4/2023
    quý bốn năm hai nghìn không trăm hai mươi ba
Quý I, II và IV năm 2023
    Quý một, hai và bốn năm hai nghìn không trăm hai mươi ba
quý I-II/2023
    quý một đến hai năm hai nghìn không trăm hai mươi ba
thứ 2
    thứ hai

# Times
07:30
    bảy giờ ba mươi phút
07:00
    bảy giờ
7h30
    bảy giờ ba mươi phút
7h05
    bảy giờ năm phút
7h
    bảy giờ
14 giờ 30
    mười bốn giờ ba mươi
14:30:15
    mười bốn giờ ba mươi phút mười lăm giây
7h30-11h30
    bảy giờ ba mươi phút đến mười một giờ ba mươi phút
19h00 ngày 2/1
    mười chín giờ ngày hai tháng một

# Units
12 m², 12 m2 và 5m
    mười hai mét vuông, mười hai mét vuông và năm mét
250 người/km2
    hai trăm năm mươi người trên ki lô mét vuông
5 kg, 3 tấn, 120 ha
    năm ki lô gam, ba tấn, một trăm hai mươi héc ta
1.250 kWh
    một nghìn hai trăm năm mươi ki lô oát giờ
1,2 tỷ kWh
    một phẩy hai tỷ ki lô oát giờ
49,6 MWp, 500 MW
    bốn mươi chín phẩy sáu mê ga oát đỉnh, năm trăm mê ga oát
22kV, 400 kVA
    hai mươi hai ki lô vôn, bốn trăm ki lô vôn am pe
37°C
    ba mươi bảy độ xê
25.000 đồng/kg
    hai mươi lăm nghìn đồng trên ki lô gam
20.000-25.000 đ/kg
    hai mươi nghìn đến hai mươi lăm nghìn đồng trên ki lô gam
2,5 tấn/ha
    hai phẩy năm tấn trên héc ta
USD/tấn
    đô la Mỹ trên tấn
$5 và 100 USD
    năm đô la và một trăm đô la Mỹ
15 triệu đồng/người/năm
    mười lăm triệu đồng mỗi người mỗi năm
3 lần/năm
    ba lần mỗi năm
5 - 7%/năm
    năm đến bảy phần trăm mỗi năm
5 m3/ngày đêm
    năm mét khối mỗi ngày đêm
60 km/h
    sáu mươi ki lô mét trên giờ
tăng 2 điểm %
    tăng hai điểm phần trăm

# Roman numerals
Đại hội lần thứ XIX
    Đại hội lần thứ mười chín
Nghị quyết Đại hội XIII
    Nghị quyết Đại hội mười ba
lần thứ I
    lần thứ nhất
khóa XV
    khóa mười lăm
cấp II, loại I
    cấp hai, loại một
thế kỷ XXI
    thế kỷ hai mươi mốt
nhóm C
    nhóm C
II. Nhiệm vụ
    hai. Nhiệm vụ
quý Ⅲ
    quý ba

# Numbers of documents
Nghị quyết số 01/NQ-CP
    Nghị quyết số không một trên en nờ quy xê pê
Quyết định số 742/QĐ-BTTTT
    Quyết định số bảy trăm bốn mươi hai trên quy đê Bộ Thông tin và Truyền thông
Thông tư 32/2017/TT-BTTTT
    Thông tư ba mươi hai trên hai nghìn không trăm mười bảy trên tê tê Bộ Thông tin và Truyền
    thông
Luật số 13/2008/QH12
    Luật số mười ba trên hai nghìn không trăm linh tám trên quy hát mười hai
Nghị định 42/2022
    Nghị định bốn mươi hai trên hai nghìn không trăm hai mươi hai
154-KL/TW
    một trăm năm mươi tư ca e lờ trên trung ương
10/QĐ-TTg
    mười trên quy đê Thủ tướng
05/2024/QĐ-UBND
    không năm trên hai nghìn không trăm hai mươi tư trên quy đê ủy ban nhân dân

# Abbreviations
Ủy ban nhân dân (UBND) tỉnh, MTTQ
    Ủy ban nhân dân tỉnh, mặt trận tổ quốc
KCN, CCN, XNK, XK, NK
    khu công nghiệp, cụm công nghiệp, xuất nhập khẩu, xuất khẩu, nhập khẩu
GRDP, GDP, IIP
    giê e rờ đê pê, giê đê pê, i i pê
FDI, ODA, OCOP
    ép đê i, ô đê a, ô cốp
COVID-19
    cô vít mười chín
TP. Trà Vinh, TP.HCM, TP Đà Nẵng
    thành phố Trà Vinh, thành phố Hồ Chí Minh, thành phố Đà Nẵng
TX. Duyên Hải, TT. Càng Long
    thị xã Duyên Hải, thị trấn Càng Long
PGS.TS. Nguyễn Văn A
    phó giáo sư tiến sĩ Nguyễn Văn A
GS.TS Trần B, ThS. Lê C
    giáo sư tiến sĩ Trần B, thạc sĩ Lê C
CN-XD, TM-DV, NN-TS
    công nghiệp, xây dựng, thương mại, dịch vụ, nông nghiệp, thủy sản
DN, HTX, KT-XH
    doanh nghiệp, hợp tác xã, kinh tế xã hội
ATTP, VSATTP, PCCC
    an toàn thực phẩm, vệ sinh an toàn thực phẩm, phòng cháy chữa cháy
BCT, TTHC, CNTT, QLTT
    Bộ Công Thương, thủ tục hành chính, công nghệ thông tin, quản lý thị trường
EVN, WTO, EVFTA, CPTPP
    e vê en nờ, vê kép tê ô, e vê ép tê a, xê pê tê pê pê
C/O, T.Ư, Đ/c Lê
    xê ô, trung ương, đồng chí Lê
V/v báo cáo
    về việc báo cáo
QL53, CO2
    quốc lộ năm mươi ba, xê ô hai
PCCC & R&D
    phòng cháy chữa cháy và R và D

# Codes, telephones, addresses
số 05
    số không năm
05 tập thể, 02 cá nhân
    năm tập thể, hai cá nhân
0294 3862 317
    không hai chín bốn, ba tám sáu hai, ba một bảy
(0294) 3862.317
    không hai chín bốn, ba tám sáu hai, ba một bảy
0294.3862317
    không hai chín bốn, ba tám sáu hai ba một bảy
+84 294 3862 317
    cộng tám bốn, hai chín bốn, ba tám sáu hai, ba một bảy
1900 1234
    một chín không không, một hai ba bốn
ĐT: 0912345678
    điện thoại: không chín một hai ba bốn năm sáu bảy tám
12345678
    một hai ba bốn năm sáu bảy tám
ISO 9001:2015
    i ét sì ô chín nghìn không trăm linh một, hai nghìn không trăm mười lăm
soct@travinh.gov.vn
    soct a còng travinh chấm gov chấm vê en nờ
https://www.moit.gov.vn/tin-tuc?a=1.
    moit chấm gov chấm vê en nờ.
Xem tại sct-24h.com.vn.
    Xem tại ét sì xê tê gạch ngang hai bốn hát chấm com chấm vê en nờ.

# Marks
- Tăng cường kiểm tra
    Tăng cường kiểm tra
- 5 xã
    năm xã
• Kết quả
    Kết quả
a) Kết quả
    a, Kết quả
1. Kết quả
    một. Kết quả
và còn nữa…
    và còn nữa.
gạo, dừa, v.v...
    gạo, dừa, vân vân
"Hàng Việt" và “hàng ngoại”
    Hàng Việt và hàng ngoại
A * B # C
    A B C
[[abc]]
    abc
hello world 中文
    hello world 中文
١٢٣
    một trăm hai mươi ba
"""


def pairs() -> list:
    found = []
    for line in PAIRS.splitlines():
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        elif line and not line.startswith("# "):
            found.append((line, []))
    return [pytest.param(written, " ".join(heard), id=written) for written, heard in found]


@pytest.mark.parametrize(("written", "heard"), pairs())
def test_text_is_spoken_as_an_announcer_would(written, heard):
    assert spoken(written) == heard


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "\x00\x01", "...", "-", "( )", "*" * 50, "\ud800", "\u0301", "\u202e\u200b"],
)
def test_text_without_words_gives_no_words(text):
    assert not any(character.isalnum() for character in spoken(text))


def test_decomposed_text_is_spoken_like_composed():
    text = "Sở Công Thương tỉnh: 35.360 tỷ đồng, tháng 4/2023, UBND"
    assert spoken(unicodedata.normalize("NFD", text)) == spoken(text)


def test_invisible_characters_and_odd_spaces_do_not_split_a_number():
    assert spoken("35\u200b.360\u00a0tỷ\u00a0đồng") == "ba mươi lăm nghìn ba trăm sáu mươi tỷ đồng"


def test_paragraphs_stay_apart_and_empty_ones_go():
    assert spoken("Năm 2024\r\n\r\n - 5 xã \u2029 quý II") == (
        "Năm hai nghìn không trăm hai mươi tư\nnăm xã\nquý hai"
    )


def test_sentences_do_not_end_at_an_abbreviation_or_inside_a_number():
    text = "TP. Trà Vinh đạt 1.250 MW. Ông A có ý kiến?\nHết"
    assert sentences(text) == [
        "thành phố Trà Vinh đạt một nghìn hai trăm năm mươi mê ga oát.",
        "Ông A có ý kiến?",
        "Hết",
    ]
    assert sentences(" ") == []


@given(st.text())
def test_any_text_is_spoken_without_a_figure_left(text):
    assert not any(character.isdigit() for character in spoken(text))


@given(st.text(alphabet="0123456789.,:;/-+%() \nngàythángquýIVXhkmđ°²½@QĐU"))
def test_any_mixture_of_figures_and_marks_is_spoken(text):
    assert not any(character.isdigit() for character in spoken(text))


@given(st.integers(0, 10**18 - 1))
def test_grouped_and_grouped_with_decimals_begin_alike(number):
    grouped = f"{number:,}".replace(",", ".")
    assert spoken(f"{grouped},5") == f"{spoken(grouped)} phẩy năm"


@pytest.mark.parametrize(
    "repeated",
    ["1", "a", "a-", "a.", "1.", "1/", "1-", "1:2", ".", " ", ", ", "(", "A/", "v.", "@a"],
)
def test_text_made_to_hold_up_patterns_is_read(repeated):
    assert isinstance(spoken(repeated * (64_000 // len(repeated)) + "x"), str)


def _seconds_to_speak(text: str) -> float:
    # Processor time, so that a busy machine does not count.
    start = time.process_time()
    spoken(text)
    return time.process_time() - start
