"""
What invented articles are made of: sentences with places that chance fills.

A place stands in braces; ``Scene`` in news/generating/writing.py has a method of its name. Nothing
here holds a character that HTML would read, so that what is made of it is clean as it is.
"""

from typing import NamedTuple


class Subject(NamedTuple):
    """What articles of some categories are about."""

    categories: list[str]  # slugs
    topics: list[str]  # slugs
    units: list[str]
    titles: list[str]
    leads: list[str]
    sentences: list[str]


def _listed(written: str) -> list[str]:
    """Return what begins with a dash each, on one line or several."""
    return [" ".join(one.split()) for one in f"\n{written.strip()}".split("\n- ")[1:]]


def _named(written: str) -> list[str]:
    """Return what stands between commas."""
    return " ".join(written.split()).split(", ")


INDUSTRY = Subject(
    categories=["cong-nghiep", "cum-cong-nghiep", "khuyen-cong"],
    topics=["khuyen-cong", "ha-tang-cong-nghiep", "hang-viet", "tong-ket-nam"],
    units=["Phòng Quản lý Công nghiệp", "Trung tâm Khuyến công và Xúc tiến thương mại"],
    titles=_listed("""
- Sản xuất {product} ở {commune} tăng {percent}% trong {months} tháng đầu năm {year}
- Cụm công nghiệp {place}: {count} doanh nghiệp hoạt động, tỷ lệ lấp đầy {share}%
- {company} đầu tư {small_sum} tỷ đồng cho dây chuyền {product}
- Hỗ trợ {count} cơ sở công nghiệp nông thôn ở {commune} đổi mới thiết bị
- Chỉ số sản xuất công nghiệp tháng {month}/{year} tăng {percent}% so với cùng kỳ
- Nghiệm thu đề án khuyến công chế biến {product} tại {commune}
- Làng nghề {product} {place} tìm hướng đi mới sau {age} năm
"""),
    leads=_listed("""
- Ngày {day}, {unit} kiểm tra tiến độ hạ tầng cụm công nghiệp {place} và làm việc với {company} về
  kế hoạch sản xuất {product} năm {year}.
- {months} tháng đầu năm {year}, giá trị sản xuất công nghiệp của địa bàn {commune} ước đạt trên
  {sum} tỷ đồng, tăng {percent}% so với cùng kỳ, bằng {share}% kế hoạch năm.
- Sáng {day}, {unit} nghiệm thu đề án hỗ trợ máy móc tiên tiến trong sản xuất {product} tại
  {commune}, tổng kinh phí {small_sum} triệu đồng.
"""),
    sentences=_listed("""
- Chỉ số sản xuất công nghiệp (IIP) {months} tháng ước tăng {percent}% so với cùng kỳ.
- Giá trị sản xuất ngành chế biến, chế tạo đạt trên {sum} tỷ đồng, vượt {few}% kế hoạch và tăng
  {percent}% so với cùng kỳ năm {last_year}.
- Sản lượng {product} ước đạt {sum} tấn, tăng {percent}% so với năm {last_year}.
- Đến nay cụm công nghiệp {place} đã thu hút {count} dự án với tổng vốn đăng ký gần {sum} tỷ đồng,
  tạo việc làm cho khoảng {people} lao động.
- {company} đã đưa vào vận hành dây chuyền {product} công suất {sum} sản phẩm một ca, giảm {few}%
  chi phí điện trên mỗi đơn vị sản phẩm.
- {person}, quản đốc phân xưởng {product} tại {commune}, cho biết khó nhất là giữ thợ lành nghề
  khi đơn hàng thất thường.
- Nguồn kinh phí khuyến công hỗ trợ {small_sum} triệu đồng, phần còn lại do cơ sở đối ứng.
- Một số doanh nghiệp {product} ở {commune} vẫn thiếu nguyên liệu, công suất chỉ đạt {share}%
  thiết kế.
- Hệ thống xử lý nước thải tập trung của cụm công nghiệp {place} có công suất {sum} m³ một ngày
  đêm, dự kiến hoàn thành trong quý {quarter}/{next_year}.
- Trong {count} cơ sở được khảo sát tại {commune}, {share}% đã áp dụng công cụ quản lý chất lượng
  vào sản xuất {product}.
- {unit} đề nghị chủ đầu tư hạ tầng cụm công nghiệp {place} giải phóng xong {few} ha còn lại trước
  ngày {day}.
- Năm {next_year}, ngành đặt mục tiêu giá trị sản xuất công nghiệp đạt trên {sum} tỷ đồng, tăng
  {few}% so với ước thực hiện năm {year}.
- Lao động nữ chiếm {share}% trong các cơ sở {product} ở {commune}, thu nhập bình quân
  {few},{digit} triệu đồng một tháng.
"""),
)

TRADE = Subject(
    categories=["thuong-mai", "thi-truong-trong-nuoc"],
    topics=["binh-on-thi-truong", "hang-viet", "thuong-mai-dien-tu", "xuc-tien-thuong-mai"],
    units=["Phòng Quản lý Thương mại", "Trung tâm Khuyến công và Xúc tiến thương mại"],
    titles=_listed("""
- Phiên chợ hàng Việt về {commune}: {count} gian hàng, nhiều {product} của địa phương
- Tổng mức bán lẻ {months} tháng năm {year} ước đạt trên {sum} tỷ đồng
- {product_first} của {commune} lên sàn thương mại điện tử
- Kiểm tra {count} cơ sở kinh doanh {product} tại {commune}
- Dự trữ hàng Tết năm {next_year}: đủ {product}, giá ổn định ở {commune}
- Kết nối tiêu thụ {product} giữa {commune} và hệ thống siêu thị
- Chợ {place} sau cải tạo: {count} hộ trở lại buôn bán
"""),
    leads=_listed("""
- Từ ngày {day}, phiên chợ hàng Việt tại {commune} đón {count} gian hàng, trong đó {product} của
  các hợp tác xã chiếm hơn {share}%.
- Tổng mức bán lẻ hàng hóa và dịch vụ {months} tháng năm {year} ước đạt trên {sum} tỷ đồng, tăng
  {percent}% so với cùng kỳ.
- Ngày {day}, {unit} cùng {company} ký kết tiêu thụ {product} của {commune}.
"""),
    sentences=_listed("""
- Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ ước đạt {sum} tỷ đồng, tăng {percent}% so với cùng
  kỳ, đạt {share}% kế hoạch năm.
- Giá {product} tại chợ {place} giữ ở mức {few}.{hundreds} đồng một ki-lô-gam, giảm nhẹ so với
  tuần trước.
- {person}, tiểu thương chợ {place}, nói khách mua {product} đông nhất vào hai ngày cuối tuần.
- Các đội kiểm tra {count} cơ sở kinh doanh {product}, phát hiện {few} vụ vi phạm, xử phạt
  {small_sum} triệu đồng.
- {company} cam kết bao tiêu {sum} tấn {product} trong năm {next_year} theo giá thị trường.
- Doanh thu bán hàng trực tuyến của các hợp tác xã ở {commune} đạt {small_sum} triệu đồng, gấp
  {few},{digit} lần năm {last_year}.
- Người tiêu dùng nên giữ hóa đơn và kiểm tra nhãn {product} trước khi nhận hàng.
- Trong {count} hộ kinh doanh được hỏi tại {commune}, {share}% đã nhận thanh toán không dùng tiền
  mặt.
- {unit} vận động tiểu thương chợ {place} niêm yết giá {product} và không bán hàng giả.
- Lượng {product} dự trữ phục vụ Tết khoảng {sum} tấn, tăng {few}% so với Tết trước.
- Hai chuyến hàng lưu động đưa {product} về {commune} trước ngày {day}.
- Chỉ số giá tiêu dùng tháng {month}/{year} tăng 0,{digit}% so với tháng trước.
"""),
)

EXPORT = Subject(
    categories=["xuat-nhap-khau"],
    topics=["xuc-tien-thuong-mai", "thuong-mai-dien-tu"],
    units=["Phòng Quản lý Thương mại"],
    titles=_listed("""
- Kim ngạch xuất khẩu {months} tháng năm {year} ước đạt {small_sum} triệu USD
- Doanh nghiệp {product} {commune} tìm đường sang {market}
- {market} siết quy định với {product}: doanh nghiệp cần chuẩn bị gì
- {company} xuất lô {product} đầu tiên sang {market}
- Hướng dẫn chứng nhận xuất xứ cho {product} xuất khẩu sang {market}
"""),
    leads=_listed("""
- Kim ngạch xuất khẩu {months} tháng đầu năm {year} ước đạt {small_sum} triệu USD, tăng {percent}%
  so với cùng kỳ; riêng {product} sang {market} tăng {few}%.
- Ngày {day}, {unit} tập huấn cho {count} doanh nghiệp về quy định của {market} đối với {product}.
"""),
    sentences=_listed("""
- Kim ngạch xuất khẩu {product} ước đạt {small_sum} triệu USD, tăng {percent}% so với cùng kỳ năm
  {last_year}.
- Kim ngạch nhập khẩu đạt trên {small_sum} triệu USD, giảm {few}%, chủ yếu là nguyên liệu và máy
  móc.
- {market} chiếm {share}% giá trị xuất khẩu {product} của địa bàn.
- {company} cho biết đơn hàng {product} đã kín đến hết quý {quarter}/{next_year}.
- Chi phí vận chuyển một công-ten-nơ {product} sang {market} tăng {few}% so với đầu năm.
- Từ năm {next_year}, {market} yêu cầu truy xuất nguồn gốc từng lô {product}.
- {person}, giám đốc một doanh nghiệp {product} ở {commune}, cho rằng khâu khó nhất là vùng nguyên
  liệu đạt chuẩn.
- {unit} đã cấp {people} bộ chứng nhận xuất xứ trong {months} tháng, tất cả qua mạng.
- Mục tiêu năm {next_year} là {sum} triệu USD, tăng {few}% so với ước thực hiện.
- Các doanh nghiệp kiến nghị rút ngắn thời gian kiểm tra chuyên ngành đối với {product}.
"""),
)

ENERGY = Subject(
    categories=["nang-luong"],
    topics=["tiet-kiem-dien", "an-toan-mua-mua-bao"],
    units=["Phòng Quản lý Năng lượng"],
    titles=_listed("""
- Đóng điện trạm biến áp {place}, thêm {people} hộ có điện ổn định
- Tỷ lệ hộ sử dụng điện ở {commune} đạt 99,{digit}%
- Cải tạo {count} km lưới điện hạ thế tại {commune} trước mùa mưa bão
- {months} tháng năm {year} tiết kiệm được {sum} nghìn kWh điện
- Nhà máy điện gió {place} phát {small_sum} triệu kWh trong năm {year}
"""),
    leads=_listed("""
- Ngày {day}, ngành điện đóng điện trạm biến áp {place}, cấp điện cho {people} hộ ở {commune}.
- Đến tháng {month}/{year}, toàn địa bàn có trên {sum} km đường dây trung thế và gần {sum} trạm
  biến áp; tỷ lệ hộ sử dụng điện đạt 99,{digit}%.
"""),
    sentences=_listed("""
- Đường dây trung thế có trên {sum} km, đường dây hạ thế trên {sum} km và {people} trạm biến áp.
- Tỷ lệ hộ sử dụng điện đạt 99,{digit}%, trong đó hộ dùng điện thường xuyên, an toàn là {share}%.
- Sản lượng điện thương phẩm {months} tháng đạt {small_sum} triệu kWh, tăng {percent}% so với cùng
  kỳ.
- Tổn thất điện năng còn {few},{digit}%, giảm 0,{digit} điểm % so với năm {last_year}.
- {person}, hộ nuôi tôm ở {commune}, nói từ khi có trạm mới, máy sục khí chạy suốt đêm không còn
  sụt áp.
- {count} doanh nghiệp sử dụng năng lượng trọng điểm cam kết giảm {few}% suất tiêu hao điện.
- {company} lắp {small_sum} kWp điện mặt trời mái nhà cho xưởng {product}.
- {unit} yêu cầu phát quang hành lang lưới điện qua {commune} trước ngày {day}.
- Thời gian mất điện bình quân của khách hàng là {count} phút, giảm {few}% so với cùng kỳ.
- Năm {next_year} sẽ kéo điện cho {people} hộ còn lại ở vùng sâu của {commune}.
"""),
)

SERVICE = Subject(
    categories=["cai-cach-hanh-chinh", "van-ban-thong-bao"],
    topics=["dich-vu-cong-truc-tuyen", "chuyen-doi-so"],
    units=["Văn phòng Sở", "Thanh tra Sở"],
    titles=_listed("""
- {share}% hồ sơ quý {quarter}/{year} được giải quyết trước hạn
- Thông báo lịch tiếp công dân tháng {month}/{year}
- Cắt giảm {count} thành phần hồ sơ trong lĩnh vực {field}
- Lấy ý kiến dự thảo quy định về {field} năm {year}
- Hướng dẫn nộp hồ sơ trực tuyến lĩnh vực {field} tại {commune}
- Công bố {count} thủ tục hành chính lĩnh vực {field}
"""),
    leads=_listed("""
- Quý {quarter}/{year}, bộ phận một cửa tiếp nhận {people} hồ sơ, giải quyết trước và đúng hạn
  {share}%; lĩnh vực {field} nhiều nhất.
- Ngày {day}, {unit} công bố danh mục thủ tục hành chính lĩnh vực {field} áp dụng từ tháng
  {month}/{year}.
"""),
    sentences=_listed("""
- Bộ phận một cửa tiếp nhận {people} hồ sơ, trong đó {share}% nộp trực tuyến.
- Thời gian giải quyết thủ tục lĩnh vực {field} rút từ {count} xuống còn {few} ngày làm việc.
- Có {few} hồ sơ lĩnh vực {field} phải bổ sung, chủ yếu do thiếu bản sao giấy đăng ký kinh doanh.
- {person} ở {commune} cho biết nộp hồ sơ qua mạng đỡ được hai lần đi lại.
- Tổ chức, cá nhân có thể gửi ý kiến về {unit} trước ngày {day}.
- Văn bản số {count}/QĐ-SCT ngày {day} thay thế quy định trước đây về {field}.
- Mức độ hài lòng của người dân đạt {share}%, tăng {few} điểm % so với năm {last_year}.
- Sở được giao {people} nhiệm vụ, đã hoàn thành 100% đúng hạn.
- Hồ sơ lĩnh vực {field} gồm đơn đề nghị, phương án và bản sao giấy tờ liên quan.
- {unit} bố trí cán bộ hướng dẫn tại {commune} vào sáng thứ Năm hằng tuần.
"""),
)

ACTIVITY = Subject(
    categories=["tin-hoat-dong-cua-so"],
    topics=["tong-ket-nam", "chuyen-doi-so", "xuc-tien-thuong-mai"],
    units=["Văn phòng Sở", "Phòng Kế hoạch – Tổng hợp"],
    titles=_listed("""
- Hội nghị sơ kết công tác ngành Công Thương {months} tháng đầu năm {year}
- Ngành Công Thương triển khai nhiệm vụ quý {quarter} năm {year}
- Lãnh đạo Sở làm việc với {commune} về phát triển {product}
- Đoàn công tác của Sở khảo sát {company} tại {commune}
- Tập huấn {field} cho {count} cán bộ phụ trách công thương xã, phường
- Sở Công Thương gặp gỡ {count} doanh nghiệp đầu năm {year}
"""),
    leads=_listed("""
- Ngày {day}, Sở Công Thương tổ chức hội nghị đánh giá kết quả {months} tháng đầu năm {year} và
  bàn nhiệm vụ thời gian tới. {person} chủ trì hội nghị.
- Chiều {day}, đoàn công tác của Sở làm việc với {commune} về tình hình sản xuất, tiêu thụ
  {product} và {field}.
"""),
    sentences=_listed("""
- Báo cáo tại hội nghị cho thấy giá trị sản xuất công nghiệp đạt trên {sum} tỷ đồng, tăng
  {percent}% so với cùng kỳ và vượt {few}% kế hoạch.
- Tổng mức bán lẻ đạt {sum} tỷ đồng, tăng {percent}%; kim ngạch xuất khẩu {small_sum} triệu USD,
  tăng {few}%.
- {person} đề nghị các phòng tháo gỡ khó khăn về {field} ngay trong quý {quarter}.
- Đại diện {company} kiến nghị sớm hoàn thiện đường vào khu vực {place}.
- Ủy ban nhân dân tỉnh giao Sở {people} nhiệm vụ trong năm {year}; đến nay đã hoàn thành {share}%.
- Hội nghị có {count} đại biểu của các phòng, đơn vị và xã, phường tham dự.
- Công tác {field} còn chậm ở {commune} và vùng lân cận.
- {unit} được giao đầu mối tổng hợp, báo cáo trước ngày {day}.
- Phong trào thi đua năm {year} ghi nhận {count} sáng kiến về {field}.
- Mục tiêu năm {next_year} là tăng trưởng công nghiệp {few},{digit}%, bán lẻ {percent}%.
- Hai bên thống nhất lập tổ công tác về {product}, họp mỗi tháng một lần.
"""),
)

SUBJECTS = (INDUSTRY, TRADE, EXPORT, ENERGY, SERVICE, ACTIVITY)
HEADINGS = _listed("""
- Kết quả {months} tháng đầu năm
- Khó khăn còn đó
- Nhiệm vụ thời gian tới
- Người trong cuộc nói gì
- Mục tiêu năm {next_year}
- Số liệu chính
""")
QUOTATIONS = _listed("""
- “Chúng tôi làm từng việc một, xong việc này mới sang việc khác”, {person} nói.
- “Giá nguyên liệu {product} lên xuống thất thường nên phải tính kỹ từng đơn hàng”, {person} ở
  {commune} chia sẻ.
- {person} cho rằng “muốn đi xa thì phải liên kết, một cơ sở ở {commune} không thể làm hết”.
""")
ROWS = (
    ("Giá trị sản xuất công nghiệp", "tỷ đồng"),
    ("Tổng mức bán lẻ hàng hóa và dịch vụ", "tỷ đồng"),
    ("Kim ngạch xuất khẩu", "triệu USD"),
    ("Kim ngạch nhập khẩu", "triệu USD"),
    ("Sản lượng điện thương phẩm", "triệu kWh"),
)

FIRST_HALVES = """
An Bình Cẩm Đông Hòa Hưng Khánh Long Mỹ Nhơn Phú Sơn Tân Thạnh Thới Vĩnh Xuân
""".split()
SECOND_HALVES = """
An Điền Đức Hải Hòa Khê Lâm Lộc Lợi Mỹ Phong Phú Quới Sơn Thành Thịnh Trung
""".split()
FAMILY_NAMES = """
Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Thạch Sơn
""".split()
MIDDLE_NAMES = """
Văn Thị Hữu Minh Ngọc Thanh Quốc Xuân Kim Đình Phước Mỹ
""".split()
GIVEN_NAMES = """
An Bảo Châu Dũng Duyên Giang Hà Hạnh Hiếu Hoa Hùng Hương Khang Lan Linh Long Mai Nam Nga Phúc
Phương Quân Sang Tâm Thảo Thắng Thu Trang Trí Tuấn Vân Vinh Yến
""".split()
PRODUCTS = _named("""
gạo, dừa, cơm dừa nạo sấy, chỉ xơ dừa, than hoạt tính, tôm đông lạnh, cá tra phi lê, nước mắm, mắm
tôm, bánh tét, bánh tráng, bánh pía, kẹo dừa, mật hoa dừa, chiếu lác, thảm xơ dừa, thổ cẩm, giày
da, may mặc, túi xách, linh kiện ô tô, dây điện, phân bón, amoniac, thép xây dựng, xi măng, gạch
không nung, gốm sứ, bao bì giấy, nhựa gia dụng, đồ gỗ, hàng mây tre, trà mãng cầu, cà phê, hồ
tiêu, hạt điều, vải thiều, thanh long, bưởi da xanh, xoài cát, sầu riêng, khoai lang, đậu phộng,
muối sạch, yến sào, thức ăn thủy sản, dược liệu, rượu nếp, nước đá, nước uống đóng chai, thiết bị
lạnh, tàu cá, khí công nghiệp, ván ép
""")
MARKETS = _named("""
Hoa Kỳ, Nhật Bản, Hàn Quốc, Trung Quốc, Liên minh châu Âu, Ô-xtrây-li-a, Ấn Độ, Thái Lan
""")
FIELDS = _named("""
khuyến công, an toàn hóa chất, an toàn thực phẩm, kinh doanh xăng dầu, lưu thông hàng hóa, bán
hàng đa cấp, khuyến mại, thương mại điện tử, cấp phép điện lực, tiết kiệm năng lượng, cụm công
nghiệp, vật liệu nổ công nghiệp, hội chợ triển lãm, bảo vệ người tiêu dùng, chuyển đổi số, cải
cách hành chính
""")
